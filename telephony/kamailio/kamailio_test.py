"""The rendered configuration is accepted by Kamailio itself, and says what it must."""

import pathlib
import subprocess
import tempfile
import unittest

import render

SETTINGS = {
    "LINTEL_KAMAILIO_SIP": "127.0.0.1:23060",
    "LINTEL_KAMAILIO_WS": "127.0.0.5:23080",
    "LINTEL_KAMAILIO_DB": "postgres://lintel_kamailio:secret@127.0.0.1:23432/lintel",
    "LINTEL_KAMAILIO_MEDIA": "127.0.1.1:23081,127.0.1.2:23082",
    "LINTEL_KAMAILIO_GATEWAY": "127.0.3.1",
    "LINTEL_SIP_DOMAIN": "lintel.local",
}


class Configuration(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = render.render(self.folder.name, SETTINGS)

    def check(self, path):
        return subprocess.run(["/usr/sbin/kamailio", "-c", "-f", path, "-Y", self.folder.name], capture_output=True,
                              text=True, timeout=60)

    def test_kamailio_accepts_it(self):
        checked = self.check(self.path)
        self.assertEqual(checked.returncode, 0, checked.stderr[-3000:])

    def test_no_placeholder_is_left(self):
        self.assertNotRegex(self.path.read_text(encoding="utf-8"), r"@[A-Z_]+@")

    def test_every_media_node_is_dispatched_to(self):
        nodes = (pathlib.Path(self.folder.name) / "dispatcher.list").read_text(encoding="utf-8")
        self.assertEqual(nodes, "1 sip:127.0.1.1:23081 0 10\n1 sip:127.0.1.2:23082 0 10\n")

    def test_kamailio_accepts_what_a_cluster_sets(self):
        path = render.render(self.folder.name, SETTINGS | {"LINTEL_KAMAILIO_GATEWAY": "10.1.0.0/16, 127.0.3.1",
                                                           "LINTEL_KAMAILIO_RPC": "udp:127.0.0.1:23091"})
        text = path.read_text(encoding="utf-8")
        self.assertIn('is_in_subnet($si, "10.1.0.0/16,127.0.3.1/32")', text)
        self.assertIn('"dgram_socket", "udp:127.0.0.1:23091"', text)
        self.assertEqual(self.check(path).returncode, 0)

    def test_a_gateway_that_is_no_network_is_refused(self):
        with self.assertRaisesRegex(ValueError, "gateway"):
            render.render(self.folder.name, SETTINGS | {"LINTEL_KAMAILIO_GATEWAY": "gateway"})

    def test_nobody_else_may_read_the_password(self):
        self.assertEqual(self.path.stat().st_mode & 0o077, 0)

    def test_a_missing_setting_is_named(self):
        for name in SETTINGS:
            with self.assertRaises(KeyError) as missing:
                render.render(self.folder.name, {key: value for key, value in SETTINGS.items() if key != name})
            self.assertEqual(missing.exception.args[0], name)


if __name__ == "__main__":
    unittest.main()
