"""Stages that start the whole system in a home of its own, with random ports."""

import os
import sys

from .. import build as builds
from ..home import ROOT
from .checks import python_tests
from .context import Tally


def environment():
    return dict(os.environ) | {"LINTEL_BUILD": str(builds.preset_folder("ci")), "LINTEL_TEST_MODE": "1",
                                "PYTHONPATH": f"{ROOT}/deploy:{ROOT}/tests"}


def end_to_end(context):
    if not (ROOT / "tests/e2e").is_dir():
        return Tally().skip("there is no end-to-end test yet")
    return python_tests(context, "tests/e2e", environment())


def faults(context):
    """kill -9 at random points: 20 here, 200 deep."""
    if not (ROOT / "tests/faults").is_dir():
        return Tally().skip("there is no fault test yet")
    return python_tests(context, "tests/faults", environment() | {"LINTEL_KILLS": "200" if context.deep else "20"})


def backup(context):
    if not (ROOT / "tests/backup").is_dir():
        return Tally().skip("there is no backup test yet")
    return python_tests(context, "tests/backup", environment())


def bare_system(context):
    """`up` on a Debian that has nothing, made with mmdebstrap from the host's own package source."""
    tally = Tally()
    script = ROOT / "tests/bare/run.py"
    if not script.exists():
        return tally.skip("there is no bare-system test yet")
    context.command(tally, "bare system", [sys.executable, script])
    return tally
