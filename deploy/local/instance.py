"""One running Lintel: its programs brought up in order, migrated, and brought down in reverse."""

import os
import pathlib

from . import kamailio, keys, topology
from .ports import Ports
from .postgres import Cluster
from .redis import Redis
from .say import Failure, step
from .shell import run
from .supervise import Supervisor
from .wait import until

START_SECONDS = 90
PATIENCE_SECONDS = 3  # Between two tries of the supervisor: it has failed several times by then.


class Instance:
    def __init__(self, home):
        self.home = home
        self.supervisor = Supervisor(home)
        self.ports = Ports(home)
        self.programs = []

    @property
    def cluster(self):
        return Cluster(self.home, self.ports["pg"])

    def in_test_mode(self):
        return self.home.read_json("run/instance.json", {}).get("testMode", False)

    def load(self):
        """For commands that only look: the ports and programs as `up` left them."""
        self.home.require()
        if build := self.home.read_json("run/instance.json", {}).get("build"):
            os.environ.setdefault("LINTEL_BUILD", build)
        self.programs = topology.programs(self.home, self.ports)
        return self

    def prepare(self, lan=False):
        """Ports, secrets, database files and configuration; nothing runs yet that did not before."""
        alive = self.supervisor.answers()
        self.ports.assign(topology.port_names(), running=set(self.ports.known) if alive else set())
        self.home.write_json("run/instance.json", {
            "testMode": os.environ.get("LINTEL_TEST_MODE") == "1", "lan": lan, "build": str(topology.build_folder())})
        keys.service_key(self.home)
        keys.operator_keys(self.home)
        if lan:
            keys.certificate(self.home)
        if not (self.cluster.data / "PG_VERSION").exists():
            with step("creating the database cluster"):
                self.cluster.create()
        else:
            self.cluster.create()
        Redis(self.home).configure()
        self.programs = topology.programs(self.home, self.ports)
        changed = self.supervisor.write(self.programs)
        self.supervisor.start()
        if changed and alive:
            self.supervisor.reload()

    def start_databases(self):
        for program in self.programs:
            if not program.after:
                self.start_one(program)
        self.cluster.ensure_database()
        self.cluster.ensure_kamailio_role(self.home.secret(kamailio.ROLE + ".password"))

    def start(self):
        """Starts every program after those it waits for, migrating each service before it starts."""
        self.start_databases()
        for program in self.programs:
            self.start_one(program)

    def start_one(self, program):
        if self.supervisor.running(program.name) and not self.is_outdated(program) and program.ready():
            return
        with step(f"starting {program.name}"):
            if program.migrates:
                self.migrate(program)
            self.supervisor.start_program(program.name)
            until(lambda: self.comes_up(program), program.name, START_SECONDS,
                  lambda: self.supervisor.why(program.name))

    def comes_up(self, program):
        """Whether it is ready; fails at once when it has died and been started again a few times."""
        row = self.supervisor.processes()[program.name]
        if row["statename"] == "FATAL" or row["statename"] == "BACKOFF" and row["now"] - row["start"] > PATIENCE_SECONDS:
            raise Failure(f"{program.name} does not start. {self.supervisor.why(program.name)}")
        return program.ready()

    def is_outdated(self, program):
        """Built anew since it was started: it is stopped, so that the new one starts."""
        row = self.supervisor.processes()[program.name]
        files = [pathlib.Path(program.command[0]), *program.reads]
        if row["start"] >= max(int(file.stat().st_mtime) for file in files if file.exists()):
            return False
        self.supervisor.stop_program(program.name)
        return True

    def migrate(self, program):
        environment = dict(os.environ) | program.environment | {"LINTEL_PG_ADMIN": self.cluster.admin_dsn()}
        run([*program.command, "migrate"], what=f"{program.name}'s migration", env=environment)

    def stop(self):
        if not self.supervisor.answers():
            return
        for program in reversed(self.programs):
            with step(f"stopping {program.name}"):
                self.supervisor.stop_program(program.name)
        self.supervisor.shutdown()
