"""Hostile input to every endpoint of a running system, made from its own OpenAPI document: a 4xx that names the field,
never a 5xx, and never an effect (issue of the first release, section 6)."""

import http.client
import json
import time
import unittest
import uuid

from harness.system import System
from local.rest import Api

DEEP = "[" * 200 + "]" * 200
HOSTILE_IDS = ("nobody", str(uuid.UUID(int=0)), "%00", "%FF", "a%2Fb", "..", "'%20OR%201=1--", "%E6%A5%BC" * 50, "x" * 3000)
# Bodies that fit no message whatever its fields are.
NEVER_VALID = ("{", "[]", "\"text\"", "5", "{\"a\":1,}", "{\"a\":" + DEEP + "}", "{\"same\":1,\"same\":2}", "{\"noSuchField\":1}",
               "{\"noSuchField\":\"\\u0000\"}", "\ufeff{}", "{}{}")


def wrong_values(schema):
    """Values that do not fit a schema, and then some that fit but should be refused or be harmless."""
    kind, form = schema.get("type"), schema.get("format", "")
    if "$ref" in schema:
        return (5, "text", [], True), ()
    if kind == "string" and form in ("int64", "uint64"):
        return ("x", "", 1.5, 1e300, True, {}, [], str(2 ** 70)), (str(-2 ** 63), str(2 ** 63 - 1), "0")
    if kind == "string" and form == "date-time":
        return ("yesterday", "2026-02-30T00:00:00Z", 5, {}, "99999-01-01T00:00:00Z"), ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
    if kind == "string" and schema.get("contentEncoding"):
        return ("***", 5, {}, []), ("", "AAAA")
    if kind == "string" and "enum" in schema:
        return ("NO_SUCH_VALUE", 12345, {}, [], True), (schema["enum"][0],)
    if kind == "string" and "pattern" in schema:
        return ("soon", 5, {}), ("0s", "-315576000000s")
    if kind == "string":
        return (5, True, {}, [], 1.5), ("", "x" * 100_000, "\u202e\u0007", "'; DROP TABLE x; --", "\U00020bb7", "=cmd|' /C calc'!A0")
    if kind == "integer":
        return ("x", 1.5, 2 ** 40, True, {}, []), (-2 ** 31, 2 ** 31 - 1, 0)
    if kind == "boolean":
        return ("true", 1, {}, []), ()
    if kind == "number":
        return ("x", True, {}), (-1e308, 0)
    if kind == "array":
        return ("x", 5, {}, [None]), ([],)
    return (5, "x", True), ()


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System(LINTEL_RATE_PER_MINUTE="0").__enter__()
        cls.addClassCleanup(cls.system.stop)
        cls.admin = cls.system.api("admin")
        cls.signed_in = time.monotonic()
        status, _, raw = cls.admin.raw("GET", "/openapi.json")
        assert status == 200
        cls.openapi = json.loads(raw)

    # --- helpers ---

    def operations(self):
        for path, verbs in self.openapi["paths"].items():
            for verb, operation in verbs.items():
                yield path, verb.upper(), operation

    def filled(self, path, operation, value=None):
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", value or str(uuid.UUID(int=7)))
        return path

    def send(self, verb, path, body=None, kind="application/json"):
        if time.monotonic() - self.signed_in > 200:  # Tokens live five minutes.
            type(self).admin, type(self).signed_in = self.system.api("admin"), time.monotonic()
        data = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
        status, headers, raw = self.admin.raw(verb, path, data, headers={"Content-Type": kind} if data is not None else None)
        return status, raw

    def expect_refusal(self, failures, label, verb, path, body):
        status, raw = self.send(verb, path, body)
        if not 400 <= status < 500:
            failures.append(f"{status} instead of 4xx: {verb} {path[:120]} {label}: {raw[:200]}")
        elif status == 400 and b'"field":' not in raw:
            failures.append(f"400 without a field: {verb} {path[:120]} {label}: {raw[:200]}")

    def expect_no_failure_of_ours(self, failures, label, verb, path, body=None):
        status, raw = self.send(verb, path, body)
        if status >= 500:
            failures.append(f"{status}: {verb} {path[:120]} {label}: {raw[:200]}")

    def schema_of(self, operation):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        return content and content["schema"]

    def fields_of(self, schema):
        name = schema.get("$ref", "").rsplit("/", 1)[-1]
        return self.openapi["components"]["schemas"].get(name, {}).get("properties", {})

    def is_safe_to_send(self, operation):
        """Ending the test's own session by an empty valid body would only end the test."""
        return "sessions" not in operation["tags"][0].lower() and "hangePassword" not in operation["operationId"]

    # --- the tests ---

    def test_bodies_that_fit_no_message_are_refused(self):
        failures, sent = [], 0
        for path, verb, operation in self.operations():
            if self.schema_of(operation) is None:
                continue
            for body in (*NEVER_VALID, b"{\"\xff\":1}", b"\x00", "\"" + "x" * 4_000_000):
                self.expect_refusal(failures, repr(body[:40]), verb, self.filled(path, operation), body)
                sent += 1
        self.assertEqual(failures, [])
        print(f"\n{sent} bodies refused")

    def test_fields_of_the_wrong_type_or_out_of_range_are_refused(self):
        failures, sent = [], 0
        for path, verb, operation in self.operations():
            schema = self.schema_of(operation)
            for name, field in self.fields_of(schema or {}).items():
                wrong, odd = wrong_values(field)
                for value in wrong:
                    self.expect_refusal(failures, name, verb, self.filled(path, operation), json.dumps({name: value}))
                for value in odd if self.is_safe_to_send(operation) else ():
                    self.expect_no_failure_of_ours(failures, name, verb, self.filled(path, operation), json.dumps({name: value}))
                sent += len(wrong) + len(odd)
        self.assertEqual(failures, [])
        print(f"\n{sent} fields tried")

    def test_hostile_names_in_the_path_are_refused(self):
        failures = []
        for path, verb, operation in self.operations():
            if "{" not in path:
                continue
            for name in HOSTILE_IDS:
                target = self.filled(path, operation, name)
                body = "{}" if self.schema_of(operation) is not None else None
                self.expect_no_failure_of_ours(failures, name[:20], verb, target, body)
        self.assertEqual(failures, [])

    def test_hostile_parameters_in_the_query_are_refused(self):
        failures = []
        for path, verb, operation in self.operations():
            if verb != "GET":
                continue
            target = self.filled(path, operation)
            self.expect_refusal(failures, "unknown", verb, target + "?noSuchParameter=1", None)
            for parameter in operation["parameters"]:
                if parameter["in"] != "query":
                    continue
                for value in ("%00", "%FF", "%zz"):
                    self.expect_refusal(failures, value, verb, f"{target}?{parameter['name']}={value}", None)
                for value in ("", "x" * 4000, "-1", "99999999999999999999", "(((((", "a%20%3D%20", "%22", "%E6%A5%BC"):
                    self.expect_no_failure_of_ours(failures, value[:20], verb, f"{target}?{parameter['name']}={value}")
        self.assertEqual(failures, [])

    def test_strangers_are_turned_away_everywhere_but_at_the_door(self):
        stranger, failures = Api(self.system.http_port), []
        for path, verb, operation in self.operations():
            if operation.get("security") == []:
                continue
            body = b"{}" if self.schema_of(operation) is not None else None
            status, _, raw = stranger.raw(verb, self.filled(path, operation), body, headers={"Content-Type": "application/json"} if body else None)
            if status != 401:
                failures.append(f"{status}: {verb} {path}: {raw[:160]}")
        self.assertEqual(failures, [])

    def test_both_forms_of_an_error_carry_the_same_reason(self):
        path = f"/v1/projects/{uuid.UUID(int=7)}"
        _, _, plain = self.admin.raw("GET", path)
        status, headers, problem = self.admin.raw("GET", path, headers={"Accept": "application/problem+json"})
        self.assertEqual(json.loads(plain)["error"]["details"][0]["reason"], json.loads(problem)["reason"])
        self.assertEqual(json.loads(plain)["error"]["code"], status)

    def test_garbage_on_the_wire_does_no_harm(self):
        for garbage in (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 5000, b"\r\n\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
            connection = http.client.HTTPConnection("127.0.0.1", self.system.http_port, timeout=10)
            connection.connect()
            connection.sock.sendall(garbage)
            connection.close()
        self.assertEqual(self.admin.raw("GET", "/healthz")[0], 200)


if __name__ == "__main__":
    unittest.main()
