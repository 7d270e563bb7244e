"""Kamailio itself with our configuration on real PostgreSQL: who may call, register and ring, and what happens when a
media node dies. Trunk, media nodes, gateway, phone and a stranger each have a loopback address of their own."""

import contextlib
import hashlib
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest
import uuid

import render
from sip_peer import HANDSHAKE, Browser, Peer, digest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDGE, WS, TRUNK, GATEWAY, PHONE, STRANGER = "127.0.0.1", "127.0.5.1", "127.0.2.1", "127.0.3.1", "127.0.4.1", "127.0.6.1"
HASTY_TRUNK = "127.0.2.2"
MEDIA = ("127.0.1.1", "127.0.1.2")
REALM = "lintel.local"


def libpq(text):
    return dict(word.split("=", 1) for word in text.split())


def free_port(address, kind):
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind((address, 0))
        return found.getsockname()[1]


class Database:
    """The platform's and telephony's migrations in a database of its own."""

    def __init__(self):
        self.admin = os.environ["LINTEL_TEST_PG"]
        self.name = "lintel_edge_" + uuid.uuid4().hex[:12]
        self.run(f"CREATE DATABASE {self.name}")
        for role, options in (("owner", ""), ("app", ""), ("job", "BYPASSRLS")):
            self.run(f"DO $$ BEGIN CREATE ROLE telephony_{role} LOGIN {options}; "
                     "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$")
        files = [ROOT / "platform/migrate/0000_platform.sql", *sorted((ROOT / "services/telephony/migrations").glob("*.sql"))]
        script = ("CREATE SCHEMA telephony; GRANT ALL ON SCHEMA telephony TO telephony_owner;"
                  "GRANT USAGE ON SCHEMA telephony TO telephony_app, telephony_job;")
        for file in files:
            script += "BEGIN; SET LOCAL ROLE telephony_owner; SET LOCAL search_path = telephony;"
            text = file.read_text(encoding="utf-8").replace("@schema@", "telephony")
            for role in ("owner", "app", "job"):
                text = text.replace(f"@{role}@", f"telephony_{role}")
            script += text + "; COMMIT;"
        self.run(script, self.name)

    def run(self, sql, name=None):
        dsn = self.admin if name is None else " ".join(f"{key}={value}" for key, value in (libpq(self.admin) | {"dbname": name}).items())
        return subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", dsn], input=sql, capture_output=True, text=True,
                              check=True).stdout.strip()

    def telephony(self, sql):
        return self.run("SET search_path = telephony; " + sql, self.name)

    def url(self):
        return f"postgres://lintel_kamailio@127.0.0.1:{libpq(self.admin)['port']}/{self.name}"

    def drop(self):
        self.run(f"DROP DATABASE {self.name} WITH (FORCE)")


