"""A real browser as the agent: ICE-lite, DTLS-SRTP with the fingerprint verified, and audio both ways."""

import json
import pathlib
import re
import shutil
import socket
import sys
import threading
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "rtp_peer")]

from harness.child import Child, until  # noqa: E402
from local.home import ROOT  # noqa: E402
from stand import AGENT, HERE, NODE, Stand  # noqa: E402


class Browser(Child):
    def __init__(self):
        super().__init__([shutil.which("node"), HERE / "browser_agent.mjs"])
        self.wait_line("{", 60)

    def stop(self, *_):
        """The end of its input lets the page close its browser."""
        self.process.stdin.close()
        self.process.wait(20)
        self.reader.join(2)
        self.process.stdout.close()

    def ask(self, name, argument=True):
        return self.say(json.dumps({name: argument}), 30)


class Phone:
    """The SIP side of the browser: hands the offer of the first INVITE in and answers with what comes out."""

    def __init__(self, port, answer):
        self.link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.link.bind((AGENT, port))
        self.answer = answer
        self.ended = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        answered = set()
        while not self.ended.is_set():
            try:
                data, source = self.link.recvfrom(65535)
            except OSError:  # Closed at the end of the test.
                return
            head, _, body = data.decode().partition("\r\n\r\n")
            method, branch = head.split(" ")[0], re.search(r"branch=([^;\r]+)", head)[1]
            if method == "INVITE" and branch not in answered:
                answered.add(branch)
                self._reply(head, source, "180 Ringing", "")
                self._reply(head, source, "200 OK", self.answer(body))
            elif method == "BYE":
                self._reply(head, source, "200 OK", "")
                self.ended.set()

    def close(self):
        self.ended.set()
        self.link.close()

    def _reply(self, head, source, status, body):
        copied = [line + (";tag=browser" if line.startswith("To:") and "tag=" not in line else "")
                  for line in head.split("\r\n")[1:] if re.match(r"(Via|From|To|Call-ID|CSeq|Record-Route):", line)]
        lines = [f"SIP/2.0 {status}", *copied, "Contact: <sip:agent@%s:%d>" % self.link.getsockname()]
        if body:
            lines.append("Content-Type: application/sdp")
        self.link.sendto("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode(), source)


@unittest.skipUnless((ROOT / "web/node_modules/playwright-core").is_dir() and shutil.which("chromium"), "no browser here")
class BrowserAgent(unittest.TestCase):
    def call(self, stand, spoil=lambda sdp: sdp):
        browser = stand.keep(Browser())
        phone = Phone(stand.agent_port, lambda offer: spoil(browser.ask("offer", offer)["answer"]))
        self.addCleanup(phone.close)
        caller, _ = stand.call(hold_ms=25000)
        caller.ask("tone", 620)
        caller.ask("send", NODE, stand.rtp_low)
        stand.wait_event("started")
        caller.ask("key", "2")
        return browser, caller, phone

    def test_it_hears_the_caller_and_is_heard(self):
        with Stand(device="browser") as stand:
            browser, caller, _ = self.call(stand)
            heard = caller.ask("wait", 440, 15)
            self.assertTrue(heard["found"], heard)
            heard = until(lambda: (lambda h: abs(h["peakHz"] - 620) < 5 and h)(browser.ask("hear")), 10, "620 Hz in the browser")
            self.assertIn("GCM", heard["cipher"])
            browser.ask("key", "5")
            until(lambda: "5" in caller.ask("figures")["digits"], 5, "the agent's key at the caller")

    def test_it_is_not_heard_when_its_certificate_is_not_the_one_of_its_sdp(self):
        with Stand(device="browser") as stand:
            wrong = "a=fingerprint:sha-256 " + ":".join(["AB"] * 32)
            _, caller, phone = self.call(stand, lambda sdp: re.sub(r"a=fingerprint:sha-256 [0-9A-F:]+", wrong, sdp))
            stand.wait_event("agentAnswered")
            self.assertTrue(phone.ended.wait(15), "the leg is hung up when its audio never comes up")
            self.assertNotEqual(round(caller.ask("hear")["peakHz"]), 440)


if __name__ == "__main__":
    unittest.main(verbosity=2)
