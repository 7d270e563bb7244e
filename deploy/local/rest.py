"""The REST API as a program sees it: JSON in and out, a bearer token, refusals as exceptions that carry their reason."""

import http.client
import json
import urllib.parse
import uuid


class Refusal(Exception):
    """An answer that is not 2xx. `reason` is the constant of ErrorInfo, `status` the HTTP number."""

    def __init__(self, status, body):
        error = body.get("error", {}) if isinstance(body, dict) else {}
        details = error.get("details", [])
        self.status = status
        self.reason = next((detail["reason"] for detail in details if "reason" in detail), "")
        self.metadata = next((detail.get("metadata", {}) for detail in details if "reason" in detail), {})
        self.fields = [violation["field"] for detail in details for violation in detail.get("fieldViolations", [])]
        super().__init__(f"{status} {self.reason or error.get('status', '')}: {error.get('message', body)}")


class Unanswered(Exception):
    """The connection broke before an answer came: whether it happened is unknown, the same key asks again."""


class Api:
    """One signed-in operator. Not for two threads at once."""

    def __init__(self, port, host="127.0.0.1", timeout=30):
        self.host, self.port, self.timeout = host, port, timeout
        self.token = None
        self._connection = None

    def sign_in(self, operator, password):
        answer = self.post("/v1/sessions", {"operator": operator, "password": password})
        self.token = answer["accessToken"]
        return self

    def get(self, path, **query):
        text = urllib.parse.urlencode(query, doseq=True)
        return self.call("GET", path + ("?" + text if text else ""))

    def post(self, path, body=None, key=None):
        return self.call("POST", path, {} if body is None else body, key or str(uuid.uuid4()))

    def patch(self, path, body, key=None):
        return self.call("PATCH", path, body, key or str(uuid.uuid4()))

    def every(self, path, field, **query):
        """All items of a list, page by page."""
        token = ""
        while True:
            page = self.get(path, pageSize=500, pageToken=token, **query)
            yield from page.get(field, [])
            token = page.get("nextPageToken", "")
            if not token:
                return

    def call(self, method, path, body=None, key=None):
        status, _, raw = self.raw(method, path, body, key)
        answer = json.loads(raw) if raw else {}
        if not 200 <= status < 300:
            raise Refusal(status, answer)
        return answer

    def raw(self, method, path, body=None, key=None, headers=None):
        """Status, headers and bytes, whatever they are."""
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if key:
            sent["Idempotency-Key"] = key
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        for attempt in (1, 2):
            fresh = self._connection is None
            try:
                if fresh:
                    self._connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
                self._connection.request(method, path, body, sent)
                answer = self._connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (OSError, http.client.HTTPException) as error:
                self.close()
                # An idle connection may have been closed by the other side before it read anything: once more. With a key
                # or for a reading that is harmless in any case.
                if fresh or attempt == 2:
                    raise Unanswered(f"{method} {path}: {error!r}") from error

    def __del__(self):
        self.close()

    def close(self):
        if self._connection:
            self._connection.close()
            self._connection = None
