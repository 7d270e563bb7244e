"""The logs of one process or of all, oldest first; follows with -f."""

import os
import subprocess

from ..home import Home
from ..say import Failure

HELP = "show or follow logs"


def arguments(parser):
    parser.add_argument("process", nargs="*", help="names as `./lintel status` shows them; default: all")
    parser.add_argument("-f", "--follow", action="store_true", help="go on as new lines arrive")
    parser.add_argument("-n", "--lines", type=int, default=50, help="lines of each (default 50)")


def run(options):
    home = Home().require()
    known = {path.stem: path for path in sorted(home.log.glob("*.log"))}
    unknown = [name for name in options.process if name not in known]
    if unknown:
        raise Failure(f"no log of {', '.join(unknown)}; there are: {', '.join(known)}")
    paths = [str(known[name]) for name in options.process or known]
    command = ["tail", "-n", str(options.lines), *(["-F"] if options.follow else []), *paths]
    os.execvp(command[0], command) if options.follow else subprocess.run(command, check=False)
    return 0
