#!/usr/bin/env python3
"""Writes base/: one hardened manifest per process from the table below. `./lintel test` fails when base/ differs.

The processes differ in little: what they are, how many run, how much they need, whether they keep tables, who may call
them. All the rest - labels, security, probes, budget - is the same for each and stands once, in this file."""

import pathlib
import sys

BASE = pathlib.Path(__file__).resolve().parent / "base"
GRPC, METRICS, HTTP = 9000, 9100, 8080
IMAGE = "lintel"
VERSION = "0.1.0"

# name: component, replicas, CPU request, memory request, memory limit, has tables, callers
WORKLOADS = {
    "identity":  ("service", 2, "100m", "64Mi", "256Mi", True, ("gateway", "services")),
    "inventory": ("service", 2, "100m", "64Mi", "256Mi", True, ("gateway", "services")),
    "customers": ("service", 2, "100m", "64Mi", "256Mi", True, ("gateway", "services")),
    "sales":     ("service", 2, "100m", "64Mi", "256Mi", True, ("gateway", "services")),
    "finance":   ("service", 2, "100m", "64Mi", "256Mi", True, ("gateway", "services")),
    "reporting": ("service", 2, "100m", "96Mi", "512Mi", True, ("gateway", "services")),
    "analytics": ("service", 2, "100m", "96Mi", "512Mi", True, ("gateway", "services")),
    "telephony": ("service", 2, "200m", "96Mi", "512Mi", True, ("gateway", "services", "media")),
    "media":     ("media", 2, "1000m", "128Mi", "1Gi", False, ("kamailio", "services")),
    "gateway":   ("edge", 2, "200m", "64Mi", "512Mi", False, ("outside",)),
}
DRAIN_SECONDS = {"media": 3600, "gateway": 60}

HEADER = """\
# Written by k8s/generate.py; change the table there. {purpose}
"""
SECURITY = """\
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {grace}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
"""
CONTAINER_SECURITY = """\
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
"""
MOUNTS = """\
          volumeMounts:
            - {name: home, mountPath: /var/lib/lintel}
            - {name: secrets, mountPath: /var/lib/lintel/secrets, readOnly: true}
            - {name: tmp, mountPath: /tmp}
"""
# Blobs are shared between replicas; everything else under the home is a scratch folder.
VOLUMES = """\
      volumes:
        - name: home
          persistentVolumeClaim:
            claimName: lintel-blob
        - name: secrets
          secret:
            secretName: lintel-keys
            defaultMode: 0440
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
"""
SPREAD = """\
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: {name}
"""


def labels(name, component, indent):
    rows = {"name": name, "instance": "lintel", "version": f'"{VERSION}"', "component": component, "part-of": "lintel",
            "managed-by": "kustomize"}
    return "".join(f"{' ' * indent}app.kubernetes.io/{key}: {value}\n" for key, value in rows.items())


def metadata(name, component, indent=2):
    return f"{' ' * (indent - 2)}metadata:\n{' ' * indent}name: {name}\n{' ' * indent}labels:\n{labels(name, component, indent + 2)}"


def probes(name):
    """Startup waits for the first connections; liveness never asks the database; readiness is the process's own word."""
    if name == "media":
        ready = f"httpGet: {{path: /metrics, port: {METRICS}}}"
        alive = f"tcpSocket: {{port: {METRICS}}}"
    elif name == "gateway":
        ready, alive = f"httpGet: {{path: /readyz, port: {HTTP}}}", f"httpGet: {{path: /healthz, port: {HTTP}}}"
    else:
        ready, alive = f"grpc: {{port: {GRPC}}}", f"tcpSocket: {{port: {GRPC}}}"
    return f"""\
          startupProbe:
            {alive}
            periodSeconds: 1
            failureThreshold: 60
          readinessProbe:
            {ready}
            periodSeconds: 2
            failureThreshold: 2
          livenessProbe:
            {alive}
            periodSeconds: 10
            failureThreshold: 6
"""


# What a process needs beside the common settings; {names} are other services' addresses.
SERVICES = [name for name, row in WORKLOADS.items() if row[0] == "service"]
OWN = {
    "identity": [("LINTEL_OPERATOR_SECRET_KEY", "secret", "token.key")],
    "media": [("POD_NAME", "field", "metadata.name"), ("POD_IP", "field", "status.podIP"),
              ("LINTEL_MEDIA_NAME", "value", "$(POD_NAME)"), ("LINTEL_MEDIA_SIP", "value", "$(POD_IP):5080"),
              ("LINTEL_MEDIA_RTP_HOST", "value", "$(POD_IP)"), ("LINTEL_MEDIA_RTP_PORTS", "value", "20000-20999"),
              ("LINTEL_KAMAILIO", "value", "kamailio:5060"), ("LINTEL_SERVICE_KEY", "secret", "service.key")],
    "gateway": [("LINTEL_HTTP_ADDR", "value", f"0.0.0.0:{HTTP}"), ("LINTEL_DESCRIPTORS", "value", "/usr/lib/lintel/lintel.fds"),
                ("LINTEL_WEB_ROOT", "value", "/usr/lib/lintel/web"), ("LINTEL_SIP_WS", "value", "kamailio:8080"),
                ("LINTEL_BACKENDS", "value", ",".join(f"{name}={name}:{GRPC}" for name in SERVICES))],
}


def variable(name, kind, value):
    if kind == "secret":
        return f"            - name: {name}\n              valueFrom:\n                secretKeyRef: {{name: lintel-keys, key: {value}}}\n"
    if kind == "field":
        return f"            - name: {name}\n              valueFrom:\n                fieldRef: {{fieldPath: {value}}}\n"
    return f'            - {{name: {name}, value: "{value}"}}\n'


