"""Alerts and panels ask for metrics that a process exports; a name that nobody exports is a panel that stays empty and an
alert that never fires."""

import json
import pathlib
import re
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OF_PROMETHEUS = {"up"}
SERIES_OF_HISTOGRAMS = ("_bucket", "_count", "_sum")
WORDS = {"by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "offset", "bool"}


def names(expression):
    """The metrics a PromQL expression asks for."""
    bare = re.sub(r'"[^"]*"', "", expression)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", bare)
    bare = re.sub(r"\b(by|without|on|ignoring)\s*\([^)]*\)", "", bare)
    return {name for name in re.findall(r"\b[a-zA-Z_]\w*\b(?!\s*\()", bare) if name not in WORDS}


def alerts():
    text = (HERE / "alerts.yaml").read_text(encoding="utf-8")
    return [block or line for block, line in re.findall(r"expr: (?:\|\n((?: {10,}.*\n)+)|(.*)\n)", text)]


def panels():
    board = json.loads((HERE / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def exported():
    """Names that the code of a process spells out, tests and tools aside."""
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--", "platform/*.cpp", "services/*.cpp",
                            "telephony/*.cpp", "gateway/*.cpp"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = set()
    for name in files.stdout.split():
        if not name.endswith("_test.cpp") and "/testing/" not in name and (ROOT / name).exists():
            found |= set(re.findall(r'"(lintel_[a-z_]+)"', (ROOT / name).read_text(encoding="utf-8")))
    return found


class Metrics(unittest.TestCase):
    def setUp(self):
        self.exported = exported()

    def unknown(self, wanted):
        series = {name.removesuffix(end) for name in wanted for end in SERIES_OF_HISTOGRAMS if name.endswith(end)}
        known = self.exported | OF_PROMETHEUS | {name + end for name in series & self.exported for end in SERIES_OF_HISTOGRAMS}
        return sorted(wanted - known)

    def test_names_are_found_in_an_expression(self):
        self.assertEqual(names('sum by (service) (rate(a_total{code=~"X|Y"}[5m])) / histogram_quantile(0.9, b) > 2'),
                         {"a_total", "b"})

    def test_every_alert_asks_for_what_a_process_exports(self):
        self.assertGreater(len(alerts()), 0)
        for expression in alerts():
            self.assertTrue(names(expression), expression)
            self.assertEqual(self.unknown(names(expression)), [], expression)

    def test_every_panel_asks_for_what_a_process_exports(self):
        for expression in panels():
            self.assertTrue(names(expression), expression)
            self.assertEqual(self.unknown(names(expression)), [], expression)

    def test_a_metric_that_nobody_exports_is_found(self):
        self.assertEqual(self.unknown({"up", "lintel_rpc_seconds_count", "process_resident_memory_bytes"}),
                         ["process_resident_memory_bytes"])


if __name__ == "__main__":
    unittest.main()