class Edge(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.addClassCleanup(cls.database.drop)
        for address in (TRUNK, HASTY_TRUNK):
            cls.database.telephony(f"INSERT INTO trunks VALUES (1, '{uuid.uuid4()}', 'Trunk {address}', '{address}')")
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.sip = (EDGE, free_port(EDGE, socket.SOCK_DGRAM))
        cls.ws = (WS, free_port(WS, socket.SOCK_STREAM))
        cls.nodes = [Peer(address, cls.sip) for address in MEDIA]
        for node in cls.nodes:
            cls.addClassCleanup(node.close)
        configuration = render.render(cls.folder.name, {
            "LINTEL_KAMAILIO_SIP": "%s:%d" % cls.sip, "LINTEL_KAMAILIO_WS": "%s:%d" % cls.ws,
            "LINTEL_KAMAILIO_DB": cls.database.url(), "LINTEL_KAMAILIO_GATEWAY": GATEWAY, "LINTEL_SIP_DOMAIN": REALM,
            "LINTEL_KAMAILIO_PHONES": "1", "LINTEL_KAMAILIO_CALLS_PER_SECOND": "20", "LINTEL_KAMAILIO_WORKERS": "1",
            "LINTEL_KAMAILIO_MEDIA": ",".join(f"{node.address}:{node.port}" for node in cls.nodes)})
        cls.command = render.command(configuration)
        cls.start()
        cls.addClassCleanup(cls.stop)

    @classmethod
    def start(cls):
        cls.log = open(os.path.join(cls.folder.name, "log"), "ab")
        cls.kamailio = subprocess.Popen(cls.command, stderr=cls.log, env=os.environ | {"PGOPTIONS": "-c search_path=telephony"})
        probe = Peer(STRANGER, cls.sip)
        deadline = time.monotonic() + 20
        while True:
            try:
                probe.final(probe.request("OPTIONS", "sip:ping@" + REALM), patience=0.5)
                break
            except TimeoutError:
                if cls.kamailio.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(pathlib.Path(cls.log.name).read_text(errors="replace")[-3000:]) from None
        probe.close()

    @classmethod
    def stop(cls):
        cls.kamailio.terminate()
        cls.kamailio.wait(20)
        cls.log.close()

    def setUp(self):
        self.tend_nodes()

    def tend_nodes(self, patience=0.1):
        """The nodes answer the probes that wait for them; silent ones would be passed over."""
        for node in self.nodes:
            with contextlib.suppress(TimeoutError):
                node.receive(lambda message: False, patience)

    def peer(self, address):
        peer = Peer(address, self.sip)
        self.addCleanup(peer.close)
        return peer

    def account(self):
        """An agent's sign-on, as telephony writes it."""
        name, secret = uuid.uuid4().hex[:16], uuid.uuid4().hex
        ha1 = hashlib.md5(f"{name}:{REALM}:{secret}".encode()).hexdigest()
        agent = uuid.uuid4()
        self.database.telephony(
            f"INSERT INTO agents (tenant_id, id, operator_id, display_name) VALUES (1, '{agent}', '{uuid.uuid4()}', 'x');"
            f"INSERT INTO agent_sessions VALUES (1, '{agent}', '{name}', '{REALM}', '{ha1}', now() + interval '1 hour')")
        return name, ha1

    def register(self, phone, name, ha1, expires=120):
        uri = f"sip:{REALM}"
        challenge = phone.final(phone.request("REGISTER", uri, user=name))
        self.assertEqual(challenge.status, 401)
        header = digest(challenge.get("WWW-Authenticate"), name, ha1, "REGISTER", uri)
        return phone.final(phone.request("REGISTER", uri, user=name, headers=(header, f"Expires: {expires}"))).status

    def incoming(self, node, call, patience=8):
        return node.receive(lambda message: message.method == "INVITE" and message.get("Call-ID") == call, patience)

    def test_a_trunks_call_reaches_a_media_node_which_learns_the_trunks_address(self):
        trunk = self.peer(TRUNK)
        call = trunk.request("INVITE", "sip:95500001@" + REALM, headers=("X-Lintel-Trunk: 10.0.0.1:5060",))
        for node in self.nodes:
            try:
                invite = self.incoming(node, call, patience=1.5)
                break
            except TimeoutError:
                continue
        self.assertEqual(invite.all("X-Lintel-Trunk"), [f"{trunk.address}:{trunk.port}"], "what a caller claims is dropped")
        node.answer(invite, 486, "Busy")
        self.assertEqual(trunk.final(call).status, 486)

    def test_a_stranger_the_gateway_and_a_phone_are_refused_as_trunk(self):
        for address in (STRANGER, GATEWAY, PHONE):
            peer = self.peer(address)
            self.assertEqual(peer.final(peer.request("INVITE", "sip:95500001@" + REALM)).status, 403, address)

    def test_scanners_get_no_answer_at_all(self):
        peer = self.peer(STRANGER)
        with self.assertRaises(TimeoutError):
            peer.final(peer.request("OPTIONS", "sip:100@" + REALM, headers=("User-Agent: friendly-scanner",)), patience=1)

    def test_an_agent_registers_is_rung_by_media_and_by_nobody_else(self):
        name, ha1 = self.account()
        phone = self.peer(PHONE)
        self.assertEqual(self.register(phone, name, ha1), 200)
        node = self.nodes[0]
        call = node.request("INVITE", f"sip:{name}@{REALM}", headers=("X-Lintel-Call: opaque",))
        invite = self.incoming(phone, call)
        self.assertEqual(invite.get("X-Lintel-Call"), "opaque")
        phone.answer(invite, 486, "Busy")
        self.assertEqual(node.final(call).status, 486)
        stranger = self.peer(STRANGER)
        self.assertEqual(stranger.final(stranger.request("INVITE", f"sip:{name}@{REALM}")).status, 403)

    def check_offers(self, phone, refused, taken):
        """An offer of the one kind comes back and the phone stays silent; one of the other kind rings it."""
        name, ha1 = self.account()
        node = self.nodes[0]
        self.assertEqual(self.register(phone, name, ha1), 200)
        sdp = "v=0\r\ns=-\r\nc=IN IP4 127.0.1.1\r\nt=0 0\r\nm=audio 4000 {} 8 0 101\r\na=sendrecv\r\n"
        call = node.request("INVITE", f"sip:{name}@{REALM}", body=sdp.format(refused))
        self.assertEqual(node.final(call).status, 488)
        call = node.request("INVITE", f"sip:{name}@{REALM}", body=sdp.format(taken))
        invite = phone.receive(lambda message: message.method == "INVITE")
        self.assertEqual(invite.get("Call-ID"), call, "the first INVITE that it hears")
        self.assertIn(f"m=audio 4000 {taken} 8 0 101", invite.body)
        phone.answer(invite, 486, "Busy")
        self.assertEqual(node.final(call).status, 486)

    def test_a_desk_phone_is_offered_plain_audio_only(self):
        """AGT-01."""
        self.check_offers(self.peer(PHONE), refused="UDP/TLS/RTP/SAVPF", taken="RTP/AVP")

    def test_a_browser_is_offered_encrypted_audio_only(self):
        browser = Browser(GATEWAY, self.ws)
        self.addCleanup(browser.close)
        self.check_offers(browser, refused="RTP/AVP", taken="UDP/TLS/RTP/SAVPF")

    def test_wrong_secrets_unknown_accounts_and_nobody_registered_are_refused(self):
        name, _ = self.account()
        phone = self.peer(PHONE)
        self.assertEqual(self.register(phone, name, "0" * 32), 401)
        self.assertEqual(self.register(phone, "nobody", "0" * 32), 401)
        self.assertEqual(self.nodes[0].final(self.nodes[0].request("INVITE", f"sip:{name}@{REALM}")).status, 480)

    def test_a_known_account_registers_again_while_postgresql_does_not_know_it(self):
        name, ha1 = self.account()
        phone = self.peer(PHONE)
        self.assertEqual(self.register(phone, name, ha1), 200)
        self.database.telephony(f"DELETE FROM agent_sessions WHERE account = '{name}'")
        self.assertEqual(self.register(phone, name, ha1), 200, "HA1 is cached: PostgreSQL may be away")
        # What telephony sends at the sign-off.
        self.order("htable.delete", "ha1", f"{name}@{REALM}")
        self.order("ul.rm", "location", f"{name}@{REALM}")
        deadline = time.monotonic() + 5
        while self.register(phone, name, ha1) != 401:
            self.assertLess(time.monotonic(), deadline, "the sign-off was not heard")
            self.tend_nodes()  # Whoever asks without pause is taken for a flood.
        self.assertEqual(self.nodes[0].final(self.nodes[0].request("INVITE", f"sip:{name}@{REALM}")).status, 480)

    def test_a_browser_that_comes_back_takes_its_old_phones_place(self):
        name, ha1 = self.account()
        old, new = self.peer(PHONE), self.peer(PHONE)
        self.assertEqual(self.register(old, name, ha1), 200)
        self.assertEqual(self.register(new, name, ha1), 200)
        call = self.nodes[0].request("INVITE", f"sip:{name}@{REALM}")
        self.incoming(new, call)
        with self.assertRaises(TimeoutError):
            self.incoming(old, call, patience=0.5)

    def test_registrations_survive_a_restart(self):
        name, ha1 = self.account()
        phone = self.peer(PHONE)
        self.assertEqual(self.register(phone, name, ha1), 200)
        self.stop()
        self.start()
        self.incoming(phone, self.nodes[0].request("INVITE", f"sip:{name}@{REALM}"))

    def test_a_dead_media_node_is_passed_over_within_two_seconds(self):
        trunk = self.peer(TRUNK)
        alive, dead = self.nodes
        dead.socket.setblocking(False)  # Nobody reads: it is silent
        for _ in range(2):
            began = time.monotonic()
            invite = self.incoming(alive, trunk.request("INVITE", "sip:95500001@" + REALM), patience=4)
            self.assertLess(time.monotonic() - began, 2.0)
            alive.answer(invite, 486, "Busy")

    def test_a_trunk_that_calls_too_fast_is_told_to_wait(self):
        trunk = self.peer(HASTY_TRUNK)
        calls = [trunk.request("INVITE", "sip:95500001@" + REALM) for _ in range(60)]
        refused = trunk.receive(lambda message: message.status == 503 and message.get("Call-ID") in calls)
        self.assertEqual(refused.get("Retry-After"), "1")

    def order(self, method, *parameters):
        """What telephony sends: JSON-RPC on the socket."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as rpc:
            text = json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, "id": 1})
            rpc.sendto(text.encode(), os.path.join(self.folder.name, "rpc.sock"))

    def readiness(self):
        with socket.create_connection(self.ws, timeout=5, source_address=(STRANGER, 0)) as connection:
            connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: edge\r\n\r\n")
            return connection.recv(1000).decode().split()[1]

    def expect_readiness(self, status):
        deadline = time.monotonic() + 5
        while self.readiness() != status:
            self.assertLess(time.monotonic(), deadline, f"/readyz is not {status}")

    def test_it_is_ready_while_it_has_a_media_node(self):
        self.expect_readiness("200")
        nodes = [f"sip:{node.address}:{node.port}" for node in self.nodes]
        for state, answer in (("i", "503"), ("ap", "200")):
            for node in nodes:
                self.order("dispatcher.set_state", state, 1, node)
            self.expect_readiness(answer)

    def test_the_websocket_door_opens_for_the_gateways_address_only(self):
        for address, status in ((GATEWAY, "101"), (STRANGER, "404")):
            with socket.create_connection(self.ws, timeout=5, source_address=(address, 0)) as connection:
                connection.sendall(HANDSHAKE)
                self.assertIn(f"HTTP/1.1 {status}", connection.recv(1000).decode(), address)


if __name__ == "__main__":
    unittest.main()
