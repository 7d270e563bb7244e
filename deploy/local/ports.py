"""Which port each listener has: fixed for the doors people use, chosen once and remembered for everything inside."""

import os
import random
import re
import socket

from .say import Failure

FIXED = {"http": 8080, "sip": 5060}
INSIDE = range(20000, 30000)  # Below the kernel's range for outgoing connections.
BLOCKS = range(10000, 20000, 1000)  # Where `rtp` begins: a thousand ports for audio.


class Ports:
    def __init__(self, home):
        self.home = home
        self.known = home.read_json("run/ports.json", {})

    def __getitem__(self, name):
        return self.known[name]

    def assign(self, names, running):
        """Gives every name a port. `running`: names whose listener is ours already and may keep its port."""
        chosen = {}
        for name in names:
            wanted = self._wanted(name)
            if wanted is not None:
                if name not in running or self.known.get(name) != wanted:
                    check_free(name, wanted)
                chosen[name] = wanted
                continue
            port = self.known.get(name)
            if port is None or (name not in running and not is_free(port)):
                taken = set(chosen.values()) | set(self.known.values())
                port = self._free(taken, BLOCKS if name == "rtp" else INSIDE)
            chosen[name] = port
        self.known = chosen
        self.home.write_json("run/ports.json", chosen)

    def _wanted(self, name):
        variable = variable_of(name)
        text = os.environ.get(variable, "")
        if not text:
            return FIXED.get(name)
        if not text.isdigit() or not 1 <= int(text) <= 65535:
            raise Failure(f"{variable} must be a port number from 1 to 65535, not '{text}'")
        return int(text)

    @staticmethod
    def _free(taken, among=INSIDE):
        for _ in range(1000):
            port = random.choice(among)
            if port not in taken and is_free(port):
                return port
        raise Failure(f"no free port found from {among.start} to {among.stop - 1}")


def variable_of(name):
    return "LINTEL_" + re.sub(r"[^A-Z0-9]", "_", name.upper()) + "_PORT"


def is_free(port):
    """Nobody listens on it, on any of the loopback addresses, over TCP or UDP."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                return False
    return True


def check_free(name, port):
    if port < 1024 and os.geteuid() != 0:
        raise Failure(f"port {port} ({variable_of(name)}) is below 1024 and you are not root; choose a higher one")
    if not is_free(port):
        raise Failure(f"port {port} ({name}) is taken by another program; free it, or choose another with "
                      f"{variable_of(name)}=<port>")
