"""One sale over the public API, on a whole running system: hold, subscription, contract, receipt, journal, reports, live
events, and nothing personal for whom it is not meant (DESIGN §2, steps 3 to 7)."""

import base64
import datetime
import json
import pathlib
import subprocess
import tempfile
import unittest
import urllib.parse
import uuid
import zoneinfo

from e2e.live import Live
from harness.system import System, wait_until
from local.rest import Refusal

CANARY = "13900007731"
# One pixel.
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def fen(amount):
    return {"minorUnits": str(amount), "currencyCode": "CNY"}


def today():
    return datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date().isoformat()


class OneSale(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System().__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.facts = cls.system.demo_facts()
        cls.project = cls.facts["project"]
        cls.consultant, cls.cashier, cls.manager = (cls.system.api(name) for name in ("consultant", "cashier", "manager"))

    # --- what a test starts from ---

    def free_room(self):
        rooms = self.consultant.get(f"/v1/{self.project}/rooms", filter="state = AVAILABLE", pageSize=50)["rooms"]
        return rooms[hash(self.id()) % len(rooms)]

    def new_customer(self, phone=None):
        phone = phone or "137" + str(uuid.uuid4().int)[:8]
        return self.manager.post("/v1/customers", {"displayName": "示例买方", "phones": [phone], "projects": [self.project]})["name"]

    def held_room(self):
        room, customer = self.free_room(), self.new_customer()
        hold = self.consultant.post("/v1/holds", {"room": room["name"], "customer": customer, "consultant": self.facts["consultant"]})
        return room, customer, hold

    def subscribed_room(self):
        room, customer, hold = self.held_room()
        subscription = self.manager.post("/v1/subscriptions", {
            "room": room["name"], "buyers": [{"customer": customer}], "paymentPlan": self.facts["paymentPlans"][1],
            "hold": hold["name"], "consultant": self.facts["consultant"]})
        return room, customer, subscription

    def signed_room(self):
        room, customer, subscription = self.subscribed_room()
        return room, customer, self.manager.post("/v1/contracts", {"subscription": subscription["name"]})

    def state_of(self, room):
        return self.consultant.get(f"/v1/{room['name']}")["state"]

    def team_told(self, room):
        """What another buyer of a taken room learns: the holder's team, and no more."""
        with self.assertRaises(Refusal) as refused:
            self.manager.post("/v1/holds", {"room": room["name"], "customer": self.new_customer(),
                                            "consultant": self.facts["consultant"]})
        self.assertEqual((refused.exception.status, refused.exception.reason), (409, "ROOM_TAKEN"))
        self.assertEqual(set(refused.exception.metadata), {"team"})
        return refused.exception.metadata["team"]

    # --- the journey ---

    def test_a_room_goes_from_free_to_signed_and_is_paid_for(self):  # SAL-13a, SAL-14a, SAL-14b, SAL-15, FIN-20
        """SAL-13a, SAL-14a, SAL-15, FIN-19, FIN-20."""
        room, customer, hold = self.held_room()
        self.assertEqual(hold["state"], "ACTIVE")
        self.assertEqual(self.state_of(room), "HELD")
        subscription = self.manager.post("/v1/subscriptions", {
            "room": room["name"], "buyers": [{"customer": customer}], "paymentPlan": self.facts["paymentPlans"][1],
            "hold": hold["name"], "consultant": self.facts["consultant"]})
        self.assertEqual(self.state_of(room), "SUBSCRIBED")
        due = self.cashier.get("/v1/receivables", filter=f'subscription = "{subscription["name"]}"')["receivables"]
        self.assertEqual(sum(int(one["amount"]["minorUnits"]) for one in due), int(subscription["price"]["minorUnits"]))
        contract = self.manager.post("/v1/contracts", {"subscription": subscription["name"]})
        self.assertTrue(contract["number"])
        self.assertEqual(self.state_of(room), "SIGNED")
        receipt = self.cashier.post("/v1/receipts", {"contract": contract["name"], "amount": due[0]["amount"], "method": "CARD"})
        self.assertTrue(receipt["capitals"].startswith("人民币"))
        paid = self.cashier.get("/v1/receivables", filter=f'contract = "{contract["name"]}" AND state = PAID')["receivables"]
        self.assertEqual(len(paid), 1)
        self.assertEqual(self.system.sql("SELECT count(*) FROM (SELECT entry_id FROM finance.ledger_lines "
                                         "GROUP BY entry_id HAVING sum(amount_minor) <> 0) wrong").strip(), "0")

    def test_a_room_is_found_by_what_a_buyer_asks_for(self):
        """INV-05, INV-07: layout, area, price, orientation, floor, state and words, in order and in pages."""
        admin, tower = self.system.api("admin"), f"{str(uuid.uuid4())[:4]}座"
        _, _, plan = admin.raw("POST", "/v1/files", PICTURE, str(uuid.uuid4()), {"Content-Type": "image/png"})
        layout = admin.post(f"/v1/{self.project}/layouts", {
            "code": tower, "displayName": "三室两厅", "bedrooms": 3, "picture": json.loads(plan)["name"]})
        admin.post(f"/v1/{self.project}/rooms:generate", {
            "building": tower, "firstFloor": 1, "lastFloor": 9, "available": True, "unitPrice": fen(3_000_000), "units": [
                {"layout": tower, "orientation": "south", "builtAreaHundredths": "9000"},
                {"layout": tower, "orientation": "north", "builtAreaHundredths": "12000"}]})
        self.assertEqual(self.consultant.get(f"/v1/{layout['name']}")["roomCount"], 18)
        status, headers, picture = self.consultant.raw("GET", f"/v1/{layout['name']}/picture")
        self.assertEqual((status, headers["Content-Type"], picture), (200, "image/png", PICTURE))

        def found(query="", page=50, **more):
            return self.consultant.get("/v1/projects/-/rooms", query=query or tower, pageSize=page, **more)
        rooms = found(orderBy="listPrice desc, floor desc", page=4, filter=(
            f'layout = "{tower}" AND state = AVAILABLE AND floor >= 3 AND floor <= 7 AND orientation = north AND '
            "builtAreaHundredths > 10000 AND listPrice <= 400000000"))
        self.assertEqual([room["number"] for room in rooms["rooms"]], ["702", "602", "502", "402"])
        self.assertTrue(rooms["nextPageToken"])
        self.assertEqual(len(found(f"{tower} 502")["rooms"]), 1)
        admin.post(f"/v1/{layout['name']}:retire", {"etag": layout["etag"]})
        with self.assertRaises(Refusal) as refused:
            admin.patch(f"/v1/{rooms['rooms'][0]['name']}", {"layout": "没有这个户型"})
        self.assertEqual((refused.exception.status, refused.exception.reason), (400, "FIELD_INVALID"))
        self.assertEqual(len(found()["rooms"]), 18, "its rooms keep it")
        with self.assertRaises(Refusal) as refused:
            found(filter="colour = red")
        self.assertEqual(refused.exception.status, 400)

    def test_a_consultant_who_leaves_hands_over(self):
        """INV-04, BX-01: who wants the room is told the successor's team, and who takes over finds a notice."""
        room, _, hold = self.held_room()
        team = self.team_told(room)
        successor = self.manager.post("/v1/consultants", {
            "code": "S" + str(uuid.uuid4())[:8], "displayName": "接手顾问", "teamDisplayName": "接手组"})
        with self.assertRaises(Refusal) as refused:
            self.consultant.post(f"/v1/{self.facts['consultant']}:handOver", {"successor": successor["name"]})
        self.assertEqual(refused.exception.status, 403)
        given = self.manager.post(f"/v1/{self.facts['consultant']}:handOver", {"successor": successor["name"]})
        self.assertIn(hold["name"], given["documents"])
        self.assertEqual(self.manager.get(f"/v1/{hold['name']}")["consultant"], successor["name"])
        wait_until(lambda: self.team_told(room) == "接手组", "the new team")
        back = self.manager.post(f"/v1/{successor['name']}:handOver", {"successor": self.facts["consultant"]})
        self.assertIn(hold["name"], back["documents"])
        self.assertEqual(self.state_of(room), "HELD")
        wait_until(lambda: self.team_told(room) == team, "the old team again")

        def about():
            notices = self.consultant.get("/v1/operators/me/notices", filter='kind = "deal.handed_over"')["notices"]
            return [notice["title"] for notice in notices if notice["subject"] == hold["name"]]
        self.assertEqual(len(wait_until(about, "a notice")), 1)

    def test_a_contract_keeps_its_papers(self):
        """SAL-15."""
        _, _, subscription = self.subscribed_room()
        _, _, paper = self.manager.raw("POST", "/v1/files", PICTURE, str(uuid.uuid4()), {"Content-Type": "image/png"})
        paper = json.loads(paper)["name"]
        contract = self.manager.post("/v1/contracts", {"subscription": subscription["name"], "attachments": [paper]})
        path = f"/v1/{contract['name']}/attachments/"
        status, _, read = self.cashier.raw("GET", path + paper.removeprefix("files/"))
        self.assertEqual((status, read), (200, PICTURE))
        self.assertEqual(self.cashier.raw("GET", path + str(uuid.uuid4()))[0], 404)

    def test_another_buyer_learns_the_holders_team_and_no_more(self):  # BX-01
        """BX-01."""
        room, _, _ = self.held_room()
        self.team_told(room)

    def test_a_replayed_hold_is_one_hold(self):  # BX-40
        room, customer, key = self.free_room(), self.new_customer(), str(uuid.uuid4())
        body = {"room": room["name"], "customer": customer, "consultant": self.facts["consultant"]}
        first = self.consultant.post("/v1/holds", body, key)
        status, headers, raw = self.consultant.raw("POST", "/v1/holds", body, key)
        self.assertEqual((status, json.loads(raw)["name"]), (200, first["name"]))
        self.assertEqual(headers["Idempotency-Replayed"], "true")
        with self.assertRaises(Refusal) as refused:
            self.consultant.post("/v1/holds", {**body, "reason": "another body"}, key)
        self.assertEqual((refused.exception.status, refused.exception.reason), (409, "REQUEST_ID_REUSED"))

    def test_a_released_room_is_free_again(self):  # SAL-13b
        """SAL-13b."""
        room, _, hold = self.held_room()
        self.consultant.post(f"/v1/{hold['name']}:release", {"reason": "buyer withdrew"})
        self.assertEqual(self.state_of(room), "AVAILABLE")
        with self.assertRaises(Refusal) as refused:
            self.consultant.post(f"/v1/{hold['name']}:extend", {})
        self.assertEqual(refused.exception.reason, "HOLD_NOT_ACTIVE")

    def test_the_journal_of_the_day_equals_its_receipts(self):  # FIN-21
        """FIN-21."""
        _, _, contract = self.signed_room()
        receipt = self.cashier.post("/v1/receipts", {"contract": contract["name"], "amount": fen(12345), "method": "CASH"})
        self.cashier.post(f"/v1/{receipt['name']}:reverse", {"reason": "wrong sum"})
        journal = self.cashier.get(f"/v1/journals/{today()}", project=self.project)
        lines = journal["lines"]
        self.assertEqual(sum(int(line["amount"]["minorUnits"]) for line in lines), int(journal["total"]["minorUnits"]))
        self.assertEqual([line["amount"]["minorUnits"] for line in lines if receipt["name"] in (line["receipt"], line["reversalOf"])],
                         ["12345", "-12345"])

    def printed(self, api, path):
        """The text of a PDF."""
        status, headers, pdf = api.raw("GET", path)
        self.assertEqual((status, headers["Content-Type"]), (200, "application/pdf"))
        return self.text_of(pdf)

    @staticmethod
    def text_of(pdf):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "document.pdf"
            path.write_bytes(pdf)
            return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout

    def test_a_receipt_is_printed_with_its_sum_in_capitals_and_a_reprint_says_so(self):  # RPT-32, BX-17
        """RPT-32, BX-17."""
        _, _, contract = self.signed_room()
        receipt = self.cashier.post("/v1/receipts", {"contract": contract["name"], "amount": fen(32010560), "method": "TRANSFER"})
        texts = [self.printed(self.cashier, f"/v1/{receipt['name']}/document") for _ in range(2)]
        self.assertIn("叁拾贰万零壹佰零伍元陆角整", texts[0].replace("\n", "").replace(" ", ""))
        self.assertNotIn("补打", texts[0])
        self.assertIn("补打", texts[1])

    def test_the_daily_report_shows_the_sale_seconds_later_and_its_figure_opens(self):  # RPT-01, BX-46
        """RPT-01, UX-26."""
        _, _, contract = self.signed_room()

        def listed():
            run = self.manager.post("/v1/reports/RPT-12:run", {"parameters": {"project": self.project}, "format": "JSON"})
            return any(contract["number"] in json.dumps(row, ensure_ascii=False) for row in run["rows"])
        wait_until(listed, "the contract in RPT-12")
        for form, start in (("CSV", b"\xef\xbb\xbf"), ("XLSX", b"PK")):
            status, _, raw = self.manager.raw("POST", "/v1/reports/RPT-12:run", {
                "parameters": {"project": self.project}, "format": form}, str(uuid.uuid4()))
            self.assertEqual((status, raw[:len(start)]), (200, start))

    def test_an_open_chart_hears_of_a_hold_after_its_own_position(self):  # INV-03, SAL-13a
        """SAL-13a: what the control chart of another screen lives on."""
        chart = self.manager.get(f"/v1/{self.project}/controlChart")
        with Live(self.system.http_port, self.manager.token, topics="rooms", after=chart["position"]) as live:
            room, _, _ = self.held_room()
            event = live.wait_for(lambda one: one.get("type", "").endswith("RoomStateChanged") and
                                  one["payload"]["room"] == room["name"])
        self.assertEqual(event["payload"]["to"], "HELD")

    def test_the_demos_consultant_finds_the_demos_customers(self):  # CUS-11
        """SYS-22: their right reaches only as far as their own customers, and these are."""
        own = [one["name"] for one in self.consultant.every("/v1/customers", "customers")]
        self.assertEqual(sorted(set(self.facts["customers"]) - set(own)), [])
        self.assertNotIn(self.new_customer(), [one["name"] for one in self.consultant.every("/v1/customers", "customers")],
                         "the manager's customer is not theirs")

    def test_a_canary_phone_reaches_nobody_without_the_right(self):  # CUS-11, BX-09
        """CUS-11, BX-09: 0 times in any byte that the cashier can get."""
        customer = self.new_customer(CANARY)
        room = self.free_room()
        hold = self.consultant.post("/v1/holds", {"room": room["name"], "customer": customer, "consultant": self.facts["consultant"]})
        receipt = self.cashier.post("/v1/receipts", {"hold": hold["name"], "amount": fen(12345), "method": "CASH"})
        found = self.manager.get("/v1/customers", query=CANARY)["customers"]
        self.assertIn(customer, [one["name"] for one in found])
        with Live(self.system.http_port, self.cashier.token, topics="") as live:
            self.manager.post("/v1/customers", {"displayName": "示例乙方", "phones": ["13600007732"], "projects": [self.project]})
            paths = [f"/v1/{customer}", "/v1/customers", f"/v1/customers?query={CANARY[-4:]}", f"/v1/{customer}/timeline",
                     "/v1/holds", "/v1/receivables", "/v1/receipts", "/v1/calls",
                     "/v1/customers?filter=" + urllib.parse.quote('displayName = "示例买方"')]
            for path in paths:
                status, _, raw = self.cashier.raw("GET", path)
                self.assertLess(status, 500, path)
                self.assertEqual(raw.count(CANARY.encode()), 0, path)
                self.assertEqual(raw.count(CANARY[3:].encode()), 0, path)
            for report in ("RPT-01", "RPT-07", "RPT-12"):
                for form in ("JSON", "CSV", "XLSX"):
                    _, _, raw = self.cashier.raw("POST", f"/v1/reports/{report}:run", {
                        "parameters": {"project": self.project, "date": today()}, "format": form}, str(uuid.uuid4()))
                    self.assertEqual(raw.count(CANARY.encode()), 0, (report, form))
            self.assertNotIn(CANARY, live.text())
        # On paper the payer is named, and nothing tells their number.
        paper = self.printed(self.cashier, f"/v1/{receipt['name']}/document")
        self.assertIn("示例买方", paper)
        wait_until(lambda: self.cashier.post("/v1/reports/RPT-32:run", {"parameters": {"receipt": receipt["name"]}})["rows"],
                   "the receipt in RPT-32")
        _, _, pdf = self.cashier.raw("POST", "/v1/reports/RPT-32:run", {
            "parameters": {"receipt": receipt["name"]}, "format": "PDF"}, str(uuid.uuid4()))
        for text in (paper, self.text_of(pdf)):
            self.assertIn(receipt["number"], text)
            digits = "".join(filter(str.isdigit, text))
            self.assertNotIn(CANARY[3:], digits)

    def test_a_holds_fee_is_booked_carried_to_the_deposit_or_given_back(self):
        """CFG-01, CFG-02."""
        room, customer, hold = self.held_room()
        fee = self.cashier.post("/v1/receipts", {"hold": hold["name"], "amount": hold["fee"], "method": "CASH"})
        self.assertEqual((fee["hold"], fee["subscription"]), (hold["name"], ""))
        self.assertIn("保留金", self.printed(self.cashier, f"/v1/{fee['name']}/document"))
        with self.assertRaises(Refusal) as refused:
            self.consultant.post(f"/v1/{hold['name']}:release", {"reason": "buyer withdrew"})
        self.assertEqual((refused.exception.status, refused.exception.reason), (409, "HOLD_HAS_MONEY"))
        self.assertEqual(self.state_of(room), "HELD")
        subscription = self.manager.post("/v1/subscriptions", {
            "room": room["name"], "buyers": [{"customer": customer}], "paymentPlan": self.facts["paymentPlans"][1],
            "hold": hold["name"], "consultant": self.facts["consultant"]})
        deposit = self.cashier.get("/v1/receivables", filter=f'subscription = "{subscription["name"]}" AND kind = DEPOSIT')
        self.assertEqual(deposit["receivables"][0]["paid"], fee["amount"])
        self.assertEqual(self.cashier.get(f"/v1/{fee['name']}")["subscription"], subscription["name"])
        other, _, second = self.held_room()
        taken = self.cashier.post("/v1/receipts", {"hold": second["name"], "amount": second["fee"], "method": "CARD"})
        self.cashier.post(f"/v1/{taken['name']}:reverse", {"reason": "buyer withdrew"})
        self.consultant.post(f"/v1/{second['name']}:release", {"reason": "buyer withdrew"})
        self.assertEqual(self.state_of(other), "AVAILABLE")
        self.assertEqual(self.system.sql("SELECT count(*) FROM (SELECT entry_id FROM finance.ledger_lines "
                                         "GROUP BY entry_id HAVING sum(amount_minor) <> 0) wrong").strip(), "0")

    def test_live_events_reach_no_further_than_the_list(self):
        """SYS-22: a consultant hears of their own customers only."""
        def heard_of(name):
            return lambda one: one.get("type", "").endswith("CustomerRegistered") and one["payload"]["customer"] == name
        with Live(self.system.http_port, self.consultant.token, topics="customers") as live:
            others = self.new_customer()
            own = self.consultant.post("/v1/customers", {"displayName": "示例丙方", "phones": ["13600007733"]})["name"]
            live.wait_for(heard_of(own))  # Of the same service, so the other one would have come before.
            self.assertNotIn(others, live.text())


if __name__ == "__main__":
    unittest.main()
