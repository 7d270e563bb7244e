#!/usr/bin/env python3
"""Writes base/: one hardened manifest per process of workloads.py. `./lintel test` fails when base/ differs.

Labels, security, probes and budget are the same for each and stand once, in this file. Kamailio, which is not ours, has
its manifest written by hand: base/kamailio.yaml."""

import pathlib
import sys

from workloads import CALLERS, HTTP, METRICS, RTP, WORKLOADS, environment, ports

BASE = pathlib.Path(__file__).resolve().parent / "base"
IMAGE = "lintel"
VERSION = "0.1.0"

HEADER = "# Written by k8s/generate.py; change k8s/workloads.py.{purpose}\n"
PURPOSE = {"media": " Drained before it leaves: calls end first.",
           "telephony": " Its volume holds records that wait for PostgreSQL."}
SECURITY = """\
      automountServiceAccountToken: false
      enableServiceLinks: {links}
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
# libpq takes passwords from a file of its reader's alone, which a mounted secret never is.
PASSWORDS = f"""\
      initContainers:
        - name: passwords
          image: {IMAGE}-{{name}}:{VERSION}
          command: ["install", "-m", "0600", "/var/lib/lintel/secrets/pgpass", "/tmp/pgpass"]
          resources:
            requests: {{{{cpu: 10m, memory: 16Mi}}}}
            limits: {{{{memory: 32Mi}}}}
{CONTAINER_SECURITY}          volumeMounts:
            - {{{{name: secrets, mountPath: /var/lib/lintel/secrets, readOnly: true}}}}
            - {{{{name: tmp, mountPath: /tmp}}}}
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
VOLUMES = """\
      volumes:
{home}        - name: secrets
          secret:
            secretName: lintel-keys
            defaultMode: 0440
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
"""
SCRATCH_HOME = "        - name: home\n          emptyDir:\n            sizeLimit: 256Mi\n"
BLOB = "        - name: blob\n          persistentVolumeClaim:\n            claimName: lintel-blob\n"


def labels(name, component, indent):
    rows = {"name": name, "instance": "lintel", "version": f'"{VERSION}"', "component": component, "part-of": "lintel",
            "managed-by": "kustomize"}
    return "".join(f"{' ' * indent}app.kubernetes.io/{key}: {value}\n" for key, value in rows.items())


def metadata(name, component, indent=2):
    return f"{' ' * (indent - 2)}metadata:\n{' ' * indent}name: {name}\n{' ' * indent}labels:\n{labels(name, component, indent + 2)}"


def selector(name, indent):
    return "".join(f"{' ' * indent}app.kubernetes.io/{key}: {value}\n" for key, value in (("name", name), ("instance", "lintel")))


def probes(one):
    """Startup waits for the first connections; liveness never asks the database; readiness is the process's own word."""
    port = ports(one)[0][1]
    if one.name == "media":
        ready, alive = f"httpGet: {{path: /metrics, port: {METRICS}}}", f"tcpSocket: {{port: {METRICS}}}"
    elif one.name == "gateway":
        ready, alive = f"httpGet: {{path: /readyz, port: {port}}}", f"httpGet: {{path: /healthz, port: {port}}}"
    else:
        ready, alive = f"grpc: {{port: {port}}}", f"tcpSocket: {{port: {port}}}"
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


def variable(name, kind, value):
    source = {"secret": f"secretKeyRef: {{name: lintel-keys, key: {value}}}", "field": f"fieldRef: {{fieldPath: {value}}}",
              "setting": f"configMapKeyRef: {{name: lintel-settings, key: {value}}}"}.get(kind)
    if source is None:
        return f'            - {{name: {name}, value: "{value}"}}\n'
    return f"            - name: {name}\n              valueFrom:\n                {source}\n"


def container(one):
    listens = "".join(f"            - {{name: {name}, containerPort: {port}, protocol: {protocol}}}\n"
                      for name, port, protocol in ports(one))
    blob = "            - {name: blob, mountPath: /var/lib/lintel/blob}\n" if one.blobs else ""
    return f"""\
      containers:
        - name: {one.name}
          image: {IMAGE}-{one.name}:{VERSION}
          imagePullPolicy: IfNotPresent
          ports:
{listens}          envFrom:
            - configMapRef: {{name: lintel-settings}}
          env:
{"".join(variable(*row) for row in environment(one))}          resources:
            requests: {{cpu: {one.cpu}, memory: {one.memory}}}
            limits: {{memory: {one.limit}}}
{probes(one)}{CONTAINER_SECURITY}          volumeMounts:
            - {{name: home, mountPath: /var/lib/lintel}}
{blob}            - {{name: secrets, mountPath: /var/lib/lintel/secrets, readOnly: true}}
            - {{name: tmp, mountPath: /tmp}}
"""


