"""Builds the programs and the console without starting anything."""

from .. import build, packages

HELP = "build without starting"


def arguments(parser):
    parser.add_argument("--preset", choices=("dev", "ci", "release"), default="release")
    parser.add_argument("targets", nargs="*", help="ninja targets (default: all)")


def run(options):
    tests = options.preset != "release"
    packages.ensure(("run", "build", "test") if tests else ("run", "build"))
    build.programs(options.preset, tests=tests, targets=options.targets)
    if not options.targets:
        build.console()
    return 0
