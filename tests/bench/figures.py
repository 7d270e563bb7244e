"""The figures in order, each with its floor, and the report."""

import time

from harness.system import System
from local.say import Failure, heading, line, paint

from . import calls, card, chart, claims, gateway, machine, memory, search

# name, function(system) -> Figures
FIGURES = (
    ("memory", memory.idle),
    ("chart", chart.open_and_follow),
    ("claims", claims.per_second),
    ("gateway", gateway.overhead),
    ("ivr", calls.density),
    ("setups", calls.setups),
    ("card", card.painted),
    ("search", search.first_page),  # Last: its rooms would weigh on the others.
)


def show():
    line("\n".join(name for name, _ in FIGURES))


def measure(only):
    unknown = set(only or ()) - {name for name, _ in FIGURES}
    if unknown:
        raise Failure(f"no figure is called {', '.join(sorted(unknown))}; `./lintel bench --list` names them")
    heading(machine.describe())
    idle = machine.idle_share()
    line(f"  idle before: {idle:.0%}" + ("" if idle >= machine.IDLE_ENOUGH else
                                         "  (busy: figures are lower bounds, repeat them on an idle machine)"))
    missed = 0
    with System(LINTEL_RATE_PER_MINUTE=0, LINTEL_TEST_MODE=0) as system:  # Test mode's database forgets at a crash.
        for name, function in FIGURES:
            if only and name not in only:
                continue
            started = time.monotonic()
            heading(f"== {name}")
            try:
                for figure in function(system):
                    missed += not figure.met
                    print_figure(figure)
            except AssertionError as error:  # The others are still worth measuring.
                missed += 1
                line(f"  {name} could not be measured: {error}")
            line(f"   ({time.monotonic() - started:.0f} s)")
    line(f"{missed} floor{'' if missed == 1 else 's'} missed")
    return 1 if missed else 0


def print_figure(figure):
    verdict = ""
    if figure.floor:
        verdict = paint("  met", "32") if figure.met else paint("  MISSED", "31")
        verdict = f"   floor: {figure.floor}{verdict}"
    line(f"  {figure.name:<28} {figure.text}{verdict}")
    if not figure.met and figure.cause:
        line(f"      cause: {figure.cause}")