def workload(one):
    """A Deployment, or a StatefulSet for what keeps a volume of its own: its pods come back under the same name."""
    kind, rollout, claims = "Deployment", "  strategy:\n    type: RollingUpdate\n    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}\n", ""
    if one.own_volume:
        kind = "StatefulSet"
        rollout = f"  serviceName: {one.name}\n  podManagementPolicy: Parallel\n  updateStrategy:\n    type: RollingUpdate\n"
        claims = f"""\
  volumeClaimTemplates:
    - metadata:
        name: home
      spec:
        accessModes: ["ReadWriteOnce"]
        resources:
          requests:
            storage: {one.own_volume}
"""
    volumes = VOLUMES.format(home=("" if one.own_volume else SCRATCH_HOME) + (BLOB if one.blobs else ""))
    return f"""\
apiVersion: apps/v1
kind: {kind}
{metadata(one.name, one.component)}spec:
  replicas: {one.replicas}
  selector:
    matchLabels:
{selector(one.name, 6)}{rollout}  template:
    metadata:
      annotations: {{prometheus.io/scrape: "true", prometheus.io/port: "{ports(one)[-1][1]}"}}
      labels:
{labels(one.name, one.component, 8)}    spec:
{SECURITY.format(grace=one.grace, links=str(one.service_links).lower())}{SPREAD.format(name=one.name)}{PASSWORDS.format(name=one.name) if one.tables else ""}\
{container(one)}{volumes}{claims}"""


def service(one):
    """A gRPC connection stays on one pod; callers balance over the addresses themselves, hence no cluster address. Media
    nodes are called by their own names, also while they start or drain."""
    head = "" if one.name == "gateway" else "  clusterIP: None\n"
    head += "  publishNotReadyAddresses: true\n" if one.name == "media" else ""
    rows = "".join(f"    - {{name: {name}, port: {80 if name == 'http' else port}, targetPort: {port}, protocol: {protocol}}}\n"
                   for name, port, protocol in ports(one))
    return f"apiVersion: v1\nkind: Service\n{metadata(one.name, one.component)}spec:\n{head}  selector:\n{selector(one.name, 4)}  ports:\n{rows}"


def budget(one):
    bound = "minAvailable: 1" if one.replicas > 1 else "maxUnavailable: 1"
    return f"""\
apiVersion: policy/v1
kind: PodDisruptionBudget
{metadata(one.name, one.component)}spec:
  {bound}
  selector:
    matchLabels:
{selector(one.name, 6)}"""


def migration(one):
    """Runs before a rollout, as the role that may create schemas; the services themselves never may."""
    job = one.name + "-migrate"
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
{SECURITY.format(grace=30, links="false")}      containers:
        - name: migrate
          image: {IMAGE}-{one.name}:{VERSION}
          args: ["migrate"]
          env:
            - name: LINTEL_PG_ADMIN
              valueFrom:
                secretKeyRef: {{name: lintel-database-admin, key: connection}}
          resources:
            requests: {{cpu: 50m, memory: 64Mi}}
            limits: {{memory: 256Mi}}
{CONTAINER_SECURITY}"""


def network_policy(one):
    """Nothing may connect but those named; metrics are for the namespace that is labelled as monitoring."""
    _, port, protocol = ports(one)[0]
    peers = "".join(f"    - podSelector:\n        matchLabels: {{{CALLERS[caller]}}}\n" for caller in one.callers)
    rules = (f"  - from:\n{peers}    " if peers else "  - ") + f"ports: [{{protocol: {protocol}, port: {port}}}]\n"
    if one.name == "media":
        rules += f"  - ports: [{{protocol: UDP, port: {RTP[0]}, endPort: {RTP[1]}}}]\n"
    if port != HTTP:
        rules += f"""\
  - from:
    - namespaceSelector:
        matchLabels: {{lintel/monitoring: "true"}}
    ports: [{{protocol: TCP, port: {METRICS}}}]
"""
    return f"""\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
{metadata(one.name, one.component)}spec:
  podSelector:
    matchLabels:
{selector(one.name, 6)}  policyTypes: ["Ingress"]
  ingress:
{rules}"""


def documents():
    for one in WORKLOADS:
        parts = [workload(one), service(one), budget(one), network_policy(one)] + ([migration(one)] if one.tables else [])
        yield one.name + ".yaml", HEADER.format(purpose=PURPOSE.get(one.name, "")) + "---\n".join(parts)


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
