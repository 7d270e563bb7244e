"""The machine a figure was measured on: what it is, how busy it was, and the CPU time and memory of processes."""

import os
import pathlib
import platform
import subprocess
import time

from local.home import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
IDLE_ENOUGH = 0.85


def describe():
    model = next((row.split(":")[1].strip() for row in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if row.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return f"{os.cpu_count()} x {model}, {memory} GB; commit {commit.stdout.strip() or 'unknown'}"


def idle_share(seconds=1.0):
    """The part of all cores that did nothing during `seconds`."""
    before = _cpu_row()
    time.sleep(seconds)
    after = _cpu_row()
    spent = [b - a for a, b in zip(before, after)]
    return (spent[3] + spent[4]) / max(1, sum(spent))


def _cpu_row():
    return [int(field) for field in pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]


def cpu_seconds(pids):
    """User and system time of processes so far, with the children they have waited for."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def tree(pid):
    """A process and all its descendants."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        try:
            for task in pathlib.Path(f"/proc/{one}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
        except FileNotFoundError:
            continue
    return found


def pss_megabytes(pid):
    """Proportional set size: shared pages are counted once over all who share them."""
    try:
        rows = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0) / 1024
