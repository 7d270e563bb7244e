"""A PostgreSQL cluster and a Redis that live as long as one test run: no fsync, a folder of their own, random ports."""

import contextlib
import os
import shutil
import subprocess
import tempfile

from .home import Home
from .ports import Ports
from .postgres import THROW_AWAY, Cluster
from .redis import Redis
from .shell import as_user
from .wait import until


@contextlib.contextmanager
def databases():
    """Yields the environment tests read: LINTEL_TEST_PG and LINTEL_TEST_REDIS."""
    folder = tempfile.mkdtemp(prefix="lintel-test-")
    os.chmod(folder, 0o711)
    home = Home(folder).create()
    ports = Ports(home)
    ports.assign(["pg"], running=set())
    cluster, redis = Cluster(home, ports["pg"]), Redis(home)
    cluster.create()
    cluster.configure(THROW_AWAY)
    cluster.admit("host all all 127.0.0.1/32 trust\n")  # Kamailio comes over TCP; the cluster lives for minutes.
    redis.configure()
    log = open(home.log / "databases.log", "w", encoding="utf-8")
    processes = [subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
                 for command in (as_user(cluster.user, cluster.command()), redis.command())]
    try:
        until(lambda: cluster.answers() and redis.answers(), "the test databases", 30)
        cluster.psql("CREATE ROLE postgres SUPERUSER LOGIN", "postgres")  # The name that tests connect by.
        yield {"LINTEL_TEST_PG": f"host={cluster.socket} port={cluster.port} user=postgres dbname=postgres", "LINTEL_TEST_REDIS": str(redis.socket)}
    finally:
        for process in processes:
            process.send_signal(2)  # SIGINT: PostgreSQL's fast shutdown, Redis's ordinary one.
        for process in processes:
            process.wait(timeout=30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)
