"""Stages that start the whole system in a home of its own, with random ports."""

import os
import sys

from .. import build as builds
from ..home import ROOT
from ..throwaway import databases
from .checks import python_tests
from .context import Tally


def environment():
    return dict(os.environ) | {"LINTEL_BUILD": str(builds.preset_folder("ci")), "LINTEL_TEST_MODE": "1",
                                "PYTHONPATH": f"{ROOT}/deploy:{ROOT}/tests"}


def end_to_end(context):
    return python_tests(context, "tests/e2e", environment())


def telephony(context):
    """Kamailio's edge, and a media node, against sipp, an RTP peer of our own, and a browser."""
    with databases() as variables:
        tally = python_tests(context, "telephony/kamailio", environment() | variables)
    tally += python_tests(context, "tests/telephony", environment())
    return tally


def faults(context):
    """kill -9 at random points: 20 here, 200 deep."""
    return python_tests(context, "tests/faults", environment() | {"LINTEL_KILLS": "200" if context.deep else "20"})


def backup(context):
    return python_tests(context, "tests/backup", environment())


def bare_system(context):
    """`up` on a Debian that has nothing, made with mmdebstrap from the host's own package source."""
    tally = Tally()
    context.command(tally, "bare system", [sys.executable, ROOT / "tests/bare/run.py"])
    return tally
