import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, RelationKind } from '../../../domain/extract/contract.ts';
import { childOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import { at, type KubeObject, stringMap } from './object.ts';

/** Ties of one object to others by name: ingress to service, autoscaler to workload, binding to role and accounts. */
export function namedTies(file: FileBuilder, object: KubeObject, fact: Fact): void {
  const { root, kind } = object;
  const tie = (to: string | undefined, name: YamlNode | undefined, relation: RelationKind = 'depends-on') => {
    const text = textOf(name);
    if (to === undefined || text === undefined || name === undefined) return;
    const target = {
      by: 'name',
      kinds: ['resource', 'service', 'job'],
      name: `${to}/${text}`,
      scope: file.scope,
    } as const;
    file.refer(fact, relation, target, name);
  };
  switch (kind) {
    case 'Ingress':
      for (const backend of ingressBackends(root)) tie('Service', backend, 'calls');
      for (const tls of itemsOf(at(root, 'spec', 'tls'))) tie('Secret', childOf(tls, 'secretName'), 'reads');
      break;
    case 'HorizontalPodAutoscaler':
    case 'VerticalPodAutoscaler':
    case 'ScaledObject': {
      const target = at(root, 'spec', 'scaleTargetRef') ?? at(root, 'spec', 'targetRef');
      tie(textOf(childOf(target, 'kind')) ?? 'Deployment', childOf(target, 'name'), 'writes');
      break;
    }
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      tie(textOf(at(root, 'roleRef', 'kind')), at(root, 'roleRef', 'name'));
      for (const subject of itemsOf(childOf(root, 'subjects')))
        tie(textOf(childOf(subject, 'kind')), childOf(subject, 'name'));
      break;
    case 'StatefulSet':
      tie('Service', at(root, 'spec', 'serviceName'));
      break;
    case 'PersistentVolumeClaim':
      tie('StorageClass', at(root, 'spec', 'storageClassName'));
      break;
  }
}

function ingressBackends(root: YamlNode): YamlNode[] {
  const found: YamlNode[] = [];
  const add = (backend: YamlNode | undefined) => {
    const name = at(backend, 'service', 'name') ?? childOf(backend, 'serviceName');
    if (name !== undefined) found.push(name);
  };
  add(at(root, 'spec', 'defaultBackend') ?? at(root, 'spec', 'backend'));
  for (const rule of itemsOf(at(root, 'spec', 'rules')))
    for (const path of itemsOf(at(rule, 'http', 'paths'))) add(childOf(path, 'backend'));
  return found;
}

/** Services and budgets find pods by labels; within one file that can be told for certain. */
export function selectorTies(file: FileBuilder, found: readonly { object: KubeObject; fact: Fact }[]): void {
  // A wanted label narrows the candidates at once, so many services over many workloads stay linear.
  const byLabel = new Map<string, { fact: Fact; labels: Map<string, string>; namespace: string | undefined }[]>();
  for (const { object, fact } of found) {
    if (fact.kind !== 'service') continue;
    const labels = stringMap(
      at(object.root, 'spec', 'template', 'metadata', 'labels') ?? at(object.root, 'metadata', 'labels'),
    );
    for (const [key, value] of labels) {
      const group = byLabel.get(`${key}=${value}`);
      const entry = { fact, labels, namespace: object.namespace };
      if (group === undefined) byLabel.set(`${key}=${value}`, [entry]);
      else group.push(entry);
    }
  }
  for (const { object, fact } of found) {
    const selector =
      object.kind === 'Service'
        ? at(object.root, 'spec', 'selector')
        : /^(?:PodDisruptionBudget|ServiceMonitor|PodMonitor)$/.test(object.kind)
          ? at(object.root, 'spec', 'selector', 'matchLabels')
          : undefined;
    const wanted = [...stringMap(selector)];
    if (selector === undefined || wanted.length === 0) continue;
    const groups = wanted.map(([key, value]) => byLabel.get(`${key}=${value}`) ?? []);
    const narrow = groups.reduce((least, group) => (group.length < least.length ? group : least));
    for (const { fact: workload, labels, namespace } of narrow.slice(0, 20)) {
      if (namespace !== object.namespace || !wanted.every(([key, value]) => labels.get(key) === value)) continue;
      const target = { by: 'name', kinds: ['service'], name: workload.name, scope: file.scope } as const;
      file.refer(fact, 'calls', target, selector);
    }
  }
}
