import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readFeasibility } from '../artifact/feasibility.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { draftFeasibility } from '../feasibility/draft.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { RULES } from '../rules/catalogue.ts';
import { ruleInput, runRules } from '../rules/rule.ts';
import { planDesign } from './plan.ts';
import { renderSkeleton } from './render.ts';

const SHA = 'a'.repeat(64);
const text = (template: string) =>
  readFileSync(new URL(`../../../../templates/${template}/requirements.md`, import.meta.url), 'utf8');

/** Feasibility and design as they follow, with what the rules say of both. */
function line(source: string, facts: readonly PlatformFact[]) {
  const requirements = readRequirements(source);
  const draft = draftFeasibility({
    requirements,
    facts,
    platform: `sha256:${SHA}`,
    rules: {},
    stated: [],
    existing: [],
  });
  const feasibility = readFeasibility(draft.text);
  const plan = planDesign(requirements, feasibility, facts, {});
  const design = renderSkeleton(plan, requirements, feasibility, facts);
  const artifacts = { 'requirements.md': source, 'feasibility.md': draft.text, 'design.md': design };
  const input = ruleInput(artifacts, { platform: { sha256: SHA, facts }, stated: new Map() });
  const errors = runRules(RULES, input).filter(
    ({ severity, path }) => severity === 'error' && path !== 'requirements.md',
  );
  return { draft, plan, design: readDesign(design), text: design, errors };
}

const cluster: PlatformFact[] = [
  { id: 'kubernetes/lab', kind: 'system', outcome: 'present', version: 'v1.29.4' },
  { id: 'gitlab/hq', kind: 'system', outcome: 'present', version: '17.4' },
  { id: 'get/vault', kind: 'system', outcome: 'present', version: '1.17' },
  { id: 'docker/engine', kind: 'system', outcome: 'absent' },
  { id: 'get/prometheus', kind: 'system', outcome: 'present' },
];
const network: PlatformFact[] = [
  { id: 'itential/hq', kind: 'system', outcome: 'present' },
  { id: 'itential/hq/adapter/netbox-lab', kind: 'adapter', outcome: 'present', health: 'running', version: '1.2' },
  {
    id: 'itential/hq/adapter/servicenow',
    kind: 'adapter',
    outcome: 'present',
    health: 'stopped',
    reason: 'its state is STOPPED',
  },
  { id: 'itential/hq/workflow/Create~20VLAN', kind: 'work', outcome: 'present', offers: ['Create VLAN'] },
];
const hosts: PlatformFact[] = [
  { id: 'ansible', kind: 'system', outcome: 'present', version: '2.14.18' },
  {
    id: 'ansible/collection/netbox.netbox',
    kind: 'client',
    outcome: 'present',
    version: '3.13.0',
    offers: ['netbox_vlan'],
  },
  { id: 'ansible/inventory/lab.ini', kind: 'inventory', outcome: 'present', offers: ['web: 2 hosts'] },
  { id: 'netbox/ipam', kind: 'system', outcome: 'present', version: '4.2.3' },
];
const nothing: PlatformFact[] = [{ id: 'kubernetes', outcome: 'not-probed', reason: 'there is no kubeconfig' }];

/** Documents that were read and found right; `npx vitest run -u` writes them anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/skeletons');

const TEMPLATES = ['container-service', 'vlan-provisioning', 'dns-record-management'];

describe('a design that follows from requirements and snapshot', () => {
  it.each(
    TEMPLATES.flatMap((template) =>
      [cluster, network, hosts, nothing].map((facts) => [template, facts[0]!.id, facts] as const),
    ),
  )(
    '[R-FEAS-6] of %s on %s has no error that the rules know of, realises every requirement and checks every criterion',
    (template, _, facts) => {
      const { errors, design } = line(text(template), facts);
      expect(errors).toEqual([]);
      const requirements = readRequirements(text(template)).requirements;
      const realised = new Set(design.components.flatMap((one) => one.realises));
      expect(requirements.filter(({ id }) => !realised.has(id))).toEqual([]);
      const checked = new Set(design.checks.flatMap((one) => one.criteria));
      expect(requirements.flatMap(({ criteria }) => criteria).filter(({ id }) => !checked.has(id))).toEqual([]);
    },
  );

  it.each([
    ['container-service', 'cluster', cluster],
    ['vlan-provisioning', 'network', network],
    ['vlan-provisioning', 'hosts', hosts],
    ['dns-record-management', 'nothing', nothing],
  ] as const)('of %s on %s says everything that follows, and feasibility why', async (template, name, facts) => {
    const { draft, text: design } = line(text(template), facts);
    await expect(draft.text).toMatchFileSnapshot(join(EXPECTED, `${template}-${name}`, 'feasibility.md'));
    await expect(design).toMatchFileSnapshot(join(EXPECTED, `${template}-${name}`, 'design.md'));
  });

  it('[R-FEAS-6] of the same requirements differs between two organisations because their snapshots do', () => {
    const [a, b] = [line(text('vlan-provisioning'), network), line(text('vlan-provisioning'), hosts)];
    expect(a.plan.medium.kind).toBe('workflow');
    expect(b.plan.medium.kind).toBe('role');
    expect(a.text).toContain('itential/hq/adapter/netbox-lab');
    expect(b.text).toContain('| netbox/ipam | ansible/collection/netbox.netbox | 4.2.3 |');
    expect(a.design.components.map(({ paths }) => paths[0])).not.toEqual(
      b.design.components.map(({ paths }) => paths[0]),
    );
    expect(a.text).toContain('Look first at Create VLAN');
  });

  it('[R-FEAS-6] is the same bytes for the same facts in any order', () => {
    expect(line(text('vlan-provisioning'), [...hosts].reverse()).text).toBe(
      line(text('vlan-provisioning'), hosts).text,
    );
  });
});

describe('feasibility that follows from a snapshot', () => {
  it('[R-FEAS-3] is not feasible where nothing could be looked at', () => {
    for (const template of TEMPLATES) expect(line(text(template), nothing).draft.decision).toBe('undetermined');
  });

  it('[R-FEAS-4] proposes what an extraction of the project found, at its place', () => {
    const requirements = readRequirements(text('vlan-provisioning'));
    const existing = [{ what: 'roles/vlan/tasks/main.yml:1', name: 'roles/vlan create_vlan on switch' }];
    const draft = draftFeasibility({
      requirements,
      facts: [],
      platform: `sha256:${SHA}`,
      rules: {},
      stated: [],
      existing,
    });
    expect(draft.reuse.map(({ what }) => what)).toContain('roles/vlan/tasks/main.yml:1');
    expect(draft.text).toMatch(/\(`roles\/vlan\/tasks\/main\.yml:1`\) \(inferred: both speak of .*vlan/);
  });

  it('[R-FEAS-7] writes the contract of a missing system down, and the design lists it', () => {
    const facts = cluster.map((fact) =>
      fact.id === 'kubernetes/lab' ? { ...fact, outcome: 'absent' as const } : fact,
    );
    const { draft, text: design, plan } = line(text('container-service'), facts);
    expect(draft.stubs).toMatchObject([
      { need: 'SYS-4', operations: expect.arrayContaining([expect.stringMatching(/^(?:REQ|AC)-|^SYS-4/)]) },
    ]);
    expect(design).toContain('Contract of the stub for SYS-4');
    expect(plan.bound.find(({ need }) => need.id === 'SYS-4')?.status).toBe('stub');
  });
});