def environment(name):
    wanted = [("LINTEL_HOME", "value", "/var/lib/lintel"), ("LINTEL_METRICS_PORT", "value", str(METRICS))]
    if name in SERVICES:
        wanted.append((f"LINTEL_{name.upper()}_LISTEN", "value", f"0.0.0.0:{GRPC}"))
    rows = "".join(variable(*one) for one in wanted + OWN.get(name, []))
    return f"          envFrom:\n            - configMapRef: {{name: lintel-settings}}\n          env:\n{rows}"


def deployment(name, component, replicas, cpu, memory, limit):
    ports = f"            - {{name: grpc, containerPort: {GRPC}}}\n"
    if name == "gateway":
        ports = f"            - {{name: http, containerPort: {HTTP}}}\n"
    return f"""\
apiVersion: apps/v1
kind: Deployment
{metadata(name, component)}spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
      app.kubernetes.io/instance: lintel
  strategy:
    type: RollingUpdate
    rollingUpdate: {{maxUnavailable: 0, maxSurge: 1}}
  template:
    metadata:
      labels:
{labels(name, component, 8)}    spec:
{SECURITY.format(grace=DRAIN_SECONDS.get(name, 30))}{SPREAD.format(name=name)}      containers:
        - name: {name}
          image: {IMAGE}-{name}:{VERSION}
          imagePullPolicy: IfNotPresent
          ports:
{ports}            - {{name: metrics, containerPort: {METRICS}}}
{environment(name)}          resources:
            requests: {{cpu: {cpu}, memory: {memory}}}
            limits: {{memory: {limit}}}
{probes(name)}{CONTAINER_SECURITY}{MOUNTS}{VOLUMES}"""


def service(name, component):
    port = f"- {{name: http, port: 80, targetPort: {HTTP}}}" if name == "gateway" else f"- {{name: grpc, port: {GRPC}}}"
    # A gRPC connection stays on one pod; callers balance over the addresses themselves, hence no cluster address.
    cluster = "" if name == "gateway" else "  clusterIP: None\n"
    return f"""\
apiVersion: v1
kind: Service
{metadata(name, component)}spec:
{cluster}  selector:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/instance: lintel
  ports:
    {port}
    - {{name: metrics, port: {METRICS}}}
"""


def budget(name, component):
    return f"""\
apiVersion: policy/v1
kind: PodDisruptionBudget
{metadata(name, component)}spec:
  minAvailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
      app.kubernetes.io/instance: lintel
"""


def migration(name):
    """Runs before a rollout, as the role that may create schemas; the services themselves never may."""
    job = name + "-migrate"
    return f"""\
apiVersion: batch/v1
kind: Job
{metadata(job, "migration")}spec:
  backoffLimit: 3
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels:
{labels(job, "migration", 8)}    spec:
      restartPolicy: Never
{SECURITY.format(grace=30)}      containers:
        - name: migrate
          image: {IMAGE}-{name}:{VERSION}
          args: ["migrate"]
          envFrom:
            - configMapRef: {{name: lintel-settings}}
          env:
            - name: LINTEL_PG_ADMIN
              valueFrom:
                secretKeyRef: {{name: lintel-database-admin, key: connection}}
          resources:
            requests: {{cpu: 50m, memory: 64Mi}}
            limits: {{memory: 256Mi}}
{CONTAINER_SECURITY}          volumeMounts:
            - {{name: tmp, mountPath: /tmp}}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
"""


CALLERS = {
    "gateway": "app.kubernetes.io/name: gateway", "media": "app.kubernetes.io/name: media",
    "kamailio": "app.kubernetes.io/name: kamailio", "services": "app.kubernetes.io/component: service",
}


def network_policy(name, component, callers):
    """Nothing may connect but those named; metrics are for the namespace that is labelled as monitoring."""
    if callers == ("outside",):
        sources = f"  - ports: [{{protocol: TCP, port: {HTTP}}}]\n"
    else:
        peers = "".join(f"    - podSelector:\n        matchLabels: {{{CALLERS[caller]}}}\n" for caller in callers)
        sources = f"  - from:\n{peers}    ports: [{{protocol: TCP, port: {GRPC}}}]\n"
    return f"""\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{metadata(name, component)}spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {name}
      app.kubernetes.io/instance: lintel
  policyTypes: ["Ingress"]
  ingress:
{sources}  - from:
    - namespaceSelector:
        matchLabels: {{lintel/monitoring: "true"}}
    ports: [{{protocol: TCP, port: {METRICS}}}]
"""


def documents():
    for name, (component, replicas, cpu, memory, limit, tables, callers) in WORKLOADS.items():
        parts = [deployment(name, component, replicas, cpu, memory, limit), service(name, component),
                 budget(name, component), network_policy(name, component, callers)]
        if tables:
            parts.append(migration(name))
        purpose = "Drained before it leaves: calls end first." if name == "media" else ""
        yield name + ".yaml", HEADER.format(purpose=purpose).rstrip() + "\n" + "---\n".join(parts)


def main():
    check = sys.argv[1:] == ["--check"]
    different = [name for name, text in documents()
                 if not (BASE / name).exists() or (BASE / name).read_text(encoding="utf-8") != text]
    if check:
        print("\n".join(f"base/{name} differs from what generate.py writes" for name in different))
        return 1 if different else 0
    for name, text in documents():
        (BASE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
