"""The whole system on one page: every process, its ports, its environment, and who waits for whom.

    postgres, redis
      -> identity -> inventory, customers, finance, sales, reporting, analytics, telephony
      -> kamailio (needs telephony's view) -> media-1, media-2
      -> gateway (needs them all)
"""

import dataclasses
import os
import pathlib

from . import kamailio, keys
from .home import ROOT
from .postgres import Cluster
from .redis import Redis
from .wait import accepts, http_ok

# What our processes stand on.
FOUNDATION = ("postgres", "redis", "kamailio")
# Services that keep tables: schema and roles are named as the service. Each serves gRPC and metrics on its own port.
SERVICES = ("identity", "inventory", "customers", "finance", "sales", "reporting", "analytics", "telephony")
MEDIA = ("media-1", "media-2")
# Trunks, media nodes, the gateway and phones are told apart by their source address; here each has one of loopback's.
HOSTS = {"kamailio": "127.0.0.1", "kamailio-ws": "127.0.0.5", "gateway": "127.0.3.1", "trunk": "127.0.2.1",
         "phone": "127.0.4.1", "media-1": "127.0.1.1", "media-2": "127.0.1.2"}
RTP_PORTS = 1000  # Per instance; both nodes use the same numbers on their own addresses.
CONSOLE = ROOT / "web/dist/index.html"
# Settings of ours that are no process's business.
NOT_PASSED_ON = ("LINTEL_HOME", "LINTEL_BUILD", "LINTEL_DEMO_PASSWORD", "LINTEL_KEEP", "LINTEL_KILLS")


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    command: tuple
    after: tuple = ()             # Names that must be ready before this starts.
    environment: dict = dataclasses.field(default_factory=dict)
    user: str | None = None       # Another user than the supervisor's.
    migrates: bool = False        # Has a schema: `<program> migrate` runs before it starts.
    ready: object = bool          # () -> whether it answers
    reads: tuple = ()             # Files it keeps in memory: it is restarted when one is newer.
    stop_signal: str = "TERM"
    patience: int = 20            # Seconds it gets to stop gently.


def build_folder():
    """build/release, or what LINTEL_BUILD says: the tests run the sanitized build."""
    return pathlib.Path(os.environ.get("LINTEL_BUILD", ROOT / "build/release")).absolute()


def binary(name):
    return build_folder() / "bin" / ("gateway" if name == "gateway" else f"lintel-{name}")


def services():
    """The services this build has."""
    return tuple(name for name in SERVICES if binary(name).exists())


def port_names():
    names = ["http", "sip", "pg", "kamailio-ws", "rtp"]
    for process in (*SERVICES, *MEDIA):
        names += [process, process + "-metrics"]
    return names


def shared_environment(home, ports):
    """What every one of our processes gets: where it lives, its databases, and where the others answer."""
    passed = {key: value for key, value in os.environ.items()
              if key.startswith("LINTEL_") and key not in NOT_PASSED_ON and not key.startswith("LINTEL_TEST_P")
              and not key.endswith("_PORT")}
    return passed | {
        "LINTEL_HOME": str(home.path),
        "LINTEL_PG": Cluster(home, ports["pg"]).dsn,
        "LINTEL_REDIS": str(Redis(home).socket),
        "LINTEL_SIP_DOMAIN": passed.get("LINTEL_SIP_DOMAIN", "lintel.local"),
        "LINTEL_OPERATOR_PUBLIC_KEY": keys.operator_keys(home)[1],
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    } | {f"LINTEL_{name.upper()}_ADDR": f"127.0.0.1:{ports[name]}" for name in SERVICES}


def programs(home, ports):
    """In the order they start; `down` stops them in reverse."""
    shared = shared_environment(home, ports)
    found = foundation(home, ports)
    found += [service(name, home, ports, shared) for name in services()]
    if "telephony" in services():
        found.append(proxy(home, ports, shared))
        found += [media(name, home, ports, shared) for name in MEDIA]
    if binary("gateway").exists():
        found.append(gateway(home, ports, shared))
    return found


