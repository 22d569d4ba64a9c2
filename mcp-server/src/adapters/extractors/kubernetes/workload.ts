import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import { containerFacts, containerSummary, probeKeys } from './container.ts';
import { at, type KubeObject, plainMap } from './object.ts';
import { containersOf, hasLimits, hostRights, isPrivileged, podReferences } from './pod-spec.ts';

/** An object that runs pods: a service that stays up, or a job that ends. */
export function workloadFacts(file: FileBuilder, object: KubeObject, pod: YamlNode): Fact {
  const ends = object.kind === 'Job' || object.kind === 'CronJob';
  const containers = itemsOf(childOf(pod, 'containers'));
  const rights = hostRights(pod);
  const privileged = containersOf(pod).some(isPrivileged) || rights.includes('hostPID');
  const fact = file.fact({
    kind: ends ? 'job' : 'service',
    name: object.title,
    at: object,
    attributes: {
      kind: object.kind,
      apiVersion: object.apiVersion,
      namespace: object.namespace,
      nameFrom: 'kind and metadata.name',
      // What a job does when it runs, nobody can tell from here; that it is wanted is no act.
      effect: ends ? undefined : 'write',
      object: ends ? undefined : object.title,
      replicas: textOf(at(object.root, 'spec', 'replicas')),
      containers: containersOf(pod).map(containerSummary),
      limits: containers.every(hasLimits),
      healthcheck: ends ? undefined : containers.some(hasProbe),
      privileged: privileged || undefined,
      hostRights: rights.length === 0 ? undefined : rights,
      labels: plainMap(at(object.root, 'spec', 'template', 'metadata', 'labels')),
      schedule: textOf(at(object.root, 'spec', 'schedule')),
      restartPolicy: textOf(childOf(pod, 'restartPolicy')),
      ...jobLimits(object),
    },
  });
  for (const needed of podReferences(pod))
    file.refer(fact, 'reads', { by: 'name', kinds: ['resource'], name: needed.title, scope: file.scope }, needed);
  for (const container of containersOf(pod)) containerFacts(file, fact, container);
  initPhase(file, fact, pod);
  scheduleFact(file, object);
  rolloutFact(file, object);
  return fact;
}

function hasProbe(container: YamlNode): boolean {
  return probeKeys.some((key) => entriesOf(childOf(container, key)).length > 0);
}

function jobLimits({ kind, root }: KubeObject) {
  const spec = kind === 'CronJob' ? at(root, 'spec', 'jobTemplate', 'spec') : at(root, 'spec');
  if (kind !== 'Job' && kind !== 'CronJob') return {};
  return {
    backoffLimit: textOf(childOf(spec, 'backoffLimit')),
    activeDeadlineSeconds: textOf(childOf(spec, 'activeDeadlineSeconds')),
    concurrencyPolicy: textOf(at(root, 'spec', 'concurrencyPolicy')),
  };
}

/** Init containers run one after the other before the pod does: a phase of its own. */
function initPhase(file: FileBuilder, owner: Fact, pod: YamlNode): void {
  const init = entryOf(pod, 'initContainers');
  if (init === undefined || itemsOf(init.value).length === 0) return;
  file.fact({
    kind: 'phase',
    name: 'initContainers',
    at: spanOf(init),
    attributes: {
      rule: 'init-containers-run-first',
      workload: owner.name,
      steps: itemsOf(init.value).flatMap((container) => textOf(childOf(container, 'name')) ?? []),
    },
  });
}

function scheduleFact(file: FileBuilder, object: KubeObject): void {
  const schedule = entryOf(at(object.root, 'spec'), 'schedule');
  const text = textOf(schedule?.value);
  if (object.kind !== 'CronJob' || schedule === undefined || text === undefined) return;
  const timeZone = textOf(at(object.root, 'spec', 'timeZone'));
  const fact = file.fact({
    kind: 'entrypoint',
    name: text,
    at: spanOf(schedule),
    attributes: { event: 'schedule', workload: object.title, timeZone },
  });
  file.refer(fact, 'calls', { by: 'name', kinds: ['job'], name: object.title, scope: file.scope }, spanOf(schedule));
}

/** How many pods change at once: a rolling update, a job's parallelism, a stateful set's partition. */
function rolloutFact(file: FileBuilder, object: KubeObject): void {
  const spec = object.kind === 'CronJob' ? at(object.root, 'spec', 'jobTemplate', 'spec') : at(object.root, 'spec');
  for (const key of ['strategy', 'updateStrategy', 'parallelism']) {
    const entry = entryOf(spec, key);
    if (entry === undefined) continue;
    const rolling = at(entry.value, 'rollingUpdate');
    file.fact({
      kind: 'batch',
      name: key,
      at: spanOf(entry),
      attributes: {
        rule: 'rollout-strategy',
        workload: object.title,
        type: textOf(at(entry.value, 'type')),
        maxUnavailable: textOf(childOf(rolling, 'maxUnavailable')),
        maxSurge: textOf(childOf(rolling, 'maxSurge')),
        partition: textOf(childOf(rolling, 'partition')),
        size: textOf(entry.value),
      },
    });
  }
}
