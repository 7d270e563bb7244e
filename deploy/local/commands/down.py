"""Stops everything in order. Data, secrets and logs stay where they are; `up` goes on from there."""

from ..home import Home
from ..instance import Instance
from ..say import line

HELP = "stop everything; nothing is lost"


def arguments(parser):
    pass


def run(options):
    home = Home().require()
    home.lock()
    instance = Instance(home)
    if not instance.supervisor.answers():
        line("  nothing runs")
        return 0
    instance.load().stop()
    return 0
