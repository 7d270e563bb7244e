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

    def test_kamailio_accepts_it(self):
        checked = subprocess.run(["/usr/sbin/kamailio", "-c", "-f", self.path, "-Y", self.folder.name],
                                 capture_output=True, text=True, timeout=60)
        self.assertEqual(checked.returncode, 0, checked.stderr[-3000:])

    def test_no_placeholder_is_left(self):
        self.assertNotRegex(self.path.read_text(encoding="utf-8"), r"@[A-Z_]+@")

    def test_every_media_node_is_dispatched_to_and_known_by_its_address(self):
        nodes = (pathlib.Path(self.folder.name) / "dispatcher.list").read_text(encoding="utf-8")
        self.assertEqual(nodes, "1 sip:127.0.1.1:23081 0 10\n1 sip:127.0.1.2:23082 0 10\n")
        self.assertIn('FROM_MEDIA ($si == "127.0.1.1" || $si == "127.0.1.2")', self.path.read_text(encoding="utf-8"))

    def test_nobody_else_may_read_the_password(self):
        self.assertEqual(self.path.stat().st_mode & 0o077, 0)

    def test_a_missing_setting_is_named(self):
        for name in SETTINGS:
            with self.assertRaises(KeyError) as missing:
                render.render(self.folder.name, {key: value for key, value in SETTINGS.items() if key != name})
            self.assertEqual(missing.exception.args[0], name)


if __name__ == "__main__":
    unittest.main()
