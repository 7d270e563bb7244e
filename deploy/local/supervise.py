"""The supervisor of one instance: its configuration, starting and stopping it, asking it what runs."""

import http.client
import os
import socket
import subprocess
import xmlrpc.client

from .say import Failure
from .shell import tail
from .wait import until

HEAD = """\
[unix_http_server]
file={socket}
chmod=0700

[supervisord]
logfile={log}/supervisord.log
logfile_maxbytes=5MB
pidfile={run}/supervisord.pid
childlogdir={log}
directory={home}
minfds=8192

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{socket}
"""
NOT_RUNNING = 70  # A fault of supervisord's.
STOP_SECONDS = 90  # More than any program's patience, and the kill after it.
# Nothing starts by itself: `up` starts each program when those it waits for are ready. What dies is started again at once.
PROGRAM = """
[program:{name}]
command={command}
{user}autostart=false
autorestart=true
startsecs=1
startretries=30
stopsignal={signal}
stopwaitsecs={patience}
killasgroup=true
stdout_logfile={log}/{name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=2
redirect_stderr=true
environment={environment}
"""


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self._path)


class _UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self._path = path

    def make_connection(self, host):
        return _UnixConnection(self._path)


class Supervisor:
    def __init__(self, home):
        self.home = home
        self.socket = str(home.socket_folder(home / "run") / "supervisor.sock")
        self.configuration = home / "run/supervisord.conf"

    def ask(self, method, *arguments):
        """One call of supervisord's XML-RPC."""
        with xmlrpc.client.ServerProxy("http://localhost", transport=_UnixTransport(self.socket)) as proxy:
            return getattr(proxy.supervisor, method)(*arguments)

    def write(self, programs):
        """`programs`: what topology.py describes. Environment values may hold secrets, so the file is private."""
        names = {"home": self.home.path, "run": self.home / "run", "log": self.home.log, "socket": self.socket}
        text = HEAD.format(**names)
        for program in programs:
            variables = ",".join(f'{key}="{escape(value)}"' for key, value in sorted(program.environment.items()))
            text += PROGRAM.format(
                name=program.name, command=" ".join(quote(part) for part in program.command), environment=variables,
                user=f"user={program.user}\n" if program.user else "", signal=program.stop_signal,
                patience=program.patience, log=self.home.log)
        before = self.configuration.read_text(encoding="utf-8") if self.configuration.exists() else ""
        if text != before:
            descriptor = os.open(self.configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        return text != before

    def answers(self):
        try:
            return self.ask("getState")["statename"] == "RUNNING"
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            return False

    def start(self):
        if self.answers():
            return
        clean = {key: value for key, value in os.environ.items() if not key.startswith("LINTEL_")}
        done = subprocess.run(["/usr/bin/supervisord", "-c", str(self.configuration)], env=clean, cwd="/",
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failure(f"supervisord did not start:\n{done.stdout}{done.stderr}")
        until(self.answers, "supervisord", 20)

    def reload(self):
        """Takes over a changed configuration; programs whose description changed are stopped first."""
        added, changed, removed = self.ask("reloadConfig")[0]
        for group in changed + removed:
            self.ask("stopProcessGroup", group)
            self.ask("removeProcessGroup", group)
        for group in added + changed:
            self.ask("addProcessGroup", group)

    def processes(self):
        return {row["name"]: row for row in self.ask("getAllProcessInfo")} if self.answers() else {}

    def running(self, name):
        return self.processes().get(name, {}).get("statename") in ("RUNNING", "STARTING")

    def start_program(self, name):
        if not self.running(name):
            self.ask("startProcess", name, False)

    def stop_program(self, name):
        """Also one that has just died: until it is about to be started again, supervisord refuses to stop it."""
        def stopped():
            state = self.processes().get(name, {}).get("statename")
            if state in ("RUNNING", "STARTING", "BACKOFF"):
                self._stop(name)
            return state in (None, "STOPPED", "FATAL")
        until(stopped, f"the end of {name}", STOP_SECONDS)

    def _stop(self, name):
        try:
            self.ask("stopProcess", name, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode != NOT_RUNNING:
                raise

    def shutdown(self):
        """Ends supervisord itself; the programs were stopped before, in order."""
        if self.answers():
            self.ask("shutdown")
            until(lambda: not self.answers(), "supervisord's end", 60)

    def why(self, name):
        """For error messages: the last lines of a program's log."""
        return f"The end of {self.home.log / (name + '.log')}:\n{tail(self.home.log / (name + '.log'), 15)}"


def quote(part):
    text = str(part).replace("%", "%%")
    return f'"{text}"' if " " in text else text


def escape(value):
    return str(value).replace("%", "%%").replace('"', '\\"')
