"""Debian packages: what is missing from deploy/packages.txt, and installing it without starting anybody's services."""

import contextlib
import os
import pathlib
import shutil
import subprocess

from .home import ROOT
from .say import Failure, step
from .shell import is_root, run

LIST = ROOT / "deploy/packages.txt"
POLICY = pathlib.Path("/usr/sbin/policy-rc.d")
NO_CLUSTER = pathlib.Path("/etc/postgresql-common/createcluster.d/lintel.conf")
# Packages that bring a system service on a default port. Lintel runs its own copies.
WITH_SERVICES = {"redis-server": "redis-server", "kamailio": "kamailio", "supervisor": "supervisor",
                 "prometheus": "prometheus", "postgresql-15": "postgresql"}
# A package is not missed when its program came another way.
PROGRAMS = {"npm": "npm", "kubernetes-client": "kubectl"}


def wanted(purposes):
    """The packages listed under the headings `purposes` (run, build, test) of packages.txt."""
    names, heading = [], None
    for row in LIST.read_text(encoding="utf-8").splitlines():
        row = row.split("#")[0].strip()
        if row.startswith("["):
            heading = row.strip("[]")
        elif row and heading in purposes:
            names.extend(row.split())
    return names


def missing(purposes):
    done = subprocess.run(["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n"], capture_output=True, text=True,
                          check=True)
    installed = {row.split()[0] for row in done.stdout.splitlines() if row.endswith(" installed")}
    return [name for name in wanted(purposes)
            if name not in installed and not (name in PROGRAMS and shutil.which(PROGRAMS[name]))]


def ensure(purposes):
    names = missing(purposes)
    if not names:
        return
    if not is_root() and not shutil.which("sudo"):
        raise Failure("these packages are missing; install them as root, then run this again:\n"
                      f"    apt-get install --no-install-recommends {' '.join(names)}")
    with step(f"installing {len(names)} Debian packages"), quiet_services(names):
        root = [] if is_root() else ["sudo"]
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        apt = [*root, "apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
        run([*apt, "update"], what="apt-get update", env=environment)
        run([*apt, "install", "--no-install-recommends", *names], what="apt-get install", env=environment)


@contextlib.contextmanager
def quiet_services(names):
    """While packages of this run are installed no service of theirs starts, and none is left enabled.
    What was installed before is not touched."""
    ours = []
    if is_root():
        ours = [path for path, text, mode in ((POLICY, "#!/bin/sh\nexit 101\n", 0o755),
                                              (NO_CLUSTER, "create_main_cluster = false\n", 0o644))
                if _place(path, text, mode)]
    try:
        yield
    finally:
        for path in ours:
            path.unlink(missing_ok=True)
    if is_root() and pathlib.Path("/run/systemd/system").is_dir():
        units = [unit for package, unit in WITH_SERVICES.items() if package in names]
        for unit in units:
            subprocess.run(["systemctl", "disable", "--now", unit], capture_output=True, check=False)


def _place(path, text, mode):
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return True
