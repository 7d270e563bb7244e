"""The whole system on one page: every process, its ports, its environment, and who waits for whom."""

import dataclasses
import os
import pathlib

from .home import ROOT
from .postgres import Cluster
from .redis import Redis
from .wait import http_ok

# What our processes stand on.
FOUNDATION = ("postgres", "redis", "kamailio")

# Services that keep tables: schema and roles are named as the service. Each serves gRPC and metrics on its own port.
SERVICES = ("identity", "inventory", "customers", "sales", "finance", "reporting", "analytics", "telephony")


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    command: tuple
    after: tuple = ()             # Names that must be ready before this starts.
    environment: dict = dataclasses.field(default_factory=dict)
    user: str | None = None       # Another user than the supervisor's.
    migrates: bool = False        # Has a schema: `<program> migrate` runs before it starts.
    ready: object = None          # () -> bool
    stop_signal: str = "TERM"
    patience: int = 20            # Seconds it gets to stop gently.


def build_folder():
    """build/release, or what LINTEL_BUILD says: the tests run the sanitized build."""
    return pathlib.Path(os.environ.get("LINTEL_BUILD", ROOT / "build/release"))


def binaries():
    """Where the programs lie."""
    return build_folder() / "bin"


def services():
    """The services this checkout has built."""
    return tuple(name for name in SERVICES if (binaries() / name).exists())


def port_names():
    names = ["http", "sip", "pg"]
    for service in services():
        names += [service, service + "-metrics"]
    return names


def shared_environment(home, ports):
    """What every one of our processes gets."""
    cluster, redis = Cluster(home, ports["pg"]), Redis(home)
    environment = {
        "LINTEL_HOME": str(home.path),
        "LINTEL_PG": cluster.dsn,
        "LINTEL_REDIS": str(redis.socket),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    for service in services():
        environment[f"LINTEL_{service.upper()}_ADDR"] = f"127.0.0.1:{ports[service]}"
    for name in ("LINTEL_TEST_MODE",):
        if name in os.environ:
            environment[name] = os.environ[name]
    return environment


def programs(home, ports):
    """In the order they start; `down` stops them in reverse."""
    cluster, redis = Cluster(home, ports["pg"]), Redis(home)
    shared = shared_environment(home, ports)
    found = [
        Program("postgres", tuple(cluster.command()), user=cluster.user, ready=cluster.answers, stop_signal="INT"),
        Program("redis", tuple(redis.command()), ready=redis.answers),
    ]
    for service in services():
        metrics = ports[service + "-metrics"]
        found.append(Program(
            service, (str(binaries() / service),), after=("postgres", "redis"), migrates=True,
            environment=shared | {"LINTEL_METRICS_PORT": str(metrics)},
            ready=lambda port=metrics: http_ok(f"http://127.0.0.1:{port}/metrics")))
    return found
