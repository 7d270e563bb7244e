"""Installs what is missing, builds, starts everything, waits until it is ready, and prints how to use it.

A second run starts only what does not run; what was built anew is restarted."""

import time

from .. import build, demo, packages
from ..home import Home
from ..instance import Instance
from ..say import heading, line

HELP = "build and start everything"


def arguments(parser):
    parser.add_argument("--no-build", action="store_true", help="start what was built before")
    parser.add_argument("--no-demo", action="store_true", help="load no demo project")
    parser.add_argument("--lan", action="store_true",
                        help="listen on all addresses, with TLS by a self-signed certificate (browsers need it for the microphone)")


def run(options):
    started = time.monotonic()
    if not options.no_build:
        packages.ensure(("run", "build"))
        build.programs("release")
        build.console()
    home = Home().create()
    home.lock()
    instance = Instance(home)
    instance.prepare(options.lan)
    instance.start()
    port = instance.ports["http"]
    password = demo.operators(home, instance.cluster)
    if not options.no_demo:
        demo.load(home, instance.ports, password)
    heading(f"Lintel runs ({time.monotonic() - started:.1f} s)")
    demo.show(home, port, password, options.lan)
    line(f"  home       {home.path}")
    line("  ./lintel status, logs, doctor; ./lintel down stops it")
    return 0
