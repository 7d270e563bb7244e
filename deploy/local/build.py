"""Building: npm packages, the C++ tree, the console. Each does nothing when nothing changed."""

import hashlib
import os

from .home import ROOT
from .say import Failure, step
from .shell import run

# What one clone has compiled, the next one finds: the compiler cache forgets in which folder a tree lies.
os.environ.setdefault("CCACHE_BASEDIR", str(ROOT))
os.environ.setdefault("CCACHE_NOHASHDIR", "1")


def preset_folder(preset):
    return ROOT / "build" / preset


def npm_packages(folder):
    """`npm ci` in ROOT/folder, once per lock file. The registry is the host's own npm setting."""
    base = ROOT / folder
    lock = base / "package-lock.json"
    if not lock.exists():
        return
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = base / "node_modules/.lintel-lock"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    with step(f"npm packages of {folder}"):
        run(["npm", "ci", "--no-audit", "--no-fund", "--prefix", base], what=f"npm ci --prefix {folder}", cwd=base)
        stamp.write_text(digest, encoding="utf-8")


def programs(preset="release", tests=False, targets=(), jobs=None):
    """Configures when needed and builds. `targets` empty: all."""
    npm_packages("proto")
    folder = preset_folder(preset)
    if not (folder / "build.ninja").exists():
        with step(f"configuring build/{preset}"):
            run(["cmake", "--preset", preset, f"-DLINTEL_TESTS={'ON' if tests else 'OFF'}"], what="cmake", cwd=ROOT)
    command = ["ninja", "-C", folder, *(["-j", str(jobs)] if jobs else []), *targets]
    if _nothing_to_build(command):
        return folder
    log = folder / "build.log"
    log.unlink(missing_ok=True)
    with step(f"building build/{preset} (output in build/{preset}/build.log)"):
        run(command, what="the build", cwd=ROOT, log=log, timeout=7200)
    return folder


def _nothing_to_build(command):
    done = run([*command, "-n"], what="ninja", cwd=ROOT, check=False)
    return done.returncode == 0 and "no work to do" in done.stdout


def console():
    """web/dist from web/src, when a source is newer."""
    web = ROOT / "web"
    if not (web / "package.json").exists():
        return
    npm_packages("web")
    dist = web / "dist/index.html"
    if dist.exists() and dist.stat().st_mtime >= newest(web):
        return
    with step("building the console"):
        run(["npm", "run", "build", "--prefix", web], what="the console's build", cwd=web)
        if not dist.exists():
            raise Failure("the console's build made no web/dist/index.html")
        os.utime(dist)


def newest(web):
    """The latest change among the console's sources."""
    times = [path.stat().st_mtime for part in ("src", "public", "scripts") for path in (web / part).rglob("*")
             if path.is_file()]
    times += [path.stat().st_mtime for path in web.iterdir() if path.is_file()]
    return max(times, default=0)
