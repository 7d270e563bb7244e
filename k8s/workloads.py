"""What runs, as a table: the processes differ in little, and all of it stands here. generate.py makes manifests of it."""

import dataclasses

GRPC, METRICS, HTTP, SIP = 9000, 9100, 8080, 5080
RTP = (20000, 20999)
DRAIN_SECONDS = 3600  # A media node waits for its calls to end.


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    component: str
    replicas: int
    cpu: str
    memory: str
    limit: str
    callers: tuple          # Who may reach its port: names of CALLERS; none: everybody.
    tables: bool = True     # Migrations run before it, and it signs on to PostgreSQL.
    blobs: bool = False     # Reads and writes objects on the shared volume.
    own_volume: str = ""    # Keeps a spool that the next pod of the same name must find: a StatefulSet.
    grace: int = 30
    service_links: bool = False  # Gets the addresses of the namespace's services as variables.


def service(name, callers=("gateway", "services"), cpu="100m", memory="64Mi", limit="256Mi", replicas=2, **more):
    return Workload(name, "service", replicas, cpu, memory, limit, callers, **more)


WORKLOADS = (
    service("identity", blobs=True),
    service("inventory"),
    service("customers", blobs=True),
    service("sales"),
    service("finance"),
    service("reporting", memory="96Mi", limit="512Mi"),
    service("analytics", memory="96Mi", limit="512Mi"),
    # One: nodes and gateways hold one connection, and only the owner of the exchange answers it. Away, nodes play the fallback.
    service("telephony", ("gateway", "services", "media"), cpu="200m", memory="96Mi", limit="512Mi", replicas=1,
            blobs=True, own_volume="1Gi"),
    Workload("media", "media", 2, "1000m", "128Mi", "1Gi", ("kamailio",), tables=False, own_volume="20Gi",
             grace=DRAIN_SECONDS),
    Workload("gateway", "edge", 2, "200m", "64Mi", "512Mi", (), tables=False, grace=60,
             service_links=True),
)
SERVICES = [one.name for one in WORKLOADS if one.component == "service"]
CALLERS = {
    "gateway": "app.kubernetes.io/name: gateway", "media": "app.kubernetes.io/name: media",
    "kamailio": "app.kubernetes.io/name: kamailio", "services": "app.kubernetes.io/component: service",
}

POD_IP = ("POD_IP", "field", "status.podIP")
# What a process needs beside the common settings: variable, kind of source, value.
OWN = {
    "identity": [("LINTEL_OPERATOR_SECRET_KEY", "secret", "token.key")],
    # The address is the holder's name in the exchange's lease: it must be this pod's alone.
    "telephony": [POD_IP, ("LINTEL_TELEPHONY_LISTEN", "value", f"$(POD_IP):{GRPC}"),
                  ("LINTEL_KAMAILIO_RPC", "value", "kamailio:8091")],
    "media": [POD_IP, ("POD_NAME", "field", "metadata.name"), ("LINTEL_MEDIA_NAME", "value", "$(POD_NAME)"),
              ("LINTEL_MEDIA_SIP", "value", f"$(POD_IP):{SIP}"), ("LINTEL_MEDIA_RTP_HOST", "value", "$(POD_IP)"),
              ("LINTEL_MEDIA_RTP_PORTS", "value", f"{RTP[0]}-{RTP[1]}"),
              # In full: the SIP library looks names up as they stand, without the cluster's search list.
              ("LINTEL_KAMAILIO", "value", "kamailio.lintel.svc.cluster.local:5060"),
              ("LINTEL_MEDIA_TRUSTED", "setting", "LINTEL_POD_NETWORK"),
              ("LINTEL_MEDIA_DRAIN_MS", "value", str((DRAIN_SECONDS - 60) * 1000)),
              ("LINTEL_SERVICE_KEY", "secret", "service.key")],
    "gateway": [("LINTEL_HTTP_ADDR", "value", f"0.0.0.0:{HTTP}"), ("LINTEL_DESCRIPTORS", "value", "/usr/lib/lintel/lintel.fds"),
                ("LINTEL_WEB_ROOT", "value", "/usr/lib/lintel/web"),
                # The tunnel wants an address: that of the service kamailio-ws, which Kubernetes puts into the environment.
                ("LINTEL_SIP_WS", "value", "$(KAMAILIO_WS_SERVICE_HOST):8080"),
                # A channel that nobody calls on yet connects only when gRPC looks at it, by itself every 5 s.
                ("GRPC_CLIENT_CHANNEL_BACKUP_POLL_INTERVAL_MS", "value", "100"),
                ("LINTEL_BACKENDS", "value", ",".join(f"{name}={name}:{GRPC}" for name in SERVICES))],
}


def environment(one):
    rows = [("LINTEL_HOME", "value", "/var/lib/lintel")]
    if one.name != "gateway":  # Which serves its metrics beside everything else.
        rows += [("LINTEL_METRICS_HOST", "value", "0.0.0.0"), ("LINTEL_METRICS_PORT", "value", str(METRICS))]
    if one.component == "service" and one.name != "telephony":
        rows.append((f"LINTEL_{one.name.upper()}_LISTEN", "value", f"0.0.0.0:{GRPC}"))
    return rows + OWN.get(one.name, [])


def ports(one):
    """(name, port, protocol) of what it listens on; the first is what callers reach."""
    own = {"gateway": ("http", HTTP, "TCP"), "media": ("sip", SIP, "UDP")}.get(one.name, ("grpc", GRPC, "TCP"))
    return [own] if one.name == "gateway" else [own, ("metrics", METRICS, "TCP")]
