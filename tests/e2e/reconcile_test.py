"""Two promises that services say the same: sales, inventory and finance by the job that compares them (DESIGN 3.2), and
the facts of reporting with the rows of their owners. A difference that was planted is found."""

import unittest

from harness.system import System, wait_until

ROOM_STATES = "ARRAY['LOCKED', 'AVAILABLE', 'HELD', 'SUBSCRIBED', 'SIGNED', 'FILED', 'DELIVERED', 'CHANGING']"

# What is counted: the owner's question and reporting's, whose answers are the same, tenant by tenant and project by project.
FACTS = {
    "rooms": (
        f"SELECT tenant_id, project_id, ({ROOM_STATES})[state], count(*), sum(list_price_minor), sum(built_area_hundredths) "
        "FROM inventory.rooms GROUP BY 1, 2, 3",
        "SELECT s.tenant_id, s.project_id, s.state, count(*), sum(r.list_price), sum(r.built_area) FROM reporting.fact_room_state s "
        "JOIN reporting.dim_room r USING (tenant_id, room_id) GROUP BY 1, 2, 3"),
    "holds": (
        "SELECT tenant_id, project_id, state, kind, count(*) FROM sales.holds WHERE state NOT IN ('PENDING', 'FAILED') "
        "GROUP BY 1, 2, 3, 4",
        "SELECT tenant_id, project_id, state, kind, count(*) FROM reporting.fact_hold GROUP BY 1, 2, 3, 4"),
    "subscriptions": (
        "SELECT tenant_id, project_id, count(*), sum(price_minor) FROM sales.subscriptions WHERE state IN ('ACTIVE', 'CONVERTED') "
        "GROUP BY 1, 2",
        "SELECT tenant_id, project_id, count(*), sum(price) FROM reporting.fact_deal WHERE subscription_id IS NOT NULL GROUP BY 1, 2"),
    "contracts": (
        "SELECT tenant_id, project_id, sign_date, count(*), sum(price_minor) FROM sales.contracts WHERE state = 'ACTIVE' "
        "GROUP BY 1, 2, 3",
        "SELECT tenant_id, project_id, sign_date, count(*), sum(price) FROM reporting.fact_deal WHERE contract_id IS NOT NULL "
        "GROUP BY 1, 2, 3"),
    "stamp tax": (
        "SELECT tenant_id, project_id, sum(stamp_tax_minor) FROM finance.accounts WHERE contract_id IS NOT NULL GROUP BY 1, 2",
        "SELECT tenant_id, project_id, sum(stamp_tax) FROM reporting.fact_deal WHERE contract_id IS NOT NULL GROUP BY 1, 2"),
    "receivables": (
        "SELECT v.tenant_id, a.project_id, v.kind, count(*), sum(v.amount_minor), sum(v.paid_minor) FROM finance.receivables v "
        "JOIN finance.accounts a ON a.tenant_id = v.tenant_id AND a.id = v.account_id GROUP BY 1, 2, 3",
        "SELECT tenant_id, project_id, kind, count(*), sum(amount), sum(paid) FROM reporting.fact_due GROUP BY 1, 2, 3"),
    "receipts": (
        "SELECT r.tenant_id, coalesce(a.project_id, h.project_id), r.book_date, r.method, r.account_id, count(*), sum(r.amount_minor) "
        "FROM finance.receipts r LEFT JOIN finance.accounts a ON a.tenant_id = r.tenant_id AND a.id = r.account_id "
        "LEFT JOIN finance.hold_accounts h ON h.tenant_id = r.tenant_id AND h.id = r.hold_id GROUP BY 1, 2, 3, 4, 5",
        "SELECT tenant_id, project_id, book_date, method, subscription_id, count(*), sum(amount) FROM reporting.fact_receipt "
        "GROUP BY 1, 2, 3, 4, 5"),
    "allocations": (
        "SELECT tenant_id, count(*), sum(amount_minor) FROM finance.receipt_allocations GROUP BY 1",
        "SELECT tenant_id, count(*), sum(amount) FROM reporting.fact_allocation GROUP BY 1"),
    "customers": (
        "SELECT tenant_id, source, count(*) FROM customers.customers WHERE NOT erased GROUP BY 1, 2",
        "SELECT tenant_id, source, count(*) FROM reporting.dim_customer WHERE NOT erased GROUP BY 1, 2"),
    "visits": (
        "SELECT tenant_id, project_id, kind, count(*) FROM customers.visits GROUP BY 1, 2, 3",
        "SELECT tenant_id, project_id, kind, count(*) FROM reporting.fact_visit GROUP BY 1, 2, 3"),
}


