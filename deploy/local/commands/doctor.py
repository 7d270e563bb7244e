"""Looks at the machine and the instance and names, for each thing that is wrong, what to do."""

import os
import platform
import resource
import shutil

from .. import packages, ports
from ..home import ROOT, Home
from ..instance import Instance
from ..say import line, paint

HELP = "find what is wrong with the machine or the instance"
ROOM_MB = 3000


def arguments(parser):
    pass


def run(options):
    checks = [debian, memory, disk, missing_packages, npm, open_files, doors, processes]
    problems = 0
    for check in checks:
        good, text = check()
        problems += not good
        line(f"  {paint('ok', '32') if good else paint('!!', '31')} {text}")
    line(f"{problems} problem{'' if problems == 1 else 's'} found")
    return 1 if problems else 0


def debian():
    version = platform.freedesktop_os_release()
    good = version.get("ID") == "debian" and version.get("VERSION_ID") == "12"
    return good, f"system: {version.get('PRETTY_NAME')}" + ("" if good else "; Lintel is tested on Debian 12")


def memory():
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return size >= 3500, f"memory: {size} MB" + ("" if size >= 3500 else "; building needs about 4 GB, add swap")


def disk():
    folder = Home().path
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    return free >= ROOM_MB, f"disk: {free} MB free for {Home().path}" + ("" if free >= ROOM_MB else f"; needs {ROOM_MB}")


def missing_packages():
    names = packages.missing(("run", "build"))
    if not names:
        return True, "packages: all there"
    return False, f"packages: missing {' '.join(names)}; `./lintel up` installs them when root or sudo is at hand"


def npm():
    for folder in ("proto", "web"):
        if (ROOT / folder / "package.json").exists() and not (ROOT / folder / "node_modules").is_dir():
            return False, f"npm packages: {folder}/node_modules is missing; `./lintel build` fetches it"
    return True, "npm packages: there"


def open_files():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return hard >= 8192, f"open files: {soft} now, {hard} allowed" + ("" if hard >= 8192 else "; raise the limit to 8192")


def doors():
    """The two ports people use: free, or held by this instance."""
    home = Home()
    known = home.read_json("run/ports.json", {}) if home.exists() else {}
    ours = set(known.values()) if home.exists() and Instance(home).supervisor.answers() else set()
    for name, usual in ports.FIXED.items():
        port = int(os.environ.get(ports.variable_of(name)) or known.get(name, usual))
        if port not in ours and not ports.is_free(port):
            return False, f"ports: {port} ({name}) is taken by another program; set {ports.variable_of(name)}"
    return True, "ports: free or ours"


def processes():
    home = Home()
    if not home.exists() or not Instance(home).supervisor.answers():
        return True, "instance: not running"
    instance = Instance(home).load()
    rows = instance.supervisor.processes()
    for program in instance.programs:
        state = rows.get(program.name, {}).get("statename", "STOPPED")
        if state not in ("RUNNING", "STARTING") or not program.ready():
            return False, f"instance: {program.name} is {state.lower()}; see `./lintel logs {program.name}`"
    return True, f"instance: {len(instance.programs)} programs ready"
