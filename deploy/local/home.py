"""One instance's folder, LINTEL_HOME: what lies where, and who may read it.

    run/         sockets, ports.json, supervisor's configuration
    log/         one file per process
    secrets/     generated keys and passwords, 0600
    postgres/    the cluster's data and its socket directory, 0700
    redis/ blob/ spool/ demo.json test-clock
"""

import fcntl
import hashlib
import json
import os
import pathlib
import pwd
import secrets
import tempfile

from .say import Failure
from .shell import is_root

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_SOCKET = 100  # Bytes; the kernel takes 107.


class Home:
    def __init__(self, path=None):
        chosen = path or os.environ.get("LINTEL_HOME") or ROOT / "var"
        self.path = pathlib.Path(chosen).absolute()
        self._lock = None

    def __truediv__(self, part):
        return self.path / part

    @property
    def log(self):
        return self / "log"

    @property
    def secrets(self):
        return self / "secrets"

    def exists(self):
        return (self / "run").is_dir()

    def require(self):
        if not self.exists():
            raise Failure(f"there is no instance in {self.path}: `./lintel up` makes one")
        return self

    def create(self):
        for part in ("run", "log", "secrets", "redis", "blob", "spool"):
            (self / part).mkdir(parents=True, exist_ok=True)
        (self / "secrets").chmod(0o700)
        (self / "blob").chmod(0o700)
        return self

    def lock(self):
        """One `up`, `down`, `backup` or `restore` at a time per home; held until the process ends."""
        self._lock = open(self / "run/lock", "w", encoding="utf-8")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"another lintel command works on {self.path}; wait for it to end") from None

    # --- small state -------------------------------------------------------------------------------------------------

    def read_json(self, name, fallback=None):
        try:
            return json.loads((self / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return fallback

    def write_json(self, name, value):
        target = self / name
        draft = target.with_suffix(".new")
        draft.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        draft.replace(target)

    def secret(self, name, make=lambda: secrets.token_hex(32)):
        """The text of secrets/<name>, made on first use."""
        path = self.secrets / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(make())
        return path.read_text(encoding="utf-8").strip()

    # --- sockets -----------------------------------------------------------------------------------------------------

    def socket_folder(self, folder):
        """`folder`, or a short path to it when a socket inside would be longer than the kernel takes."""
        if len(os.fsencode(folder)) + len("/.s.PGSQL.65535") <= LONGEST_SOCKET:
            return folder
        return self._short_link(folder)

    def _short_link(self, folder):
        """A link to `folder` in a folder of our own under /tmp, remembered so that every run uses the same."""
        known = self.read_json("run/short-paths.json", {})
        link = pathlib.Path(known.get(str(folder), "/nonexistent"))
        if link.is_symlink() and link.parent.stat().st_uid == os.geteuid() and os.readlink(link) == str(folder):
            return link
        holder = pathlib.Path(tempfile.mkdtemp(prefix="lintel-"))
        holder.chmod(0o711)
        link = holder / "s"
        link.symlink_to(folder)
        known[str(folder)] = str(link)
        self.write_json("run/short-paths.json", known)
        return link

    # --- PostgreSQL's own folder -------------------------------------------------------------------------------------

    def database_user(self):
        """Who runs PostgreSQL: it refuses root."""
        return "postgres" if is_root() else None

    def postgres_root(self):
        """Under the home, or under /var/lib when the database's user cannot reach the home."""
        if not is_root() or reachable(self.path, self.database_user()):
            return self / "postgres"
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        return pathlib.Path("/var/lib/lintel") / digest


def reachable(path, user):
    """Whether `user` may pass through every folder down to `path`."""
    account = pwd.getpwnam(user)
    groups = set(os.getgrouplist(user, account.pw_gid))
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        info = folder.stat()
        if info.st_uid == account.pw_uid:
            bit = 0o100
        elif info.st_gid in groups:
            bit = 0o010
        else:
            bit = 0o001
        if not info.st_mode & bit:
            return False
    return True
