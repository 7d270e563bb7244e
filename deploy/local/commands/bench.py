"""Measures this machine and this commit, each figure beside its peer of the same run, and judges the floors.

Load, browser and compiler never run at once. Figures of a busy machine are marked as such: repeat them on an idle one."""

import sys

from .. import build, packages
from ..home import ROOT

HELP = "measure speed, memory and density"


def arguments(parser):
    parser.add_argument("--only", action="append", metavar="FIGURE", help="just this figure (may be repeated)")
    parser.add_argument("--list", action="store_true", help="name the figures and stop")
    parser.add_argument("--no-build", action="store_true", help="measure what was built before")


def run(options):
    sys.path.insert(0, str(ROOT / "tests"))
    from bench import figures
    if options.list:
        figures.show()
        return 0
    if not options.no_build:
        packages.ensure(("run", "build", "test"))
        build.programs("release")
        build.programs("release", targets=("bench_tools",))
        build.console()
    return figures.measure(options.only)
