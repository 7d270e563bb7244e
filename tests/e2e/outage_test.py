"""The telephone while something else is away: talks go on, new calls reach an agent, and records catch up afterwards.
Registrations and access tokens are short here, so that both run out, and are renewed or not, during each outage."""

import contextlib
import os
import signal
import unittest

from harness.caller import Caller
from harness.child import until
from harness.console import Console, is_here
from harness.system import System, wait_until
from local.rest import Refusal

CALLER_HZ, AGENT_HZ = 620, 440
REGISTRATION_SECONDS, TOKEN_MS = 6, 5000
PATIENCE = 60


@unittest.skipUnless(is_here(), "no browser here")
class Outage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System(LINTEL_KAMAILIO_REGISTRATION_SECONDS=REGISTRATION_SECONDS, LINTEL_ACCESS_TOKEN_MS=TOKEN_MS).__enter__()
        cls.addClassCleanup(cls.system.stop)

    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.agent = self.stack.enter_context(Console(self.system, AGENT_HZ)).ready_agent()

    # --- calls -------------------------------------------------------------------------------------------------------

    def talk(self, phone):
        caller = Caller(self.stack, self.system, phone)
        until(caller.hears_something, 15, "the prompt at the caller")
        caller.say(CALLER_HZ)
        caller.press_until("2", lambda: self.agent.is_there("[data-phone=RINGING]")["there"])
        self.agent.click(".call-card .answer")
        self.both_hear(caller)
        return caller

    def both_hear(self, caller):
        caller.hears(AGENT_HZ)
        self.agent.wait_tone(CALLER_HZ)

    def hang_up(self, caller):
        self.agent.click(".call-card .hang-up")
        self.assertEqual(caller.hung_up_on(), 0)
        self.agent.wait("[data-phone=READY]")

    def wait_recorded(self, *phones):
        """Until each of these calls has its record, with its recording."""
        def found():
            try:
                calls = self.system.api("manager").get("/v1/calls")["calls"]
            except (Refusal, OSError):  # Not back yet.
                return False
            known = {call["callerNumber"]: call for call in calls}
            return all(phone in known and known[phone]["recorded"] for phone in phones)
        wait_until(found, "the records of the calls", 30)

    # --- what is away ------------------------------------------------------------------------------------------------

    def stop(self, program):
        supervisor = self.system.instance().supervisor
        os.kill(self.system.pid(program), signal.SIGQUIT if program == "postgres" else signal.SIGKILL)
        supervisor.stop_program(program)

    def start(self, program):
        self.system.instance().supervisor.start_program(program)

    def outlast_registration(self):
        """Until the phone has registered twice anew: by then the token of before has run out as well."""
        seen = set()

        def renewed():
            seen.add(self.registered_at())
            return len(seen) > 3
        until(renewed, PATIENCE, "the browser's registration to be renewed")

    def registered_at(self):
        contacts = [contact["Contact"] for record in self.system.kamailio("ul.dump")["Domains"][0]["Domain"]["AoRs"]
                    for contact in record["Info"]["Contacts"]]
        return contacts[0]["Last-Modified"] if contacts else None

    def check(self, program, *phones):
        before, during = phones
        caller = self.talk(before)
        self.stop(program)
        self.both_hear(caller)
        self.outlast_registration()
        self.both_hear(caller)
        self.hang_up(caller)
        self.hang_up(self.talk(during))
        self.start(program)
        self.wait_recorded(before, during)

    def test_without_postgresql_talks_go_on_and_a_new_call_reaches_an_agent(self):
        self.check("postgres", "13700007761", "13700007762")

    def test_without_redis_talks_go_on_and_a_new_call_reaches_an_agent(self):
        self.check("redis", "13700007764", "13700007765")

    def some_agent_is(self, state):
        try:
            agents = self.system.api("supervisor").get("/v1/agents")["agents"]
        except (Refusal, OSError):  # Not back yet.
            return False
        return any(agent["state"] == state for agent in agents)

    def test_a_talk_outlives_telephony_and_is_recorded_though_it_ends_meanwhile(self):
        caller = self.talk("13700007763")
        self.stop("telephony")
        self.both_hear(caller)
        self.agent.click(".call-card .hang-up")
        self.assertEqual(caller.hung_up_on(), 0)
        self.start("telephony")
        self.wait_recorded("13700007763")

    def test_a_talk_outlives_telephony_and_its_agent_talks_again_until_it_is_over(self):
        caller = self.talk("13700007766")
        os.kill(self.system.pid("telephony"), signal.SIGKILL)
        wait_until(lambda: self.some_agent_is("TALKING"), "the new telephony to know who talks", 30)
        self.both_hear(caller)
        self.hang_up(caller)
        wait_until(lambda: self.some_agent_is("READY"), "the agent to be ready for the next call", 30)
        self.wait_recorded("13700007766")


if __name__ == "__main__":
    unittest.main()
