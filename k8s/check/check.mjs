// Reads rendered manifests from standard input. Each must fit its Kubernetes schema and keep the rules of the house.
import { readFileSync } from 'node:fs';
import * as yaml from 'js-yaml';

const LABELS = ['name', 'instance', 'version', 'component', 'part-of', 'managed-by'];
const RUNNING = ['Deployment', 'StatefulSet'];
const OUTSIDE = new Set(['redis:6379']);  // Brought by the overlay.
const problems = [];
let checks = 0;

const documents = yaml.loadAll(readFileSync(0, 'utf8')).filter(Boolean);
if (documents.length === 0) throw new Error('nothing was rendered');
for (const document of documents) {
  const where = `${document.kind} ${document.metadata?.name}`;
  await schema(document, where);
  labels(document, where);
  const pod = document.spec?.template?.spec;
  if (pod) workload(document, pod, where);
}
budgets(documents);
policies(documents);
references(documents);

console.log(`${documents.length} documents, ${checks} checks, ${problems.length} problems`);
for (const problem of problems) console.log(`  ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);

function expect(good, problem) {
  checks += 1;
  if (!good) problems.push(problem);
}

async function schema(document, where) {
  const module = await import(`kubernetes-models/${document.apiVersion}/${document.kind}`);
  try {
    new module[document.kind](document).validate();
    expect(true);
  } catch (error) {
    expect(false, `${where}: ${error.message}`);
  }
}

function labels(document, where) {
  const present = document.metadata?.labels ?? {};
  for (const label of LABELS) expect(present[`app.kubernetes.io/${label}`], `${where}: label ${label} is missing`);
}

function workload(document, pod, where) {
  expect(pod.automountServiceAccountToken === false, `${where}: gets a service account's token`);
  expect(pod.securityContext?.runAsNonRoot === true, `${where}: may run as root`);
  expect(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', `${where}: has no seccomp profile`);
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    const name = `${where}/${container.name}`;
    const security = container.securityContext ?? {};
    expect(security.readOnlyRootFilesystem === true, `${name}: root file system is writable`);
    expect(security.allowPrivilegeEscalation === false, `${name}: may gain privileges`);
    expect(security.capabilities?.drop?.includes('ALL'), `${name}: keeps capabilities`);
    expect(container.resources?.requests?.cpu && container.resources?.requests?.memory, `${name}: requests nothing`);
    expect(container.resources?.limits?.memory, `${name}: has no memory limit`);
    expect(!/:latest$/.test(container.image) && container.image.includes(':'), `${name}: image has no fixed version`);
    if (RUNNING.includes(document.kind) && pod.containers.includes(container)) probes(container, name);
  }
}

function probes(container, name) {
  for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    expect(container[kind], `${name}: ${kind} is missing`);
  }
  const action = ({ httpGet, grpc, tcpSocket }) => JSON.stringify({ httpGet, grpc, tcpSocket });
  expect(action(container.readinessProbe ?? {}) !== action(container.livenessProbe ?? {}),
         `${name}: liveness asks what readiness asks`);
}

function budgets(all) {
  const covered = new Set(all.filter((one) => one.kind === 'PodDisruptionBudget')
    .map((one) => one.spec.selector.matchLabels['app.kubernetes.io/name']));
  for (const one of all.filter((candidate) => RUNNING.includes(candidate.kind))) {
    expect(covered.has(one.metadata.name), `${one.metadata.name}: no disruption budget`);
  }
}

function policies(all) {
  const named = all.filter((one) => one.kind === 'NetworkPolicy');
  expect(named.some((one) => Object.keys(one.spec.podSelector).length === 0), 'no default-deny network policy');
  const covered = new Set(named.map((one) => one.spec.podSelector.matchLabels?.['app.kubernetes.io/name']));
  for (const one of all.filter((candidate) => RUNNING.includes(candidate.kind))) {
    expect(covered.has(one.metadata.name), `${one.metadata.name}: no network policy`);
  }
}

// What a pod takes from the settings is there, and every address names a service and a port it has.
function references(all) {
  const settings = all.find((one) => one.kind === 'ConfigMap' && one.metadata.name === 'lintel-settings').data;
  const doors = new Set(all.filter((one) => one.kind === 'Service')
    .flatMap((one) => one.spec.ports.map((port) => `${one.metadata.name}:${port.port}`)));
  const pods = all.filter((one) => RUNNING.includes(one.kind));
  const environment = pods.flatMap((one) => one.spec.template.spec.containers.flatMap((container) => container.env));
  for (const { name, valueFrom } of environment.filter((one) => one.valueFrom?.configMapKeyRef)) {
    expect(valueFrom.configMapKeyRef.key in settings, `${name}: lintel-settings has no ${valueFrom.configMapKeyRef.key}`);
  }
  const values = [...Object.values(settings), ...environment.map((one) => one.value ?? '')];
  for (const address of values.flatMap((value) => value.match(/\b[a-z][\w.-]*:\d+\b/g) ?? [])) {
    const service = address.replace(/^media-\d+\./, '').replace('.lintel.svc.cluster.local', '');
    expect(doors.has(service) || OUTSIDE.has(address), `${address} is no service's port`);
  }
}
