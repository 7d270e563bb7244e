"""A backup taken while customers are being registered brings everything back somewhere else, with the source out of reach."""

import pathlib
import shutil
import threading
import unittest

from harness.system import System, wait_until
from local.rest import Unanswered
from local.topology import SERVICES

# Tables that move by themselves: positions, leases, sessions, remembered answers.
MOVING = ("outbox", "outbox_head", "consumer_positions", "requests", "jobs", "processes", "migrations", "sessions", "exchange_leases",
          "refresh_tokens", "search_tokens")
DIGEST = "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '\n' ORDER BY t::text)), '') FROM {table} t"
# Written to while the backup runs, and what follows it; what stood before must come back, more may.
BUSY = "customers"
FOLLOWS = ("dim_customer",)


def tables(system, schema):
    rows = system.sql(f"SELECT table_name FROM information_schema.tables WHERE table_schema = '{schema}' "
                      "AND table_type = 'BASE TABLE' ORDER BY 1").splitlines()
    return [row for row in rows if row not in (*MOVING, *FOLLOWS)]


def digests(system):
    """Count and digest of every table that only its own documents change."""
    return {f"{schema}.{table}": system.sql(DIGEST.format(table=f"{schema}.{table}"))
            for schema in SERVICES if schema != BUSY for table in tables(system, schema)}


def chains(system):
    """The sealed head of each service's log: epoch, position, hash."""
    heads = {}
    for schema in SERVICES:
        if system.sql(f"SELECT to_regclass('{schema}.outbox_head') IS NOT NULL") == "t":
            heads[schema] = system.sql(f"SELECT epoch, position, encode(hash, 'hex') FROM {schema}.outbox_head").split("|")
    return heads


class Registrations(threading.Thread):
    """Registers customers until stopped; remembers those that were acknowledged."""

    def __init__(self, api):
        super().__init__()
        self.api, self.names, self.ending = api, [], threading.Event()

    def run(self):
        while not self.ending.is_set():
            number = len(self.names)
            try:
                made = self.api.post("/v1/customers", {"displayName": f"示例{number}", "phones": [f"1380002{number:04}"]})
            except Unanswered:
                continue
            self.names.append(made["name"])


class Backup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.source = System()
        cls.source.__enter__()
        cls.addClassCleanup(cls.source.stop)
        cls.copy = cls.source.folder.with_name(cls.source.folder.name + "-copy")
        cls.addClassCleanup(shutil.rmtree, cls.copy, ignore_errors=True)
        cls.target = System(home=make(cls.source.folder.with_name(cls.source.folder.name + "-restored")))
        cls.addClassCleanup(cls.target.stop)

        writer = Registrations(cls.source.api("manager"))
        cls.before, cls.heads = digests(cls.source), chains(cls.source)
        writer.start()
        wait_until(lambda: len(writer.names) >= 3, "three registrations")
        cls.acknowledged = list(writer.names)
        cls.source.lintel("backup", cls.copy)
        writer.ending.set()
        writer.join()
        cls.source.down()
        cls.hidden = cls.source.folder.with_name(cls.source.folder.name + "-out-of-reach")
        cls.source.folder.rename(cls.hidden)
        cls.addClassCleanup(lambda: cls.hidden.rename(cls.source.folder))

        cls.target.variables |= cls.source.variables
        cls.target.password = cls.source.password
        cls.target.lintel("restore", cls.copy)
        cls.after = digests(cls.target)  # Before anybody signs in again.

    def test_every_row_is_back(self):
        self.assertEqual({name: value for name, value in self.before.items() if self.after.get(name) != value}, {})
        self.assertGreater(len(self.after), 20)

    def test_customers_acknowledged_before_the_backup_are_back(self):
        api = self.target.api("manager")
        for name in self.acknowledged:
            self.assertEqual(api.get(f"/v1/{name}")["name"], name)

    def test_the_ledger_still_balances(self):
        sums = self.target.sql("SELECT coalesce(sum(amount_minor), 0) FROM finance.ledger_lines")
        self.assertEqual(sums, "0")

    def test_event_logs_go_on_in_a_new_epoch_from_the_same_head(self):
        for service, (epoch, position, digest) in self.heads.items():
            now_epoch = self.target.sql(f"SELECT epoch FROM {service}.outbox_head")
            self.assertGreater(int(now_epoch), int(epoch), service)
            if int(position) > 0:
                same = self.target.sql(f"SELECT encode(hash, 'hex') FROM {service}.outbox "
                                       f"WHERE epoch = {epoch} AND position = {position}")
                self.assertEqual(same, digest, service)

    def test_files_are_those_of_the_source(self):
        def contents(home):
            return {str(path.relative_to(home)): path.read_bytes() for path in sorted((home / "blob").rglob("*"))
                    if path.is_file()}
        self.assertEqual(contents(self.hidden), contents(self.target.folder))

    def test_work_goes_on_after_the_restore(self):
        made = self.target.api("manager").post("/v1/customers", {"displayName": "示例后", "phones": ["13800039999"]})
        self.assertTrue(made["name"].startswith("customers/"))

    def test_a_damaged_backup_is_refused_and_fills_nothing(self):
        with open(self.copy / "backup.json", "a", encoding="utf-8") as file:
            file.write(" ")  # Harmless: the description still reads.
        victim = next((self.copy / "postgres/global").iterdir())
        victim.write_bytes(victim.read_bytes()[:-1] + b"\0\0")
        other = System(home=make(self.target.folder.with_name(self.target.folder.name + "-2")))
        try:
            said = other.lintel("restore", self.copy, check=False)
            self.assertIn("pg_verifybackup failed", said)
            self.assertFalse((other.folder / "postgres").exists())
        finally:
            other.stop()


def make(path: pathlib.Path):
    path.mkdir(mode=0o711)
    return path


if __name__ == "__main__":
    unittest.main()
