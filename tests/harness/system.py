"""A whole Lintel of a test's own: its home, its ports, its demo; started by `./lintel up` and gone afterwards.

LINTEL_BUILD chooses the build, as `./lintel test` does (the sanitized one)."""

import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time

from local.home import ROOT, Home
from local.instance import Instance
from local.kamailio import rpc_socket
from local.ports import Ports
from local.rest import Api


class System:
    """`with System() as system:` starts one; `system.api("manager")` speaks to it."""

    def __init__(self, home=None, demo=True, **variables):
        self.folder = pathlib.Path(home or tempfile.mkdtemp(prefix="lintel-system-"))
        self.folder.chmod(0o711)
        self.home = Home(self.folder)
        self.password = secrets.token_urlsafe(12)
        self.demo = demo
        self.variables = {key: str(value) for key, value in variables.items()}

    def __enter__(self):
        try:
            self.up()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    # --- the command -------------------------------------------------------------------------------------------------

    def lintel(self, *arguments, check=True, **variables):
        """Runs `./lintel ...` for this home; answers its output."""
        environment = dict(os.environ) | {
            "LINTEL_HOME": str(self.folder), "LINTEL_TEST_MODE": "1", "LINTEL_DEMO_PASSWORD": self.password,
            "PYTHONDONTWRITEBYTECODE": "1"} | self.variables | variables
        done = subprocess.run([ROOT / "lintel", *map(str, arguments)], env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"lintel {' '.join(map(str, arguments))} failed:\n{done.stdout}\n{self.ends_of_logs()}")
        return done.stdout

    def up(self):
        if "LINTEL_HTTP_PORT" not in self.variables:
            free = [Ports._free(set()) for _ in range(2)]
            self.variables |= {"LINTEL_HTTP_PORT": str(free[0]), "LINTEL_SIP_PORT": str(free[1])}
        self.lintel("up", "--no-build", *([] if self.demo else ["--no-demo"]))

    def down(self):
        self.lintel("down")

    def stop(self):
        """Ends everything and removes the home; never raises, so that a test's own failure is the one that is seen."""
        self.lintel("down", check=False)
        if os.environ.get("LINTEL_KEEP") != "1":
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- what a test asks --------------------------------------------------------------------------------------------

    @property
    def http_port(self):
        return int(self.variables["LINTEL_HTTP_PORT"])

    def api(self, operator=None):
        """A new connection, signed in as one of the demo's operators."""
        api = Api(self.http_port)
        return api.sign_in(operator, self.password) if operator else api

    def instance(self):
        return Instance(self.home).load()

    def sql(self, text):
        """One statement as the cluster's owner: rows of `|`-separated columns."""
        return self.instance().cluster.psql(text)

    def pid(self, process):
        """The process id the supervisor knows now; 0 while it is down."""
        row = self.instance().supervisor.processes().get(process, {})
        return row.get("pid", 0)

    def state(self, process):
        """In supervisord's words: RUNNING for one that has stayed up for a second, STARTING, BACKOFF, ..."""
        return self.instance().supervisor.processes().get(process, {}).get("statename")

    def kamailio(self, method, *parameters):
        """The result of one of its own commands, e.g. `ul.dump`."""
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.bind(folder + "/answer")
            link.settimeout(5)
            link.connect(rpc_socket(self.home))
            link.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, "id": 1}).encode())
            return json.loads(link.recv(65535))["result"]

    def demo_facts(self):
        """What `up` wrote down about the demo: its project, number to dial, operators."""
        return json.loads((self.folder / "demo.json").read_text(encoding="utf-8"))

    def ends_of_logs(self, lines=8):
        texts = []
        for path in sorted((self.folder / "log").glob("*.log")):
            rows = path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
            texts.append(f"--- {path.name}\n" + "\n".join(rows))
        return "\n".join(texts)


def wait_until(condition, what, seconds=15):
    """The first true value of `condition`; fails by name at the deadline."""
    deadline = time.monotonic() + seconds
    pause = 0.01
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)
