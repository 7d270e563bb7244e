"""One running Lintel: its programs brought up in order, migrated, and brought down in reverse."""

import os

from . import topology
from .ports import Ports
from .postgres import Cluster
from .redis import Redis
from .say import step
from .shell import run
from .supervise import Supervisor
from .wait import until


class Instance:
    def __init__(self, home):
        self.home = home
        self.supervisor = Supervisor(home)
        self.ports = Ports(home)
        self.programs = []

    @property
    def cluster(self):
        return Cluster(self.home, self.ports["pg"])

    def load(self):
        """For commands that only look: the ports and programs as `up` left them."""
        self.home.require()
        self.programs = topology.programs(self.home, self.ports)
        return self

    def prepare(self):
        """Ports, secrets, database files and configuration; nothing runs yet that did not before."""
        alive = self.supervisor.answers()
        self.ports.assign(topology.port_names(), running=set(self.ports.known) if alive else set())
        self.home.secret("service.key")
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

    def start(self):
        """Starts every program after those it waits for, migrating each service before it starts."""
        for program in self.programs:
            if self.supervisor.running(program.name) and (program.ready is None or program.ready()):
                continue
            with step(f"starting {program.name}"):
                if program.name in topology.services():
                    self.migrate(program)
                self.supervisor.start_program(program.name)
                if program.ready:
                    until(program.ready, program.name, 60, lambda name=program.name: self.supervisor.why(name))
            if program.name == "postgres":
                self.cluster.ensure_database()
                self.cluster.ensure_kamailio_role(self.home.secret("kamailio-database.password"))

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
