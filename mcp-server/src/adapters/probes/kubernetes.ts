import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import type { FactKind } from '../../domain/feasibility/snapshot.ts';
import { KUBE_ENV, KUBE_SET, kubeTargets } from './kube-targets.ts';
import { type Call, defineProbe, isRefusal } from './probe.ts';

/** kubectl's own limit ends one request; the probe's ends all of them. */
const kubectl = (...args: string[]): Call => ({
  run: ['kubectl', '--context={context}', '--request-timeout=10s', '--cache-dir=/nonexistent/countersign', ...args],
  set: KUBE_SET,
});

const versionSchema = z.object({ serverVersion: z.object({ gitVersion: z.string() }).optional() });
const quotaSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string().default('') }),
      status: z
        .object({
          hard: z.record(z.string(), z.string()).optional(),
          used: z.record(z.string(), z.string()).optional(),
        })
        .optional(),
    }),
  ),
});

/** What a list of names is about. */
const LISTS: Record<string, { kind: FactKind; none: string }> = {
  resources: { kind: 'resource', none: 'the cluster lists no resource types' },
  crds: { kind: 'resource', none: 'no custom resources are defined' },
  'storage-classes': { kind: 'resource', none: 'there is no storage class' },
  'ingress-classes': { kind: 'resource', none: 'there is no ingress class' },
  namespaces: { kind: 'resource', none: 'there is no namespace' },
};

/** A cluster as kubectl sees it, with the rights of who asks. */
export const kubernetes = defineProbe({
  name: 'kubernetes',
  answers: "a cluster's version, resource types, classes, quotas, and what this account may do",
  needs: 'kubectl and a kubeconfig',
  strips: 'everything but names, versions and quantities',
  env: KUBE_ENV,
  calls: {
    version: kubectl('version', '-o', 'json'),
    resources: kubectl('api-resources', '-o', 'name'),
    crds: kubectl('get', 'customresourcedefinitions', '-o', 'name'),
    'storage-classes': kubectl('get', 'storageclasses', '-o', 'name'),
    'ingress-classes': kubectl('get', 'ingressclasses', '-o', 'name'),
    namespaces: kubectl('get', 'namespaces', '-o', 'name'),
    rights: kubectl('auth', 'can-i', '--list', '--no-headers'),
    quotas: kubectl('get', 'resourcequotas', '--all-namespaces', '-o', 'json'),
  },
  targets: (around) => kubeTargets('kubernetes', around),
  async look({ id }, { ask, text, found }) {
    const version = await ask('version', versionSchema);
    if (isRefusal(version)) return found({ id, kind: 'system', ...version });
    const server = version.value.serverVersion?.gitVersion;
    if (server === undefined) return found({ id, kind: 'system', outcome: 'not-probed', reason: 'no server answers' });
    found({ id, kind: 'system', outcome: 'present', version: server });
    await Promise.all([
      ...Object.entries(LISTS).map(async ([name, { kind, none }]) => {
        const answer = await text(name);
        const at = `${id}/${name}`;
        if (isRefusal(answer)) return found({ id: at, kind, ...answer });
        const names = linesOf(answer.value).map((line) => line.replace(/^[^/]*\//, ''));
        found(
          names.length === 0
            ? { id: at, kind, outcome: 'absent', reason: none }
            : { id: at, kind, outcome: 'present', offers: names },
        );
      }),
      rights(),
      quotas(),
    ]);

    async function rights() {
      const answer = await text('rights');
      if (isRefusal(answer)) return found({ id: `${id}/rights`, kind: 'right', ...answer });
      found({ id: `${id}/rights`, kind: 'right', outcome: 'present', offers: rightsOf(answer.value) });
    }

    async function quotas() {
      const answer = await ask('quotas', quotaSchema);
      if (isRefusal(answer)) return found({ id: `${id}/quotas`, kind: 'quota', ...answer });
      const { items } = answer.value;
      if (items.length === 0)
        return found({ id: `${id}/quotas`, kind: 'quota', outcome: 'absent', reason: 'nothing is limited' });
      for (const { metadata, status } of items) {
        const { hard = {}, used = {} } = status ?? {};
        found({
          id: `${id}/${factId('quotas', metadata.namespace, metadata.name)}`,
          kind: 'quota',
          outcome: 'present',
          offers: Object.entries(hard).map(([name, limit]) => `${name}: ${used[name] ?? '0'} of ${limit} used`),
        });
      }
    }
  },
});

const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || []);

/** Lines of `kubectl auth can-i --list`: resources, [URLs], [names], [verbs]; what is about URLs alone is left out. */
function rightsOf(text: string): string[] {
  return linesOf(text).flatMap((line) => {
    const match = /^(\S+)\s+\[([^\]]*)\]\s+\[([^\]]*)\]\s+\[([^\]]*)\]$/.exec(line);
    if (match === null || match[1]!.startsWith('[')) return [];
    const [, resource, , names, verbs] = match;
    return [`${resource}${names === '' ? '' : ` (only ${names})`}: ${verbs}`];
  });
}
