"""What every stage is given, and what it answers."""

import dataclasses
import json
import os
import pathlib
import xml.etree.ElementTree

from ..home import ROOT
from ..shell import run, tail


@dataclasses.dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list = dataclasses.field(default_factory=list)

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.notes += other.notes
        return self

    def count(self, good, name, detail=""):
        """One check: its name and detail are kept when it failed."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
            self.notes.append(f"{name}: {detail}".rstrip(": "))
        return self

    def skip(self, why):
        self.skipped += 1
        self.notes.append(f"skipped: {why}")
        return self


@dataclasses.dataclass
class Context:
    deep: bool
    work: pathlib.Path     # An empty folder for this run.
    jobs: int = 2

    def command(self, tally, name, command, **options):
        """Runs one check; its output goes to a log that is shown when it fails."""
        log = self.work / (name.replace(" ", "-").replace("/", "-") + ".log")
        shown = options.pop("shown", 40)
        done = run(command, check=False, log=log, cwd=options.pop("cwd", ROOT), what=name, **options)
        tally.count(done.returncode == 0, name, f"exit {done.returncode}\n{tail(log, shown)}")
        return done.returncode == 0


def tracked(*patterns):
    """Files of the repository, new ones included, that match git's `patterns`."""
    done = run(["git", "ls-files", "-co", "--exclude-standard", "--", *patterns], what="git ls-files", cwd=ROOT)
    return [row for row in done.stdout.splitlines() if (ROOT / row).is_file()]


def read_gtest(folder):
    """Counts the single tests in GoogleTest's JSON files; answers the tally and the programs that reported."""
    tally, reported = Tally(), set()
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        reported.add(path.stem)
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError:
            tally.count(False, path.stem, "its report is broken")
            continue
        for suite in report.get("testsuites", []):
            for test in suite.get("testsuite", []):
                if test.get("result") == "SKIPPED":
                    tally.skip(f"{suite['name']}.{test['name']}")
                    continue
                failures = test.get("failures", [])
                tally.count(not failures, f"{path.stem}: {suite['name']}.{test['name']}",
                            failures[0]["failure"].strip() if failures else "")
    return tally, reported


def read_junit(path):
    """Counts the tests of a JUnit file, as vitest and our Python tests write it."""
    tally = Tally()
    if not os.path.exists(path):
        return tally.count(False, pathlib.Path(path).name, "no report was written")
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        problem = case.find("failure")
        problem = case.find("error") if problem is None else problem
        if case.find("skipped") is not None:
            tally.skip(case.get("name"))
            continue
        tally.count(problem is None, case.get("name"), "" if problem is None else (problem.text or "")[:2000])
    return tally
