"""Idle memory: proportional set size of our processes, and of what they stand on counted apart."""

import time

from local import topology

from . import machine
from .figure import Figure

FLOOR_MB = 600
SETTLE_SECONDS = 10


def idle(system):
    time.sleep(SETTLE_SECONDS)  # Not a wait for a condition: idleness is what is measured.
    instance = system.instance()
    processes = instance.supervisor.processes()
    ours, under = {}, {}
    for program in instance.programs:
        size = sum(machine.pss_megabytes(pid) for pid in machine.tree(processes[program.name]["pid"]))
        (under if program.name in topology.FOUNDATION else ours)[program.name] = size
    total = sum(ours.values())
    largest = max(ours, key=ours.get)
    yield Figure("idle memory of our processes", f"{total:.0f} MB in {len(ours)} processes "
                 f"(largest {largest} {ours[largest]:.0f} MB)", f"<= {FLOOR_MB} MB", total <= FLOOR_MB,
                 ", ".join(f"{name} {size:.0f}" for name, size in sorted(ours.items(), key=lambda item: -item[1])))
    yield Figure("what they stand on", ", ".join(f"{name} {size:.0f} MB" for name, size in under.items()))
