"""A media node against sipp and rtp_peer: its calls, its recordings, and what garbage and lost neighbours do to it."""

import pathlib
import random
import re
import socket
import struct
import sys
import unittest
import wave

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "rtp_peer")]

from spectrum import peak  # noqa: E402
from harness.child import free_port, until  # noqa: E402
from stand import AGENT, CALLER, NODE, Stand  # noqa: E402


def probe(stand, text, timeout=2.0, host=CALLER):
    """Sends one SIP message; the status line of the answer, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind((host, free_port(host)))
        link.settimeout(timeout)
        local = "%s:%d" % link.getsockname()
        link.sendto(text.replace("LOCAL", local).encode("utf-8", "surrogateescape"), (NODE, stand.sip_port))
        try:
            return link.recv(65535).split(b"\r\n")[0].decode()
        except TimeoutError:
            return None


def request(method, number="4001", body="", extra=""):
    branch = random.randrange(1 << 32)
    return (f"{method} sip:{number}@{NODE} SIP/2.0\r\nVia: SIP/2.0/UDP LOCAL;branch=z9hG4bK{branch};rport\r\n"
            f"From: <sip:1@LOCAL>;tag=1\r\nTo: <sip:{number}@{NODE}>\r\nCall-ID: {branch}@test\r\nCSeq: 1 {method}\r\n"
            f"Contact: <sip:1@LOCAL>\r\nMax-Forwards: 70\r\n{extra}Content-Length: {len(body)}\r\n\r\n{body}")


def channels(path):
    with wave.open(str(path)) as file:
        assert file.getnchannels() == 2 and file.getframerate() == 8000
        samples = struct.unpack(f"<{file.getnframes() * 2}h", file.readframes(file.getnframes()))
    return samples[0::2], samples[1::2]


def mono(path):
    with wave.open(str(path)) as file:
        return struct.unpack(f"<{file.getnframes()}h", file.readframes(file.getnframes()))


class Node(unittest.TestCase):
    def found(self, heard):
        self.assertTrue(heard.get("found"), heard)

    def bridged(self, stand, hold_ms):
        """A caller at 620 Hz, who hangs up after `hold_ms`, and an agent at 440 Hz; they hear each other."""
        agent = stand.agent()
        caller, _ = stand.call(hold_ms=hold_ms)
        agent.ask("tone", 440)
        caller.ask("tone", 620)
        caller.ask("send", NODE, stand.rtp_low)
        stand.wait_event("started")
        caller.ask("key", "2")
        stand.wait_event("agentAnswered")
        self.found(caller.ask("wait", 440))
        self.found(agent.ask("wait", 620))
        return caller, agent

    def test_a_key_during_the_prompt_stops_it_and_the_agent_is_bridged_and_recorded(self):  # IVR-05, SUP-01
        with Stand() as stand:
            self.bridged(stand, hold_ms=7000)
            self.assertEqual(stand.wait_event("queueEntered")["queueEntered"]["language"], "en")
            ended = stand.wait_event("ended", 15)["ended"]
            self.assertEqual((ended["hungUpBy"], ended["recorded"]), ("caller", True))
            legs = stand.events("legEnded")
            self.assertEqual(len(legs), 2)
            answered = [event for event in ended["trace"] if "agentAnswered" in event]
            self.assertEqual(answered[0]["agentAnswered"], stand.wait_event("agentAnswered")["agentAnswered"])
            self.assertEqual([event["legEnded"] for event in ended["trace"] if "legEnded" in event], [leg["legEnded"] for leg in legs])
            self.assertGreater(int(legs[0]["legEnded"]["packetsReceived"]), 50)
            left, right = channels(stand.recording())
            for samples, hertz in ((left, 620), (right, 440)):
                peak_hertz, above, _ = peak(samples[-12000:-4000], 8000)
                self.assertAlmostEqual(peak_hertz, hertz, delta=5)
                self.assertGreaterEqual(above, 20)

    def test_a_key_cuts_the_prompt_short_and_what_follows_is_heard_at_once(self):  # IVR-05
        with Stand() as stand, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reception:
            reception.bind((AGENT, stand.agent_port))  # A phone that never answers: the caller hears it ring.
            caller, _ = stand.call()
            caller.ask("send", NODE, stand.rtp_low)
            stand.wait_event("started")
            until(lambda: caller.ask("hear", 0.5)["level"] > 100, 10, "the prompt")
            before = caller.ask("figures")["received"]
            caller.ask("key", "3")  # Leads to the reception, whose phone rings: 450 Hz.
            until(lambda: abs(caller.ask("hear", 0.1)["peakHz"] - 450) < 20, 5, "the ringing tone")
            heard = stand.folder / "heard.wav"
            caller.ask("save", heard)
            since_key = [*mono(heard)][-160 * (caller.ask("figures")["received"] - before):]
            ringing = next(at for at in range(0, len(since_key), 80) if abs(peak(since_key[at:at + 800], 8000)[0] - 450) < 20)
            self.assertLess(ringing, 0.35 * 8000, "in the audio itself: 0.12 s of key, then at most 0.2 s of prompt")
            self.assertEqual(caller.ask("figures")["lost"], 0)

    def test_an_unknown_number_is_refused_with_404_and_a_call_without_g711_with_488(self):
        with Stand() as stand:
            sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.32\r\ns=-\r\nc=IN IP4 127.0.0.32\r\nt=0 0\r\nm=audio 4000 RTP/AVP {}\r\n"
            typed = "Content-Type: application/sdp\r\n"
            answers = self.answers(stand, request("INVITE", "9999", sdp.format(8), typed))
            self.assertTrue(any("404" in line for line in answers), answers)
            answers = self.answers(stand, request("INVITE", "4001", sdp.format(18), typed))
            self.assertTrue(any("488" in line for line in answers), answers)

    def answers(self, stand, text, host=CALLER):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
            link.bind((host, free_port(host)))
            link.settimeout(3)
            link.sendto(text.replace("LOCAL", "%s:%d" % link.getsockname()).encode(), (NODE, stand.sip_port))
            lines = []
            while not lines or re.search(r" 1\d\d ", lines[-1]):
                lines.append(link.recv(65535).split(b"\r\n")[0].decode())
            return lines

    def test_a_stranger_is_refused_with_403(self):
        with Stand() as stand:
            self.assertIn("403", self.answers(stand, request("INVITE"), host="127.0.0.66")[-1])

    def test_it_answers_probes_until_it_drains_and_then_with_503(self):
        with Stand(LINTEL_MEDIA_DRAIN_MS=20000) as stand:
            self.assertIn("200", probe(stand, request("OPTIONS")))
            caller, _ = stand.call()
            caller.ask("send", NODE, stand.rtp_low)
            stand.wait_event("started")
            stand.node.process.terminate()
            until(lambda: "503" in (probe(stand, request("OPTIONS")) or ""), what="503")
            self.assertTrue(stand.node.alive(), "the running call goes on")
            stand.node.process.terminate()  # A second signal ends it now.
            self.assertEqual(stand.node.process.wait(15), 0, stand.node.lines[-3:])
            self.assertEqual(stand.wait_event("ended")["ended"]["hungUpBy"], "system")

    def test_a_bridge_outlives_telephony_and_its_reports_arrive_afterwards(self):
        with Stand() as stand:
            caller, _ = self.bridged(stand, hold_ms=12000)
            stand.telephony.stop("kill")
            before = caller.ask("figures")["received"]
            until(lambda: caller.ask("figures")["received"] > before + 150, 10, "three seconds of audio")
            self.found(caller.ask("wait", 440))
            stand.start_telephony()
            self.assertEqual(stand.wait_event("ended", 15)["ended"]["hungUpBy"], "caller")
            stand.recording()

    def test_garbage_truncation_and_oversize_bring_nothing_down(self):
        with Stand() as stand:
            chance = random.Random(5)
            good = request("INVITE", body="v=0\r\nm=audio 1 RTP/AVP 8\r\n", extra="Content-Type: application/sdp\r\n")
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
                link.bind((CALLER, free_port(CALLER)))
                for _ in range(300):
                    link.sendto(chance.randbytes(chance.randrange(1, 1400)), (NODE, stand.sip_port))
                    link.sendto(good[:chance.randrange(len(good))].encode(), (NODE, stand.sip_port))
                    changed = bytearray(good.encode())
                    for _ in range(8):
                        changed[chance.randrange(len(changed))] = chance.randrange(256)
                    link.sendto(bytes(changed), (NODE, stand.sip_port))
                    first = bytes([chance.choice((0, 1, 22, 63, 128, 144, 255))])
                    link.sendto(first + chance.randbytes(chance.randrange(1500)), (NODE, stand.rtp_low))
                link.sendto(good.replace("v=0", "v=0" + "x" * 60000).encode(), (NODE, stand.sip_port))
                link.sendto(bytes(60000), (NODE, stand.rtp_low))
            until(lambda: "200" in (probe(stand, request("OPTIONS")) or ""), what="an answer to OPTIONS")
            stand.call()
            stand.wait_event("started")


if __name__ == "__main__":
    unittest.main(verbosity=2)
