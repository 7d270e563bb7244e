"""Programs beside a test: their lines of output are kept as they come, lines of input can be answered by one line of JSON."""

import json
import socket
import subprocess
import sys
import threading
import time

from local.home import ROOT


def free_port(host, kind=socket.SOCK_DGRAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def until(condition, seconds=10.0, what="condition"):
    """What `condition` answers once it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


class Child:
    """A process and what it has printed so far."""

    def __init__(self, command, **options):
        self.lines = []
        self.process = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        stdin=subprocess.PIPE, text=True, bufsize=1, **options)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def wait_line(self, start, seconds=10.0):
        return until(lambda: next((line for line in self.lines if line.startswith(start)), None), seconds, start)

    def say(self, line, seconds=20.0):
        """Gives it one line; answers the JSON of the next line it prints."""
        count = len(self.lines)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        until(lambda: len(self.lines) > count or not self.alive(), seconds, line)
        if len(self.lines) <= count:
            raise AssertionError(f"it ended at {line!r}: {self.lines[-20:]}")
        return json.loads(self.lines[count])

    def alive(self):
        return self.process.poll() is None

    def stop(self, signal="terminate", seconds=20):
        if self.alive():
            getattr(self.process, signal)()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join(2)
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.returncode


class RtpPeer(Child):
    """The audio of one party: tests/rtp_peer on a port of its own."""

    def __init__(self, host):
        self.host, self.port = host, free_port(host)
        super().__init__([sys.executable, ROOT / "tests/rtp_peer/rtp_peer.py", host, self.port])
        self.wait_line("{")

    def ask(self, *words, seconds=20.0):
        return self.say(" ".join(map(str, words)), seconds)

    def stop(self, signal="kill", seconds=20):
        return super().stop(signal, seconds)


class Sipp(Child):
    """The signalling of one party, by a scenario of tests/telephony; its exit code says how it went."""

    def __init__(self, scenario, host, port, peer, *arguments, folder):
        super().__init__(["sipp", "-sf", ROOT / "tests/telephony" / scenario, "-i", host, "-p", port, "-key", "audio_host", peer.host,
                          "-key", "audio_port", peer.port, "-m", "1", "-nostdin", "-nd", *arguments], cwd=folder)
