"""Running other programs: quietly, with their output kept for the error message, as another user when asked."""

import os
import subprocess

from .say import Failure


def is_root():
    return os.geteuid() == 0


def as_user(user, command):
    """`command` as an ordinary user when we are root; unchanged otherwise."""
    if not is_root() or user is None:
        return list(command)
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--", *command]


def run(command, *, what=None, timeout=3600, log=None, check=True, **options):
    """Runs to the end and answers the completed process. Output goes to `log` (appended) or is captured."""
    command = [str(part) for part in command]
    try:
        if log is None:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, errors="replace", timeout=timeout, **options)
            output = done.stdout
        else:
            with open(log, "a", encoding="utf-8") as file:
                done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                                      timeout=timeout, **options)
            output = None
    except FileNotFoundError:
        raise Failure(f"{command[0]} is not installed; `./lintel doctor` lists what is missing") from None
    except subprocess.TimeoutExpired:
        raise Failure(f"{what or command[0]} took longer than {timeout} s") from None
    if check and done.returncode != 0:
        shown = tail(log) if output is None else output
        raise Failure(f"{what or ' '.join(command[:3])} failed (exit {done.returncode}):\n{last_lines(shown)}")
    return done


def tail(path, lines=40):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return last_lines(file.read(), lines)
    except FileNotFoundError:
        return ""


def last_lines(text, lines=40):
    return "\n".join("    " + row for row in text.rstrip().splitlines()[-lines:])
