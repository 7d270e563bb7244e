"""Checks that read files and run no program of ours: format, house style, manifests, alert rules."""

import shutil
import sys

from .. import build as builds
from .. import packages
from ..home import ROOT
from .context import Tally, tracked

CPP = ("*.cpp", "*.h")


def format_check(context):
    """clang-format on our C++ files."""
    packages.ensure(("test",))
    tally = Tally()
    files = tracked(*CPP)
    for start in range(0, len(files), 100):
        part = files[start:start + 100]
        context.command(tally, f"clang-format {start // 100}", ["clang-format-14", "--dry-run", "--Werror", *part])
    return tally


def tidy(context):
    """tests/tidy: the rules of the house that a program can check."""
    return python_tests(context, "tests/tidy")


def python_tests(context, folder, environment=None):
    """Runs a folder of unittest files in a process of its own and counts its tests."""
    tally = Tally()
    report = context.work / (folder.replace("/", "-") + ".counts")
    context.command(tally, folder, [sys.executable, "-m", "local.unittests", folder, report], env=environment,
                    shown=150)
    if report.exists():
        passed, failed, skipped = map(int, report.read_text(encoding="utf-8").split())
        counted = Tally(passed, failed, skipped)
        counted.notes = tally.notes
        return counted
    return tally


def deploy(context):
    """Kubernetes manifests, systemd units, alert rules."""
    packages.ensure(("build", "test"))
    builds.npm_packages("web")  # Brings the Node that the manifests' schemas need.
    tally = Tally()
    if (ROOT / "deploy/observability/alerts_test.yaml").exists():
        rules = ROOT / "deploy/observability"
        context.command(tally, "alert rules", ["promtool", "check", "rules", rules / "alerts.yaml"])
        context.command(tally, "alert tests", ["promtool", "test", "rules", rules / "alerts_test.yaml"])
        tally += python_tests(context, "deploy/observability")
    if (ROOT / "k8s/check").is_dir():
        context.command(tally, "kubernetes manifests", [ROOT / "k8s/check/run"])
    for unit in sorted((ROOT / "deploy/systemd").glob("*.service")):
        if shutil.which("systemd-analyze"):
            context.command(tally, f"systemd {unit.name}",
                            ["systemd-analyze", "security", "--offline=true", "--threshold=25", unit])
    return tally
