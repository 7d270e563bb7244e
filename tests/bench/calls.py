"""Calls: concurrent IVR calls on one core, set-ups per second, and the agent's card."""

import json
import os
import re
import subprocess
import urllib.request

from local import topology

from . import machine
from .figure import Figure

CALLS, PER_SECOND, HOLD = 500, 40, 20
CPU_FLOOR_US = 600
LATE_FLOOR = 0.001


def place(system, calls, per_second, hold):
    """Runs the generator on the last core as the trunk would call; answers what it printed."""
    proxy = f"{topology.HOSTS['kamailio']}:{system.instance().ports['sip']}"
    command = [str(topology.build_folder() / "bin/bench_calls"), proxy, f"{topology.HOSTS['trunk']}:17060",
               system.demo_facts()["number"], str(calls), str(per_second), str(hold), "31000"]
    if os.cpu_count() > 1:
        command = ["taskset", "-c", str(os.cpu_count() - 1), *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if not done.stdout:
        raise AssertionError(f"bench_calls failed: {done.stderr}")
    return json.loads(done.stdout)


def media_nodes(system):
    return [name for name in system.instance().supervisor.processes() if name.startswith("media")]


def pin(pids, core):
    for pid in pids:
        subprocess.run(["taskset", "-a", "-p", "-c", str(core), str(pid)], capture_output=True, check=False)


def density(system):
    """All media nodes on one core, the generator on another."""
    pids = [system.pid(name) for name in media_nodes(system)]
    pin(pids, 0)
    idle = machine.idle_share()
    before, memory = machine.cpu_seconds(pids), sum(map(machine.pss_megabytes, pids))
    digits_before = digits(system)
    answer = place(system, CALLS, PER_SECOND, HOLD)
    spent = machine.cpu_seconds(pids) - before
    grown = sum(map(machine.pss_megabytes, pids)) - memory
    heard = digits(system) - digits_before
    pin(pids, f"0-{os.cpu_count() - 1}")
    # Ramp and settling have half of their calls on average; the generator counts only when all stand.
    seconds = answer["up"] * (HOLD + 3 + CALLS / PER_SECOND / 2)
    cost = spent / max(1, seconds) * 1e6
    late = answer["late"] / max(1, answer["received"])
    yield Figure("concurrent IVR calls, one core", f"{answer['up']} of {CALLS} up, {cost:.0f} us of CPU per call-second",
                 f"{CALLS} calls, <= {CPU_FLOOR_US} us", answer["up"] == CALLS and cost <= CPU_FLOOR_US,
                 f"{answer['failed']} calls failed; idle before {idle:.0%}")
    yield Figure("their audio", f"{answer['received']} packets received of {answer['sent']} sent each way, late {late:.3%}, "
                 f"worst gap {answer['worstGapMs']:.0f} ms", f"late < {LATE_FLOOR:.1%} on an idle machine",
                 late < LATE_FLOOR or idle < machine.IDLE_ENOUGH, "the machine was idle, so the node was late")
    yield Figure("their digits", f"{heard} detected, {answer['digits']} sent while measuring")
    yield Figure("memory per call", f"{grown * 1024 / max(1, answer['up']):.0f} KB")


def digits(system):
    """Digits all nodes have detected so far, from their metrics."""
    total = 0
    ports = system.instance().ports
    for name in media_nodes(system):
        with urllib.request.urlopen(f"http://127.0.0.1:{ports[name + '-metrics']}/metrics", timeout=5) as answer:
            found = re.findall(r"^lintel_media_digits_total(?:\{[^}]*\})? (\S+)", answer.read().decode(), re.MULTILINE)
            total += int(sum(map(float, found)))
    return total


def setups(system):
    """Calls answered per second, each held only briefly."""
    rate, calls = 60, 600
    pids = [system.pid(name) for name in media_nodes(system)] + [system.pid("telephony")]
    proxy = machine.tree(system.pid("kamailio"))
    before = machine.cpu_seconds(pids + proxy)
    answer = place(system, calls, rate, 1)
    spent = (machine.cpu_seconds(pids + proxy) - before) / calls * 1000
    yield Figure("call set-ups", f"{rate}/s offered, {answer['up']} of {calls} answered, p50 {answer['setupP50Ms']:.1f} ms, "
                 f"p99 {answer['setupP99Ms']:.1f} ms, {spent:.2f} ms of CPU per call")

