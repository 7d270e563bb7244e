"""A listener on /v1/live: server-sent events as a browser would hear them."""

import http.client
import json
import threading
import time
import urllib.parse


class Live:
    """`with Live(port, token, topics=...) as live: live.wait_for(...)`. Listens from a thread until the block ends."""

    def __init__(self, port, token, topics="", after=""):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        query = {key: value for key, value in (("topics", topics), ("after", after)) if value}
        self._connection.request("GET", "/v1/live?" + urllib.parse.urlencode(query),
                                 headers={"Authorization": "Bearer " + token, "Accept": "text/event-stream"})
        self._answer = self._connection.getresponse()
        if self._answer.status != 200:
            raise AssertionError(f"/v1/live answered {self._answer.status}: {self._answer.read(400)!r}")
        self._events, self._lines = [], []
        self._heard = threading.Condition()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        if self._connection.sock:
            self._connection.sock.close()
        self._answer.close()
        self._thread.join(5)

    def _listen(self):
        try:
            for raw in self._answer:
                line = raw.decode("utf-8").rstrip("\r\n")
                with self._heard:
                    self._lines.append(line)
                    if line.startswith("data:"):
                        self._events.append(json.loads(line[5:]))
                    self._heard.notify_all()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            return  # The block ended, or the server closed the stream: who waits will say what is missing.

    def wait_for(self, wanted, seconds=15):
        """The first event that `wanted` says yes to, of all heard so far and to come."""
        deadline = time.monotonic() + seconds
        with self._heard:
            while True:
                for event in self._events:
                    if wanted(event):
                        return event
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not heard within {seconds} s; heard {[one.get('type') for one in self._events]}")
                self._heard.wait(left)

    def text(self):
        with self._heard:
            return "\n".join(self._lines)
