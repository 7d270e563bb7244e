"""Loads the demo project if it is not there, and prints how to use it: address, operators, password, number to dial."""

from .. import demo
from ..home import Home
from ..instance import Instance
from ..say import Failure

HELP = "load the demo project and say how to use it"


def arguments(parser):
    pass


def run(options):
    home = Home().require()
    home.lock()
    instance = Instance(home).load()
    if not instance.supervisor.running("gateway"):
        raise Failure("nothing runs; `./lintel up` starts it and loads the demo too")
    password = demo.operators(home, instance.cluster)
    demo.load(home, instance.ports, password)
    demo.show(home, instance.ports["http"], password)
    return 0
