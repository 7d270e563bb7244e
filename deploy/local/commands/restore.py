"""Brings a backup back into an empty home and starts it. Choose the home with LINTEL_HOME."""

import pathlib

from .. import snapshot, topology
from ..home import Home
from ..instance import Instance
from ..say import Failure, line, step

HELP = "bring a backup back into an empty home"


def arguments(parser):
    parser.add_argument("folder", help="what `./lintel backup` made")


def run(options):
    source = pathlib.Path(options.folder).absolute()
    with step("checking the backup"):
        snapshot.check(source)
    home = Home()
    if home.exists() and Instance(home).supervisor.answers():
        raise Failure(f"an instance runs in {home.path}; restore goes into an empty home (set LINTEL_HOME)")
    home.create()
    home.lock()
    instance = Instance(home)
    instance.ports.assign(topology.port_names(), running=set())
    snapshot.put_back(source, home, instance.cluster)
    instance.prepare()
    instance.start_databases()
    with step("beginning new event epochs"):
        snapshot.begin_new_epochs(instance.cluster, topology.SERVICES)
    instance.start()
    line(f"  restored into {home.path} and started")
    return 0
