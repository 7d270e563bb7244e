"""Installs what is missing, builds, starts everything, waits until it is ready, and prints how to use it."""

import time

from .. import build, packages
from ..home import Home
from ..instance import Instance
from ..say import heading, line

HELP = "build and start everything"


def arguments(parser):
    parser.add_argument("--no-build", action="store_true", help="start what was built before")


def run(options):
    started = time.monotonic()
    if not options.no_build:
        packages.ensure(("run", "build"))
        build.programs("release")
        build.console()
    home = Home().create()
    home.lock()
    instance = Instance(home)
    instance.prepare()
    instance.start()
    heading(f"Lintel runs ({time.monotonic() - started:.1f} s)")
    line(f"  programs  {', '.join(program.name for program in instance.programs)}")
    line(f"  home      {home.path}")
    return 0
