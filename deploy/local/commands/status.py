"""What runs, since when, with how much memory, and whether it answers."""

import pathlib
import time

from ..home import Home
from ..instance import Instance
from ..say import heading, line

HELP = "what runs and whether it answers"


def arguments(parser):
    parser.add_argument("--ports", action="store_true", help="also list every port")


def run(options):
    instance = Instance(Home()).load()
    processes = instance.supervisor.processes()
    heading(f"{instance.home.path}")
    healthy = True
    for program in instance.programs:
        row = processes.get(program.name, {})
        state = row.get("statename", "STOPPED")
        answers = state in ("RUNNING", "STARTING") and program.ready()
        healthy = healthy and answers
        since = age(time.time() - row["start"]) if answers else ""
        size = memory(row.get("pid"))
        line(f"  {program.name:<12} {'ready' if answers else state.lower():<9} {since:>10} {size:>8}  "
             f"{row.get('spawnerr', '')}".rstrip())
    if options.ports:
        line()
        for name, port in sorted(instance.ports.known.items()):
            line(f"  {name:<20} {port}")
    return 0 if healthy else 1


def age(seconds):
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes:02}m" if hours else f"{minutes}m {seconds:02}s"


def memory(pid):
    """Proportional set size of one process, in MB."""
    try:
        rows = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        kilobytes = next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
        return f"{kilobytes / 1024:.0f} MB"
    except (OSError, StopIteration):
        return ""
