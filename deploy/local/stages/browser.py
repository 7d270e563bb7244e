"""The console's own checks: types, lint, build, unit tests; then in Chromium pictures with axe, two tabs, journeys."""

from .. import build
from ..home import ROOT
from .context import Tally, read_junit


def web(context):
    tally = Tally()
    build.npm_packages("web")
    web_folder = ROOT / "web"
    for name in ("check", "lint", "build"):
        context.command(tally, f"web {name}", ["npm", "run", name, "--prefix", web_folder])
    report = context.work / "vitest.xml"
    one = Tally()
    context.command(one, "web test", ["npm", "run", "test", "--prefix", web_folder, "--", "--reporter=junit",
                                      f"--outputFile={report}"])
    counted = read_junit(report)
    if one.failed and not counted.failed:
        counted += one
    tally += counted
    for name in ("tabs", "journeys"):
        context.command(tally, f"web {name}", ["npm", "run", name, "--prefix", web_folder])
    context.command(tally, "web pictures", ["npm", "run", "pictures", "--prefix", web_folder, "--",
                                            "--out", context.work / "pictures", *([] if context.deep else ["--fast"])])
    return tally
