"""Copies the running instance - database, files, secrets - into one folder. Calls and sales go on meanwhile."""

import datetime
import pathlib

from .. import snapshot
from ..home import Home
from ..instance import Instance
from ..say import line

HELP = "copy a running instance into a folder"


def arguments(parser):
    parser.add_argument("folder", nargs="?", help="a folder that does not exist yet (default: backups/<time> in the home)")


def run(options):
    home = Home().require()
    home.lock()
    name = f"{datetime.datetime.now(datetime.timezone.utc):%Y%m%dT%H%M%SZ}"
    target = pathlib.Path(options.folder or home / "backups" / name).absolute()
    files = snapshot.take(Instance(home).load(), target)
    line(f"  {target}: the database and {len(files)} files")
    line("  It holds the secrets and everybody's data: keep it as safe as the machine itself.")
    return 0
