"""One sale's journey (DESIGN §2) from the first ring to the report: an outside caller on the real telephone path, an agent in
a real browser, a sale on the console's own forms, and a second browser whose control chart follows by live events alone."""

import contextlib
import datetime
import json
import pathlib
import subprocess
import tempfile
import unittest
import zoneinfo

from harness.caller import Caller
from harness.child import until
from harness.console import Console, channels, is_here, is_tone
from harness.system import System, wait_until

CALLER_HZ, AGENT_HZ = 620, 440
BUYER, BUYER_PHONE = "示例来电", "13700007741"


@unittest.skipUnless(is_here(), "no browser here")
class Journey(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System().__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.facts = cls.system.demo_facts()
        cls.project = cls.facts["project"]
        cls.manager, cls.seller, cls.cashier = (cls.system.api(name) for name in ("manager", "consultant", "cashier"))

    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.console = self.stack.enter_context(Console(self.system, AGENT_HZ))

    def register(self, name, phone):
        return self.seller.post("/v1/customers", {"displayName": name, "phones": [phone], "projects": [self.project]})["name"]

    def test_a_buyer_calls_talks_buys_and_pays_and_every_screen_and_report_knows(self):
        """DESIGN §2. IVR-01, IVR-05, CUS-10, CUS-11, INV-03, SAL-13a, SAL-14a, SAL-15, FIN-20, FIN-21, RPT-12, RPT-32."""
        customer = self.register(BUYER, BUYER_PHONE)
        self.call_and_talk(customer)
        self.sell(customer)

    # --- the call ----------------------------------------------------------------------------------------------------

    def talk(self, agent, customer):
        """The caller presses 2 while the prompt plays and is put through; both hear the other."""
        caller = Caller(self.stack, self.system, BUYER_PHONE)
        until(caller.hears_something, 15, "the prompt at the caller")
        caller.say(CALLER_HZ)
        caller.press_until("2", lambda: agent.is_there("[data-phone=RINGING]")["there"])
        agent.wait(f'[data-call-card="{customer}"]')             # Who it is, before hello.
        self.assertIn(BUYER, agent.text(".call-card")["text"])
        agent.click(".call-card .answer")
        agent.wait("[data-phone=TALKING]")
        caller.hears(AGENT_HZ)
        agent.wait_tone(CALLER_HZ)
        return caller

    def use_the_phone(self, agent, caller):
        """Hold, mute and keys are the browser's; what they do is heard outside."""
        agent.click(".call-card .call-buttons button >> nth=1")
        agent.wait("[data-phone=held]")
        until(lambda: caller.hears_music_but_no(AGENT_HZ), 10, "music at the caller while the agent holds the call")
        agent.click(".call-card .call-buttons button >> nth=1")
        caller.hears(AGENT_HZ)
        agent.click(".call-card .call-buttons button >> nth=0")
        until(lambda: caller.audio.ask("hear", 0.5)["level"] < 20, 10, "silence at the caller while the agent is muted")
        agent.click(".call-card .call-buttons button >> nth=0")
        caller.hears(AGENT_HZ)
        agent.click(".call-card .call-buttons button >> nth=2")
        agent.click(".call-card .keypad button >> nth=4")
        until(lambda: "5" in caller.audio.ask("figures")["digits"], 10, "the agent's key at the caller")

    def recorded_call(self, customer):
        def found():
            calls = self.manager.get("/v1/calls", filter=f'customer = "{customer}"')["calls"]
            return next((call for call in calls if call["recorded"]), None)
        return wait_until(found, "the call's record with its recording", 30)

    def call_and_talk(self, customer):
        """Steps 1 and 2: pop, audio both ways, keys, recording by channel, the call in the customer's story."""
        agent = self.console.ready_agent()
        caller = self.talk(agent, customer)
        self.use_the_phone(agent, caller)
        caller.hears(AGENT_HZ)
        agent.wait_tone(CALLER_HZ)
        agent.click(".call-card .hang-up")
        self.assertEqual(caller.hung_up_on(), 0)
        self.assertEqual(agent.complaints()["complaints"], [])
        signalling = agent.signalling()["text"]
        self.assertIn("X-Lintel-Call", signalling)
        self.assertNotIn(BUYER_PHONE[3:], signalling, "a phone number on its way to an agent")
        call = self.recorded_call(customer)
        self.assertEqual((call["hungUpBy"], call["calledNumber"]), ("agent", self.facts["number"]))
        self.check_recording(call)
        story = self.manager.get(f"/v1/{customer}/timeline")["entries"]
        self.assertIn(call["name"], [entry["resource"] for entry in story])
        whole = self.manager.get(f"/v1/{call['name']}")
        self.assertEqual(len(whole["legs"]), 2)

    def check_recording(self, call):
        status, headers, wav = self.manager.raw("GET", f"/v1/{call['name']}/recording")
        self.assertEqual(status, 200, wav[:300])
        left, right, rate = channels(wav)
        self.assertEqual(rate, 8000)
        for samples, hertz in ((left, CALLER_HZ), (right, AGENT_HZ)):
            seconds = range(0, len(samples) - rate + 1, rate // 2)
            self.assertTrue(any(is_tone(samples[at:at + rate], hertz) for at in seconds), f"a second of {hertz} Hz")
        status, headers, part = self.manager.raw("GET", f"/v1/{call['name']}/recording", headers={"Range": "bytes=44-243"})
        self.assertEqual((status, part), (206, wav[44:244]), headers)

    # --- the sale ----------------------------------------------------------------------------------------------------

    def sell(self, customer):
        """Steps 3 to 7: each on its own form of the console, each colour seen by a second browser."""
        screen = self.console.open("manager", "second screen")
        screen.go("/chart")
        room = screen.rooms()["rooms"][0]
        seller = self.console.open("consultant")
        colours = [screen.cell(room)["pixel"]]

        hold = self.step(screen, room, lambda: self.hold(seller, room, customer), "HELD", colours)
        subscription = self.step(screen, room, lambda: self.subscribe(seller, room, hold), "SUBSCRIBED", colours)
        contract = self.step(screen, room, lambda: self.sign(seller, subscription), "SIGNED", colours)
        self.assertEqual(len(set(colours)), 4, "each state has a colour of its own")
        self.pay(contract)
        self.read_report(screen, contract)
        for page in (screen, seller):
            self.assertEqual(page.complaints()["complaints"], [])

    def step(self, screen, room, act, state, colours):
        """One step of the sale; the screen has changed its colour by itself, without a single request."""
        screen.watch(room)
        document = act()
        self.assertEqual(screen.changed()["requests"], [])
        cell = screen.cell(room)
        self.assertEqual(cell["state"], state)
        colours.append(cell["pixel"])
        return document

    def hold(self, seller, room, customer):
        seller.go(f"/deals/holds/new?room={room}&customer={customer}")
        seller.wait(".card-head")
        seller.press("Control+Enter")
        seller.arrive("/chart")
        return self.seller.get(f"/v1/{room}")["deal"]

    def subscribe(self, seller, room, hold):
        seller.go(f"/deals/subscriptions/new?room={room}&hold={hold}")
        seller.choose("#paymentPlan", "分期付款")
        seller.wait("[data-preview=ready]")
        seller.press("Control+Enter")
        return seller.arrive("/subscriptions/[0-9a-f-]+$")["path"][1:]

    def sign(self, seller, subscription):
        seller.go(f"/deals/contracts/new?subscription={subscription}")
        seller.wait("#subscription")
        seller.press("Control+Enter")
        return seller.arrive("/contracts/[0-9a-f-]+$")["path"][1:]

    def pay(self, contract):
        """The cashier takes 20,000.00 yuan; the paper says so in capitals, the journal has it, the ledger balances."""
        desk = self.console.open("cashier")
        desk.go(f"/finance/receipts/new?deal={contract}")
        desk.fill("#amount", "20000")
        desk.press("Control+Enter")
        receipt = desk.arrive("/receipts/[0-9a-f-]+$")["path"][1:]
        status, _, pdf = self.cashier.raw("GET", f"/v1/{receipt}/document")
        self.assertEqual(status, 200)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "receipt.pdf"
            path.write_bytes(pdf)
            text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn("人民币贰万元整", text.replace("\n", "").replace(" ", ""))
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date().isoformat()
        journal = self.cashier.get(f"/v1/journals/{today}", project=self.project)
        self.assertIn(receipt, [line["receipt"] for line in journal["lines"]])
        self.assertEqual(self.system.sql("SELECT count(*) FROM (SELECT entry_id FROM finance.ledger_lines "
                                         "GROUP BY entry_id HAVING sum(amount_minor) <> 0) wrong").strip(), "0")

    def read_report(self, screen, contract):
        number = self.seller.get(f"/v1/{contract}")["number"]

        def listed():
            run = self.manager.post("/v1/reports/RPT-12:run", {"parameters": {"project": self.project}, "format": "JSON"})
            return number in json.dumps(run["rows"], ensure_ascii=False)
        wait_until(listed, "the contract in RPT-12")
        screen.go("/reports/RPT-12")
        screen.wait(f"text={number}")

    def test_a_screen_whose_live_stream_is_cut_does_not_change(self):
        """What proves that the colour above came by the stream."""
        deaf, hearing = self.console.open("manager", "deaf"), self.console.open("supervisor", "hearing")
        for screen in (deaf, hearing):
            screen.go("/chart")
        deaf.deafen()
        room = deaf.rooms()["rooms"][-1]
        hearing.wait(f'[data-room="{room}"][data-state=AVAILABLE]', "attached")
        before = deaf.cell(room)
        hearing.watch(room)
        self.seller.post("/v1/holds", {"room": room, "customer": self.register("示例丙方", "13700007743"),
                                       "consultant": self.facts["consultant"]})
        hearing.changed()
        self.assertEqual(deaf.cell(room), before)


if __name__ == "__main__":
    unittest.main()
