"""An agent who takes calls on a desk phone instead of the browser (AGT-01): baresip, a soft phone that others wrote, registers at
the edge with the account of the agent's sign-on, is rung from the queue, talks, and is recorded as any other."""

import contextlib
import shutil
import unittest

from harness.caller import Caller
from harness.child import until
from harness.console import channels, is_tone
from harness.desk_phone import DeskPhone
from harness.system import System, wait_until

CALLER_HZ, AGENT_HZ = 620, 440
PATIENCE_MS = 20_000  # Of a caller who hangs up in the middle of the talk.


@unittest.skipUnless(shutil.which("baresip"), "no baresip here")
class DeskPhones(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System(LINTEL_KAMAILIO_PHONES=1).__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.manager = cls.system.api("manager")

    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.agent = self.system.api("agent")
        self.account = self.agent.post("/v1/agents/me:signOn")
        self.stack.callback(self.agent.post, "/v1/agents/me:signOff")

    # --- a call ------------------------------------------------------------------------------------------------------

    def ready_phone(self):
        phone = DeskPhone(self.stack, self.system, self.account, AGENT_HZ)
        phone.wait("REGISTER_OK")
        self.agent.post("/v1/agents/me:setState", {"state": "READY"})
        return phone

    def state(self):
        return self.agent.get("/v1/agents/me")["state"]

    def talk(self, phone, number, **caller):
        """The caller presses 2, the phone on the desk rings and is lifted; both hear the other."""
        caller = Caller(self.stack, self.system, number, **caller)
        until(caller.hears_something, 15, "the prompt at the caller")
        caller.say(CALLER_HZ)
        caller.press_until("2", lambda: phone.happened("CALL_INCOMING"))
        self.assertIn(self.state(), ("RINGING", "TALKING"))
        phone.do("accept")
        phone.wait("CALL_ESTABLISHED")
        caller.hears(AGENT_HZ)
        phone.wait_heard(CALLER_HZ)
        return caller

    def check_record(self, number, hung_up_by):
        """Both legs, and a recording with each voice in its own channel."""
        def found():
            calls = self.manager.get("/v1/calls")["calls"]
            return next((call for call in calls if call["callerNumber"] == number and call["recorded"]), None)
        call = self.manager.get("/v1/" + wait_until(found, "the call's record with its recording", 30)["name"])
        self.assertEqual(call["hungUpBy"], hung_up_by)
        self.assertEqual([leg["agent"] for leg in call["legs"] if leg["agent"]], [self.account["agent"]])
        self.assertEqual(len(call["legs"]), 2, call["legs"])
        for leg in call["legs"]:
            self.assertEqual(leg["sipCode"], 200, leg)
            self.assertGreater(int(leg["packetsReceived"]), 50, leg)
        status, _, wav = self.manager.raw("GET", f"/v1/{call['name']}/recording")
        self.assertEqual(status, 200, wav[:300])
        left, right, rate = channels(wav)
        for samples, hertz in ((left, CALLER_HZ), (right, AGENT_HZ)):
            seconds = range(0, len(samples) - rate + 1, rate // 2)
            self.assertTrue(any(is_tone(samples[at:at + rate], hertz) for at in seconds), f"a second of {hertz} Hz")

    def test_an_agent_talks_on_a_desk_phone_and_hangs_up(self):
        """AGT-01. The phone learns an opaque reference, never who calls; its audio is plain RTP."""
        number = "13700007751"
        phone = self.ready_phone()
        caller = self.talk(phone, number)
        phone.do("hangup")
        self.assertEqual(caller.hung_up_on(), 0)
        signalling = phone.signalling()
        self.assertIn("X-Lintel-Call", signalling)
        self.assertNotIn(number[3:], signalling, "a phone number on its way to an agent")
        self.assertNotIn("SAVPF", signalling, "the phone is asked for nothing that only a browser can do")
        self.check_record(number, "agent")
        until(lambda: self.state() == "READY", 10, "the agent to be ready for the next call")

    def test_a_caller_who_hangs_up_ends_the_call_at_the_desk_phone(self):
        number = "13700007752"
        phone = self.ready_phone()
        caller = self.talk(phone, number, patience_ms=PATIENCE_MS)
        phone.wait("CALL_CLOSED", 30)
        self.assertEqual(caller.hung_up_on(), 0)
        self.check_record(number, "caller")

    def test_a_desk_phone_holds_the_call_and_takes_it_back(self):
        """AGT-05. Music for the caller meanwhile; the talk is one record, and one recording of both."""
        number = "13700007753"
        phone = self.ready_phone()
        caller = self.talk(phone, number)
        phone.do("hold")
        until(lambda: caller.hears_music_but_no(AGENT_HZ), 10, "music at the caller while the agent holds the call")
        self.assertEqual(self.state(), "TALKING")
        until(lambda: not phone.is_reached(), 10, "nothing to be sent to a phone that holds")
        phone.do("resume")
        caller.hears(AGENT_HZ)
        until(phone.is_reached, 10, "the caller's audio at the phone again")
        phone.do("hangup")
        self.assertEqual(caller.hung_up_on(), 0)
        self.assertIn("a=recvonly", phone.signalling(), "the answer to a hold")
        self.check_record(number, "agent")

    def test_keys_pressed_at_either_end_reach_the_other(self):
        """RFC 4733 both ways: an agent answers a menu outside, a caller types a number; none is lost, however fast."""
        phone = self.ready_phone()
        caller = self.talk(phone, "13700007754")
        for key in "90210#":
            caller.press(key)
        until(lambda: phone.keys() == "90210#", 10, "the caller's keys at the desk phone, not " + phone.keys())
        for count, key in enumerate("7*", 1):
            phone.do("sndcode", key)
            until(lambda: caller.keys() == "7*"[:count], 10, f"the agent's {key} at the caller, not {caller.keys()}")
        phone.do("hangup")
        self.assertEqual(caller.hung_up_on(), 0)

    # --- who may register --------------------------------------------------------------------------------------------

    def test_a_wrong_secret_is_refused_and_the_agent_is_not_reached_by_it(self):
        phone = DeskPhone(self.stack, self.system, self.account, AGENT_HZ, secret="not-" + self.account["secret"])
        self.assertIn("401", phone.wait("REGISTER_FAIL"))
        self.assertIsNone(phone.happened("REGISTER_OK"))
        self.assertEqual(self.registered(), [])

    def test_a_phone_is_forgotten_when_its_agent_signs_off(self):
        self.ready_phone()
        self.assertEqual(len(self.registered()), 1)
        self.agent.post("/v1/agents/me:signOff")
        until(lambda: not self.registered(), 5, "the registration to be gone")

    def registered(self):
        """The edge's registrations of this test's account."""
        return [record["Info"]["AoR"] for record in self.system.kamailio("ul.dump")["Domains"][0]["Domain"]["AoRs"]
                if record["Info"]["AoR"].split("@")[0] == self.account["account"]]


if __name__ == "__main__":
    unittest.main()
