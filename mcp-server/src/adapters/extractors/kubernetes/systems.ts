import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { entriesOf, entryOf, spanOf, textOf } from '../yaml/node.ts';
import { at, type KubeObject } from './object.ts';

/** API groups that every conformant cluster serves (kubernetes.io/docs/reference/using-api, "API groups"). */
const builtIn = /^(?:|apps|batch|autoscaling|policy|extensions|[a-z.]*\.k8s\.io)$/;
// Groups of the project's own special interest groups that are installed like anybody else's.
const addOns =
  /^(?:gateway\.networking|metrics|custom\.metrics|snapshot\.storage|cluster|[a-z.]*\.cluster|kustomize\.config|scheduling\.x|kueue\.x|jobset\.x|agents\.x)\.(?:x-)?k8s\.io$/;

/** Annotation and provisioner prefixes that only one controller or cloud understands. */
const controllers: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:service\.beta\.kubernetes\.io\/aws-|eks\.amazonaws\.com\/|alb\.ingress\.kubernetes\.io\/|iam\.amazonaws\.com\/|[a-z.]*\.amazonaws\.com(?:\/|$)|kubernetes\.io\/aws-|[a-z]+\.k8s\.aws\/)/,
    'aws',
  ],
  [
    /^(?:service\.beta\.kubernetes\.io\/azure-|azure\.workload\.identity\/|appgw\.ingress\.kubernetes\.io\/|kubernetes\.azure\.com\/|[a-z]+\.csi\.azure\.com|kubernetes\.io\/azure-)/,
    'azure',
  ],
  [
    /^(?:cloud\.google\.com\/|networking\.gke\.io\/|iam\.gke\.io\/|ingress\.gcp\.kubernetes\.io\/|[a-z]+\.csi\.storage\.gke\.io|kubernetes\.io\/gce-)/,
    'gcp',
  ],
  [/^service\.beta\.kubernetes\.io\/(?:do|digitalocean)-/, 'digitalocean'],
  [/^load-balancer\.hetzner\.cloud\//, 'hetzner'],
  [/^loadbalancer\.openstack\.org\//, 'openstack'],
  [/^service\.beta\.kubernetes\.io\/oci-/, 'oci'],
  [/^nginx\.(?:ingress\.kubernetes|org)/, 'nginx-ingress'],
  [/^traefik\./, 'traefik'],
  [/^haproxy(?:-ingress)?\./, 'haproxy'],
  [/(?:^|\.)konghq\.com\//, 'kong'],
  [/(?:^|\.)istio\.io\//, 'istio'],
  [/^linkerd\.io\//, 'linkerd'],
  [/^cert-manager\.io\//, 'cert-manager'],
  [/^external-dns\.alpha\.kubernetes\.io\//, 'external-dns'],
  [/^vault\.hashicorp\.com\//, 'vault'],
  [/^prometheus\.io\//, 'prometheus'],
  [/^argocd\.argoproj\.io\//, 'argocd'],
  [/^(?:meta\.)?helm\.(?:sh|toolkit\.fluxcd\.io)\//, 'helm'],
  [/^metallb\.(?:universe\.tf|io)\//, 'metallb'],
];

export function controllerOf(name: string): string | undefined {
  return controllers.find(([prefix]) => prefix.test(name))?.[1];
}

/** The cluster's own API, and each group that something has to be installed for. */
export function systemOf(group: string): { system: string; swap: 'rename' | 're-parameterise' | 'rewrite' } {
  return builtIn.test(group) && !addOns.test(group)
    ? { system: 'kubernetes', swap: 'rewrite' }
    : { system: group, swap: 'rewrite' };
}

/** Couplings of one object: its API group, the controllers its annotations speak to, its storage provisioner. */
export function systemCouplings(file: FileBuilder, object: KubeObject, fact: Fact): void {
  const apiVersion = entryOf(object.root, 'apiVersion');
  const { system, swap } = systemOf(object.group);
  file.couple({
    system,
    class: 'api',
    swap,
    at: apiVersion === undefined ? object : spanOf(apiVersion),
    consumers: [fact],
  });
  const annotated = [
    at(object.root, 'metadata', 'annotations'),
    at(object.root, 'spec', 'template', 'metadata', 'annotations'),
    at(object.root, 'spec', 'jobTemplate', 'spec', 'template', 'metadata', 'annotations'),
  ];
  for (const entry of annotated.flatMap(entriesOf)) {
    const controller = controllerOf(entry.key);
    if (controller === undefined) continue;
    const at = spanOf(entry);
    file.couple({ system: controller, class: 'annotation', swap: 're-parameterise', at, consumers: [fact] });
  }
  const byName =
    object.kind === 'StorageClass'
      ? entryOf(object.root, 'provisioner')
      : object.kind === 'Ingress'
        ? entryOf(at(object.root, 'spec'), 'ingressClassName')
        : undefined;
  const text = textOf(byName?.value);
  if (byName === undefined || text === undefined) return;
  const known = controllerOf(text) ?? text;
  file.couple({ system: known, class: 'controller', swap: 're-parameterise', at: spanOf(byName), consumers: [fact] });
}

/** A definition makes a group of its own: others may ask this system for objects. */
export function definedSystem(file: FileBuilder, object: KubeObject): void {
  const group = entryOf(at(object.root, 'spec'), 'group');
  const text = textOf(group?.value);
  if (object.kind !== 'CustomResourceDefinition' || group === undefined || text === undefined) return;
  file.fact({ kind: 'system', name: text, at: spanOf(group), attributes: { definedBy: object.title } });
}
