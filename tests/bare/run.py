#!/usr/bin/env python3
"""`./lintel up` on a Debian 12 that has nothing: a bare system made with mmdebstrap, the repository as a clone would have it.

Package and npm sources are the host's own settings, read at run time; none is written into the tree. Needs root."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
INSIDE = """\
set -eu
cd /src
export HOME=/root LINTEL_HTTP_PORT=28080 LINTEL_SIP_PORT=25060
./lintel up
./lintel status
/usr/bin/python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:28080/readyz').status)"
SECONDS=0
./lintel up
echo "second up: $SECONDS s"
[ "$SECONDS" -lt 10 ]
./lintel down
for port in 5432 6379 5060; do
  ! (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || { echo "something of ours listens on $port"; exit 1; }
done
"""


def apt_sources():
    """The host's Debian 12 main archives, as apt itself resolved them."""
    done = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(REPO_URI)|$(CODENAME)|$(COMPONENT)",
                           "Created-By: Packages"], capture_output=True, text=True, check=True)
    rows = set()
    for row in done.stdout.splitlines():
        origin, address, codename, component = row.split("|")
        if origin.startswith("Debian") and codename.startswith("bookworm"):
            rows.add(f"deb {address} {codename} {component}")
    if not rows:
        sys.exit("the host has no Debian 12 package source")
    return "\n".join(sorted(rows)) + "\n"


def make_system(target):
    subprocess.run(["mmdebstrap", "--variant=apt", "--include=ca-certificates", "bookworm", target, "-"],
                   input=apt_sources(), text=True, check=True)
    for path in ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"):
        shutil.copy(path, f"{target}{path}")
    for path in (pathlib.Path.home() / ".npmrc", pathlib.Path("/etc/npmrc")):
        if path.exists():
            shutil.copy(path, f"{target}/root/.npmrc")
    for path in pathlib.Path("/etc/apt/apt.conf.d").glob("*proxy*"):
        shutil.copy(path, f"{target}{path}")


def clone(target):
    """What `git clone` of this commit would give."""
    os.mkdir(f"{target}/src")
    archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", f"{target}/src"], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        sys.exit("git archive failed")


def main():
    if os.geteuid() != 0:
        sys.exit("making a bare system needs root")
    target = tempfile.mkdtemp(prefix="lintel-bare-")
    os.chmod(target, 0o755)
    try:
        make_system(target)
        clone(target)
        kept = {key: value for key, value in os.environ.items()
                if key.lower().endswith("_proxy") or key in ("PATH", "NODE_EXTRA_CA_CERTS", "LANG")}
        # Own processes and mounts: whatever is left ends with the namespace, and /proc shows the inside.
        return subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc=" + target + "/proc",
             "--", "sh", "-c", f"mount --rbind /dev {target}/dev && exec chroot {target} /bin/bash -c \"$0\"", INSIDE],
            env=kept, check=False).returncode
    finally:
        shutil.rmtree(target, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
