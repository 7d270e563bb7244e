"""What the gateway costs: reading one room over REST against the same RPC called directly."""

import re
import subprocess

from . import claims, machine, project
from .figure import Figure

FLOOR = 2.5
CONNECTIONS = 16
SECONDS = 8


def overhead(system):
    rooms = project.rooms(system)[:500]
    direct_calls, direct_cpu = measured(system, ["inventory"], lambda: claims.load(system, "room", rooms, SECONDS, CONNECTIONS)["calls"])
    rest_calls, rest_cpu = measured(system, ["inventory", "gateway"], lambda: wrk(system, rooms[0]))
    direct, rest = direct_cpu / direct_calls, rest_cpu / rest_calls
    ratio = rest / direct
    yield Figure("reading a room over REST", f"{rest_calls / SECONDS:.0f}/s, {rest * 1e6:.0f} us of CPU each; direct gRPC "
                 f"{direct_calls / SECONDS:.0f}/s, {direct * 1e6:.0f} us; ratio {ratio:.2f}", f"<= {FLOOR} x", ratio <= FLOOR,
                 "CPU of gateway and service against the service alone; PostgreSQL and the generators are not counted")


def measured(system, names, run):
    """Calls made and CPU seconds that the named processes spent on them."""
    pids = [system.pid(name) for name in names]
    before = machine.cpu_seconds(pids)
    calls = run()
    return calls, machine.cpu_seconds(pids) - before


def wrk(system, room):
    token = system.api("admin").token
    done = subprocess.run(
        ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "-H", f"Authorization: Bearer {token}",
         f"http://127.0.0.1:{system.http_port}/v1/{room}"], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise AssertionError(done.stdout)
    return int(re.search(r"(\d+) requests in", done.stdout)[1])
