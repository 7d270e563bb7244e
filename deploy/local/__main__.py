"""Entry: finds the command's file in commands/ and runs it."""

import argparse
import importlib
import sys

from .say import Failure, fail

COMMANDS = (
    "up", "down", "status", "logs", "demo", "doctor",
    "build", "test", "bench",
    "backup", "restore", "test-clock",
)

EPILOG = """\
first steps:
  ./lintel up          builds and starts everything, then prints the address, the operators and the number to dial
  ./lintel status      what runs, on which ports, since when
  ./lintel down        stops it; nothing is lost

settings (environment):
  LINTEL_HOME          where this instance lives (default: var/ beside this script)
  LINTEL_HTTP_PORT     console and API (default 8080)
  LINTEL_SIP_PORT      SIP for phones and trunks (default 5060)
  LINTEL_KAMAILIO_PHONES=1  desk phones may register over UDP (default: browsers only)
  LINTEL_DEMO_PASSWORD the demo operators' password (default: random, printed by `up`)
  LINTEL_<NAME>_PORT   any other port `./lintel status --ports` names (default: a free one)
Two instances run side by side when home, HTTP and SIP port differ."""


def module_of(command):
    return importlib.import_module("local.commands." + command.replace("-", "_"))


def build_parser():
    parser = argparse.ArgumentParser(
        prog="lintel", description="Lintel: sales floor and call centre in one system.",
        epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name in COMMANDS:
        module = module_of(name)
        sub = commands.add_parser(name, help=module.HELP, description=module.__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        module.arguments(sub)
        sub.set_defaults(module=module)
    return parser


def main():
    options = build_parser().parse_args()
    try:
        return options.module.run(options)
    except Failure as failure:
        fail(str(failure))
        return 1
    except BrokenPipeError:  # Somebody read only the first lines.
        return 0
    except KeyboardInterrupt:
        fail("interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main())
