"""Waiting for a condition, with a deadline and no fixed sleeps in the callers."""

import socket
import ssl
import time
import urllib.error
import urllib.request

from .say import Failure


def until(condition, what, seconds, hint=lambda: ""):
    """Polls `condition` until it is true; fails by name when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(f"{what} was not ready after {seconds} s. {hint()}".rstrip())
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)


def http_ok(url):
    """Whether `url` answers 200. Our own certificate is self-signed and on loopback: it is not checked."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(url, timeout=2, context=context) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError, ValueError):
        return False


def accepts(host, port):
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False
