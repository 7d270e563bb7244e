"""Durable claims per second through gRPC, beside pgbench's single-row update on the same cluster."""

import json
import re
import subprocess
import tempfile

from local.postgres import binary
from local.topology import build_folder

from . import project
from .figure import Figure

FLOOR = 0.25
CLIENTS = 64
SECONDS = 8
TABLE = ("CREATE TABLE public.bench_rooms (id int PRIMARY KEY, state int NOT NULL, version bigint NOT NULL);"
         f"INSERT INTO public.bench_rooms SELECT i, 2, 0 FROM generate_series(1, {project.ROOMS}) i")
UPDATE = f"\\set id random(1, {project.ROOMS})\nUPDATE public.bench_rooms SET state = 3, version = version + 1 WHERE id = :id;\n"


def per_second(system):
    of = project.of(system)
    free = [room["name"] for room in system.api("admin").every(f"/v1/{of}/rooms", "rooms", filter="state = AVAILABLE")]
    peer = pgbench(system)
    ours = load(system, "claim", free, SECONDS, CLIENTS)
    rate = ours["calls"] / ours["seconds"]
    ratio = rate / peer
    yield Figure("durable claims", f"{rate:.0f}/s, p50 {ours['p50Ms']:.1f} ms, p99 {ours['p99Ms']:.1f} ms; "
                 f"pgbench {peer:.0f}/s; ratio {ratio:.2f}", f">= {FLOOR} x pgbench", ratio >= FLOOR,
                 "a claim is a call of gRPC, rows in four tables, an audit part, a sealed event and its consumers, over half a "
                 "millisecond of processor time in all; where a flush to disk costs nothing, pgbench's one prepared statement is "
                 "bound by an eighth of that")


def load(system, kind, rooms, seconds, threads):
    """Runs the generator; answers what it printed."""
    ports = system.instance().ports
    done = subprocess.run(
        [build_folder() / "bin/bench_rpc", kind, f"127.0.0.1:{ports['inventory']}", system.home.secrets / "service.key",
         project.tenant(system), str(seconds), str(threads)],
        input="\n".join(rooms), capture_output=True, text=True, check=False)
    if not done.stdout:
        raise AssertionError(f"bench_rpc {kind} failed: {done.stderr}")
    answer = json.loads(done.stdout)
    if answer["failed"]:
        raise AssertionError(f"{answer['failed']} of {answer['calls']} calls failed: {done.stderr}")
    return answer


def pgbench(system):
    cluster = system.instance().cluster
    cluster.psql(TABLE)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(UPDATE)
        script.flush()
        done = subprocess.run(
            [binary("pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-f", script.name,
             "-h", str(cluster.socket), "-p", str(cluster.port), "-U", "lintel", "lintel"],
            capture_output=True, text=True, check=True)
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])
