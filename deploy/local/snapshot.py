"""Backups: one folder with the whole database, every file and the secrets, consistent although everything runs.

Order makes it consistent. Files are immutable and their rows are written after them, so the database is copied first at
one instant (pg_basebackup ends at one WAL position) and files afterwards: every row of the copy finds its file. What
arrived in between is a file without a row, which the sweeper of unused files removes."""

import datetime
import hashlib
import json
import os
import pathlib
import shutil

from .postgres import binary
from .say import Failure, step
from .shell import as_user, run

FORMAT = 1
FOLDERS = ("blob", "spool")


def take(instance, target: pathlib.Path):
    """Copies a running instance into `target`, which must not exist."""
    if target.exists():
        raise Failure(f"{target} exists already; a backup is never written over")
    if not instance.cluster.answers():
        raise Failure("the database does not run; `./lintel up` starts it (a stopped home may be copied as it is)")
    draft = target.with_name(target.name + ".unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    with step("copying the database"):
        base = instance.cluster.root / f"backup-{os.getpid()}"
        run(as_user(instance.cluster.user,
                    [binary("pg_basebackup"), "-h", instance.cluster.socket, "-p", instance.cluster.port, "-U", "lintel",
                     "--checkpoint=fast", "--wal-method=stream", "--format=plain", "-D", base]),
            what="pg_basebackup", cwd="/")
        shutil.move(base, draft / "postgres")
    for folder in FOLDERS:
        if (instance.home / folder).is_dir():
            with step(f"copying {folder}"):
                shutil.copytree(instance.home / folder, draft / folder, copy_function=copy_if_there)
    shutil.copytree(instance.home.secrets, draft / "secrets")
    files = inventory(draft, FOLDERS)
    (draft / "backup.json").write_text(json.dumps({
        "format": FORMAT, "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "files": files}, indent=1) + "\n", encoding="utf-8")
    draft.rename(target)
    return files


def copy_if_there(source, target):
    """A file that went while we copied (an unused upload) is not part of the backup."""
    try:
        return shutil.copy2(source, target)
    except FileNotFoundError:
        return target


def inventory(base, folders):
    """Path and SHA-256 of every file, so that `restore` finds a damaged copy."""
    found = {}
    for folder in folders:
        for path in sorted((base / folder).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(base))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def check(source: pathlib.Path):
    """Fails when `source` is no backup, is of another format or was damaged."""
    try:
        described = json.loads((source / "backup.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Failure(f"{source} is no backup: it has no backup.json") from None
    if described["format"] != FORMAT:
        raise Failure(f"{source} has format {described['format']}, this program reads {FORMAT}")
    present = inventory(source, FOLDERS)
    damaged = sorted(name for name, digest in described["files"].items() if present.get(name) != digest)
    if damaged:
        raise Failure(f"{len(damaged)} files of the backup are missing or damaged, the first is {damaged[0]}")
    run([binary("pg_verifybackup"), "--quiet", source / "postgres"], what="pg_verifybackup")
    return described


def put_back(source, home, cluster):
    """Fills an empty home from a backup. The database is not started here."""
    if cluster.data.exists() or any((home / folder).is_dir() and any((home / folder).iterdir()) for folder in FOLDERS):
        raise Failure(f"{home.path} is not empty; restore goes into an empty home (set LINTEL_HOME)")
    with step("copying files"):
        home.create()
        for folder in (*FOLDERS, "secrets"):
            if (source / folder).is_dir():
                shutil.copytree(source / folder, home / folder, dirs_exist_ok=True)
        home.secrets.chmod(0o700)
    with step("copying the database"):
        cluster.adopt(source / "postgres")


def begin_new_epochs(cluster, services):
    """Readers of the old instance's events must notice that history went back: each log's epoch grows (DESIGN 3.4)."""
    for service in services:
        if cluster.psql(f"SELECT to_regclass('{service}.outbox_head') IS NOT NULL") == "t":
            cluster.psql(f"UPDATE {service}.outbox_head SET epoch = epoch + 1")
