"""Runs every test, stage by stage, and says how long each took. The last line counts them all."""

import pathlib
import shutil
import time

from .. import stages
from ..home import ROOT
from ..say import Failure, heading, line, paint
from ..stages.context import Context, Tally

HELP = "run all tests"


def arguments(parser):
    parser.add_argument("--deep", action="store_true", help="longer fuzzing, more seeds, 200 kills, clang-tidy, a bare system")
    parser.add_argument("--only", metavar="STAGE", action="append", help="just this stage (may be repeated)")
    parser.add_argument("--list", action="store_true", help="name the stages and stop")


def run(options):
    names = [name for name, _, deep in stages.STAGES if options.deep or not deep]
    if options.list:
        line("\n".join(names))
        return 0
    unknown = set(options.only or ()) - {name for name, _, _ in stages.STAGES}
    if unknown:
        raise Failure(f"no stage is called {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
    context = Context(deep=options.deep, work=fresh(ROOT / "build/test-run"))
    started, total = time.monotonic(), Tally()
    for name, function, deep in stages.STAGES:
        if name in options.only if options.only else options.deep or not deep:
            total += one_stage(name, function, context)
    line()
    line(f"{time.monotonic() - started:.0f} s in all; logs in {context.work.relative_to(ROOT)}")
    line(f"{total.passed} passed, {total.failed} failed" + (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failed else 0


def one_stage(name, function, context):
    heading(f"== {name}")
    started = time.monotonic()
    try:
        tally = function(context)
    except Failure as failure:
        tally = Tally(failed=1, notes=[str(failure)])
    for note in tally.notes:
        line("    " + note)
    verdict = paint("failed", "31") if tally.failed else paint("ok", "32")
    line(f"   {verdict} {name}: {tally.passed} passed, {tally.failed} failed, {time.monotonic() - started:.1f} s")
    return tally


def fresh(folder: pathlib.Path):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