def foundation(home, ports):
    cluster, redis = Cluster(home, ports["pg"]), Redis(home)
    return [
        Program("postgres", tuple(cluster.command()), user=cluster.user, ready=cluster.answers, stop_signal="INT"),
        Program("redis", tuple(redis.command()), ready=redis.answers),
    ]


def service(name, home, ports, shared):
    environment = shared | {"LINTEL_METRICS_PORT": str(ports[name + "-metrics"])}
    if name == "identity":
        environment["LINTEL_OPERATOR_SECRET_KEY"] = keys.operator_keys(home)[0]
    if name == "telephony":
        environment["LINTEL_KAMAILIO_RPC"] = kamailio.rpc_socket(home)
    return Program(name, (str(binary(name)),), after=("postgres", "redis") if name == "identity" else ("identity",),
                   migrates=True, environment=environment, ready=lambda: accepts("127.0.0.1", ports[name]))


def proxy(home, ports, shared):
    """Kamailio needs PostgreSQL to start, not to run. Its tables lie in telephony's schema."""
    return Program("kamailio", tuple(kamailio.configure(home, ports, HOSTS, MEDIA, shared)), after=("telephony",),
                   environment={"PGOPTIONS": "-c search_path=telephony"},
                   ready=lambda: accepts(HOSTS["kamailio-ws"], ports["kamailio-ws"]))


def media(name, home, ports, shared):
    low = ports["rtp"]
    return Program(name, (str(binary("media")),), after=("telephony", "kamailio"), patience=60, environment=shared | {
        "LINTEL_MEDIA_NAME": name,
        "LINTEL_MEDIA_SIP": f"{HOSTS[name]}:{ports[name]}",
        "LINTEL_MEDIA_RTP_HOST": HOSTS[name],
        "LINTEL_MEDIA_RTP_PORTS": f"{low}-{low + RTP_PORTS - 1}",
        "LINTEL_MEDIA_TRUSTED": HOSTS["kamailio"],
        "LINTEL_KAMAILIO": f"{HOSTS['kamailio']}:{ports['sip']}",
        "LINTEL_SERVICE_KEY": keys.service_key(home),
        "LINTEL_PROMPTS": str(ROOT / "deploy/demo/prompts"),
        "LINTEL_METRICS_PORT": str(ports[name + "-metrics"]),
    }, ready=lambda: http_ok(f"http://127.0.0.1:{ports[name + '-metrics']}/metrics"))


def gateway(home, ports, shared):
    certificate = home.secrets / "tls.crt"
    encrypted = home.read_json("run/instance.json", {}).get("lan", False)
    environment = shared | {
        "LINTEL_HTTP_ADDR": f"{'0.0.0.0' if encrypted else '127.0.0.1'}:{ports['http']}",
        "LINTEL_DESCRIPTORS": str(build_folder() / "lintel.fds"),
        "LINTEL_BACKENDS": ",".join(f"{name}=127.0.0.1:{ports[name]}" for name in services()),
        "LINTEL_WEB_ROOT": str(CONSOLE.parent) if CONSOLE.exists() else "",
        "LINTEL_SIP_WS": f"{HOSTS['kamailio-ws']}:{ports['kamailio-ws']}" if "telephony" in services() else "",
        "LINTEL_SIP_SOURCE": HOSTS["gateway"],
        # A channel that nobody calls on yet connects only when gRPC looks at it, by itself every 5 s.
        "GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS": "100",
    }
    if encrypted:
        environment |= {"LINTEL_TLS_CERTIFICATE": str(certificate), "LINTEL_TLS_KEY": str(home.secrets / "tls.key")}
    return Program("gateway", (str(binary("gateway")),), after=services(), environment=environment,
                   reads=(CONSOLE, build_folder() / "lintel.fds"),
                   ready=lambda: http_ok(f"{'https' if encrypted else 'http'}://127.0.0.1:{ports['http']}/readyz"))
