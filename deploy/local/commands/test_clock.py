"""Moves the time every process of a test instance sees: `+3d`, `-2h`, `2027-01-31T09:00`, `reset`; without argument shows it.

Refused unless the instance was started with LINTEL_TEST_MODE=1. SIP secrets and TLS go on by wall time."""

import datetime
import re

from ..home import Home
from ..instance import Instance
from ..say import Failure, line

HELP = "move the time of a test instance"
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def arguments(parser):
    parser.add_argument("to", nargs="?", help="+N or -N with s, m, h, d or w; a time (UTC unless it has an offset); reset")


def run(options):
    home = Home().require()
    if not Instance(home).in_test_mode():
        raise Failure("the clock moves only in test mode: `./lintel down`, then `LINTEL_TEST_MODE=1 ./lintel up`")
    file = home / "test-clock"
    offset = read(file)
    wall = datetime.datetime.now(datetime.timezone.utc)
    if options.to is not None:
        offset = parse(options.to, offset, wall)
        draft = file.with_suffix(".new")
        draft.write_text(f"{offset}\n", encoding="ascii")
        draft.replace(file)
    shown = wall + datetime.timedelta(seconds=offset)
    line(f"  offset {offset:+d} s; Lintel's time is {shown:%Y-%m-%d %H:%M:%S} UTC")
    return 0


def read(file):
    try:
        return int(file.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def parse(text, offset, wall):
    """The new offset in seconds."""
    if text == "reset":
        return 0
    step = re.fullmatch(r"([+-]\d+)([smhdw])", text)
    if step:
        return offset + int(step[1]) * UNITS[step[2]]
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"'{text}' is neither a step like +3d, nor a time like 2027-01-31T09:00, nor reset") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return round((moment - wall).total_seconds())
