"""Progress for people: one line per step, with its seconds; and the exception that ends a command with a sentence."""

import contextlib
import sys
import time


class Failure(Exception):
    """Ends the command. The text says what happened and what to do next."""


COLOUR = sys.stdout.isatty()


def paint(text, code):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def line(text=""):
    print(text, flush=True)


def heading(text):
    line(paint(text, "1"))


def fail(text):
    print(paint("lintel: ", "31") + text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(text):
    """Says what starts, then how long it took. A failure keeps its own words."""
    started = time.monotonic()
    print(f"  {text} ...", end="" if COLOUR else "\n", flush=True)
    try:
        yield
    except BaseException:
        line(paint(" failed", "31") if COLOUR else f"  {text}: failed")
        raise
    seconds = time.monotonic() - started
    if COLOUR:
        line(f"\r  {paint('ok', '32')} {text} ({seconds:.1f} s)   ")
    else:
        line(f"  ok {text} ({seconds:.1f} s)")
