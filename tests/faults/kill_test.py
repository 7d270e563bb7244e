"""kill -9 of our processes at random points of hold, subscription, contract and receipt (SAL-13a, SAL-14a, FIN-19).

Clients write down what they were told; at the end their journal is compared with the databases: nothing acknowledged is
missing, nothing happened twice, three services agree, and the places that were hit are counted, none zero."""

import collections
import os
import queue
import random
import signal
import subprocess
import time
import unittest

from deals import Client, make_world
from harness.system import System, wait_until
from local.topology import binary
from local.wait import http_ok
from places import PLACES, classify

CLIENTS = 6
KILLS = int(os.environ.get("LINTEL_KILLS", "20"))
MOST_KILLS = KILLS * 4          # Goes on beyond KILLS until each place was hit.
VICTIMS = ("sales", "inventory", "sales", "finance", "sales", "gateway", "sales", "identity", "sales", "customers")
LONGEST_DELAY_SECONDS = 0.05
SEED = int(os.environ.get("LINTEL_SEED", str(random.randrange(10**6))))


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System(LINTEL_RATE_PER_MINUTE=0)
        cls.system.__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.world = make_world(cls.system)
        cls.random = random.Random(SEED)
        cls.places, cls.victims, cls.deals = collections.Counter(), collections.Counter(), []
        rooms = queue.Queue()
        for room in cls.world.rooms:
            rooms.put(room)
        cls.clients = [Client(cls.system, cls.world, rooms, cls.deals) for _ in range(CLIENTS)]
        for client in cls.clients:
            client.start()
        cls.kill_on()
        for client in cls.clients:
            client.ending.set()
        for client in cls.clients:
            client.join(timeout=180)
        wait_until(lambda: all(cls.system.state(victim) == "RUNNING" for victim in VICTIMS)
                   and http_ok(f"http://127.0.0.1:{cls.system.http_port}/readyz"), "everybody to be back", 60)
        report = ", ".join(f"{place}: {cls.places[place]}" for place in PLACES)
        print(f"\nseed {SEED}; {sum(cls.victims.values())} kills ({dict(cls.victims)}); {len(cls.deals)} deals, "
              f"{sum(deal.tries for deal in cls.deals)} requests\nrequests cut off {report}", flush=True)

    @classmethod
    def kill_on(cls):
        while any(client.is_alive() for client in cls.clients):
            enough = sum(cls.victims.values()) >= KILLS and all(cls.places[place] for place in PLACES)
            if enough or sum(cls.victims.values()) >= MOST_KILLS:
                return
            cls.kill_one()

    @classmethod
    def kill_one(cls):
        """Waits until the victim works and clients wait for answers, then kills it and sees what it left."""
        victim = VICTIMS[sum(cls.victims.values()) % len(VICTIMS)]
        # Only every other time a young one: who dies young again and again is started after ever longer pauses.
        states = ("RUNNING",) if cls.victims[victim] % 2 else ("RUNNING", "STARTING")
        wait_until(lambda: cls.system.state(victim) in states, f"{victim} to run again", 60)
        wait_until(lambda: sum(not cls.waiting(client) for client in cls.clients) <= CLIENTS // 2
                   or not any(client.is_alive() for client in cls.clients), "clients at work", 120)
        time.sleep(cls.random.uniform(0, LONGEST_DELAY_SECONDS))  # The random point; nothing is waited for.
        attempts = [client.attempt for client in cls.clients if cls.waiting(client)]
        pid = cls.system.pid(victim)
        if not pid:
            return
        os.kill(pid, signal.SIGKILL)
        cls.victims[victim] += 1
        if victim != "sales":
            return
        for attempt, place in classify(cls.system, attempts):
            attempt.ended.wait(30)
            if attempt.broken.is_set():
                cls.places[place] += 1

    @staticmethod
    def waiting(client):
        return client.attempt is not None and not client.attempt.ended.is_set()

    # --- judgement ---------------------------------------------------------------------------------------------------

    def test_every_client_was_served(self):
        self.assertEqual([str(client.failure) for client in self.clients if client.failure], [])
        self.assertFalse(any(client.is_alive() for client in self.clients), "a client still waits")
        self.assertGreaterEqual(sum(self.victims.values()), KILLS)

    def test_each_place_was_hit(self):
        self.assertEqual([place for place in PLACES if not self.places[place]], [], dict(self.places))

    def test_nothing_acknowledged_is_missing_and_nothing_happened_twice(self):
        project = self.world.project.rsplit("/", 1)[1]
        for table, column in (("sales.holds", "hold"), ("sales.subscriptions", "subscription"),
                              ("sales.contracts", "contract")):
            rows = self.system.sql(f"SELECT room_id, id FROM {table} WHERE project_id = '{project}' "
                                   "AND state NOT IN ('FAILED')").splitlines()
            written = sorted(tuple(row.split("|")) for row in rows)
            told = sorted((id_of(deal.room), id_of(deal.answers[column]["name"])) for deal in self.deals)
            self.assertEqual(written, told, table)
        receipts = self.system.sql("SELECT r.id FROM finance.receipts r JOIN finance.accounts a ON a.id = r.account_id "
                                   f"WHERE a.project_id = '{project}' ORDER BY 1").splitlines()
        self.assertEqual(receipts, sorted(id_of(deal.answers["receipt"]["name"]) for deal in self.deals))

    def test_each_room_is_signed_and_claimed_once(self):
        project = self.world.project.rsplit("/", 1)[1]
        open_claims = self.system.sql("SELECT c.room_id FROM inventory.claims c JOIN inventory.rooms r ON r.id = c.room_id "
                                      f"WHERE r.project_id = '{project}' AND NOT c.closed ORDER BY 1").splitlines()
        self.assertEqual(open_claims, sorted(id_of(deal.room) for deal in self.deals))
        api = self.system.api("admin")
        states = {api.get(f"/v1/{deal.room}")["state"] for deal in self.deals}
        self.assertEqual(states, {"SIGNED"})

    def test_the_ledger_balances_and_numbers_have_no_gaps(self):
        unbalanced = self.system.sql("SELECT entry_id FROM finance.ledger_lines GROUP BY entry_id HAVING sum(amount_minor) <> 0")
        self.assertEqual(unbalanced, "")
        gaps = self.system.sql("SELECT count(*) - max(number) FROM finance.receipts")
        self.assertEqual(gaps, "0")

    def test_no_process_is_left_open(self):
        wait_until(lambda: self.system.sql("SELECT count(*) FROM sales.processes WHERE direction IN ('forward', 'undo')") == "0",
                   "sales' processes to end", 60)
        self.assertEqual(self.system.sql("SELECT count(*) FROM sales.processes WHERE direction = 'stuck'"), "0")

    def test_a_replay_gets_the_first_answer(self):
        api = self.system.api("admin")
        for deal in self.deals[:5]:
            for step, (path, body) in deal.bodies.items():
                again = api.post(path, body, deal.keys[step])
                self.assertEqual(again["name"], deal.answers[step]["name"])

    def test_every_chain_still_verifies(self):
        instance = self.system.instance()
        for program in instance.programs:
            if program.migrates:
                done = subprocess.run([binary(program.name), "verify-chain"], env=dict(os.environ) | program.environment,
                                      capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, f"{program.name}: {done.stderr[-500:]}")


def id_of(name):
    return name.rsplit("/", 1)[1]


if __name__ == "__main__":
    unittest.main()