class Reconciled(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System().__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.project = cls.system.demo_facts()["project"]
        cls.everything_once()

    @classmethod
    def everything_once(cls):
        """The demo's deals, and what undoes: a hold that is released, a receipt that is reversed; a hold's fee, and a visit."""
        manager, cashier = cls.system.api("manager"), cls.system.api("cashier")
        hold, paid = manager.get("/v1/holds", filter="state = ACTIVE")["holds"][:2]
        manager.post(f"/v1/{hold['name']}:release", {"reason": "buyer withdrew"})
        receipt = cashier.get("/v1/receipts")["receipts"][0]
        cashier.post("/v1/receipts", {"hold": paid["name"], "amount": paid["fee"], "method": "CASH"})
        cashier.post(f"/v1/{receipt['name']}:reverse", {"reason": "wrong sum"})
        manager.post(f"/v1/{hold['customer']}/visits", {"kind": "visit", "project": cls.project})

    # --- reporting and the owners ---

    def differences(self):
        """Names of the facts on which reporting and their owner disagree."""
        return [name for name, (owner, facts) in FACTS.items() if self.rows(owner) != self.rows(facts)]

    def rows(self, select):
        return sorted(self.system.sql(select).splitlines())

    def agree(self):
        wait_until(lambda: not self.differences(), "reporting to say what the owners say")

    def test_every_fact_of_reporting_is_its_owners(self):
        """RPT-01, RPT-07, RPT-12, RPT-32: what reports are made of."""
        self.agree()
        self.assertEqual([name for name, (owner, _) in FACTS.items() if not self.rows(owner)], [], "nothing was compared")

    def test_a_planted_difference_is_found(self):
        self.agree()
        for name, plant, mend in (
                ("receipts", "UPDATE reporting.fact_receipt SET amount = amount + 1 WHERE reversal_of IS NOT NULL",
                 "UPDATE reporting.fact_receipt SET amount = amount - 1 WHERE reversal_of IS NOT NULL"),
                ("holds", "UPDATE reporting.fact_hold SET state = 'LOST' WHERE state = 'RELEASED'",
                 "UPDATE reporting.fact_hold SET state = 'RELEASED' WHERE state = 'LOST'")):
            with self.subTest(name):
                self.system.sql(plant)
                self.assertEqual(self.differences(), [name])
                self.system.sql(mend)
                self.assertEqual(self.differences(), [])

    # --- sales, inventory and finance ---

    def next_run(self):
        """Lets the time come when the job runs again; what an operator reads of that run."""
        before = {run["name"] for run in self.runs()}
        self.system.lintel("test-clock", "+11m")
        found = wait_until(lambda: [run for run in self.runs() if run["name"] not in before], "the reconciliation to run", 60)
        return found[0]

    def runs(self):
        # Signed in anew: the clock that moved ended the token.
        return self.system.api("cashier").get("/v1/reconciliations", filter=f'project = "{self.project}"')["reconciliations"]

    def test_the_reconciliation_reports_zero_differences_and_names_one_that_was_planted(self):
        standing = int(self.system.sql(
            "SELECT (SELECT count(*) FROM sales.holds WHERE state = 'ACTIVE') + (SELECT count(*) FROM sales.subscriptions "
            "WHERE state = 'ACTIVE') + (SELECT count(*) FROM sales.contracts WHERE state = 'ACTIVE')"))
        run = self.next_run()
        self.assertEqual((run["deals"], run["differences"]), (standing, []))
        account = self.system.sql("UPDATE finance.accounts SET price_minor = price_minor + 1 WHERE contract_id = "
                                  "(SELECT min(contract_id::text)::uuid FROM finance.accounts) RETURNING contract_id").splitlines()[0]
        found = self.next_run()
        self.assertEqual(found["differences"], [{"subject": f"contracts/{account}", "what": "ACCOUNT_PRICE"}])
        self.system.sql(f"UPDATE finance.accounts SET price_minor = price_minor - 1 WHERE contract_id = '{account}'")
        self.assertEqual(self.next_run()["differenceCount"], 0)


if __name__ == "__main__":
    unittest.main()
