import { describe, expect, it } from 'vitest';
import { readRequirements } from '../../artifact/requirements.ts';
import type { PlatformFact } from '../snapshot.ts';
import { matchesFor } from './match.ts';
import { propose } from './propose.ts';
import { candidatesOf, reuseFor } from './reuse.ts';
import { CONCEPTS } from './vocabulary.ts';

const system = (title: string, required: string, ifNot = '') =>
  readRequirements(
    `## Systems\n\n| ID | System | Purpose | Required | If not available |\n|---|---|---|---|---|\n| SYS-1 | ${title} | Says what is free | ${required} | ${ifNot} |\n`,
  ).systems[0]!;

const netbox = (change: Partial<PlatformFact> = {}): PlatformFact => ({
  id: 'netbox/ipam',
  kind: 'system',
  outcome: 'present',
  version: '4.2',
  ...change,
});
const collection: PlatformFact = { id: 'ansible/collection/netbox.netbox', kind: 'client', outcome: 'present' };

describe('matching a need to facts', () => {
  it('[R-FEAS-3] finds what fills its role by the vocabulary, and tells it from what only talks to it', () => {
    const found = matchesFor(
      system('Address plan', 'yes'),
      [collection, netbox(), { id: 'tool/git', outcome: 'present' }],
      {},
    );
    expect(found.map(({ fact, as, rule }) => [fact.id, as, rule])).toEqual([
      ['netbox/ipam', 'serves', 'synonym'],
      ['ansible/collection/netbox.netbox', 'supports', 'synonym'],
    ]);
  });

  it('[R-FEAS-3] puts what policy says before a name, and a name before the vocabulary', () => {
    const facts = [netbox(), { ...netbox(), id: 'get/phpipam' }, { ...netbox(), id: 'get/legacy' }];
    const need = system('phpIPAM address plan', 'yes');
    expect(matchesFor(need, facts, {}).map(({ rule }) => rule)).toEqual(['named', 'synonym']);
    expect(matchesFor(need, facts, { 'phpipam address plan': 'get/leg*' })).toMatchObject([
      { fact: { id: 'get/legacy' }, rule: 'policy' },
    ]);
  });

  it.each(CONCEPTS.map((concept) => [concept.name, concept] as const))(
    '[R-FEAS-3] knows %s by each of its phrases and products',
    (_, { phrases, products }) => {
      for (const phrase of phrases)
        for (const product of products) {
          const fact: PlatformFact = { id: `${product}/x`, kind: 'system', outcome: 'present' };
          expect([phrase, product, matchesFor(system(phrase, 'yes'), [fact], {}).length]).toEqual([phrase, product, 1]);
        }
    },
  );

  it('[R-FEAS-3] says nothing where the vocabulary knows nothing', () => {
    expect(matchesFor(system('Coffee machine', 'yes'), [netbox(), collection], {})).toEqual([]);
  });
});

describe('the finding that facts support', () => {
  const finding = (required: string, facts: PlatformFact[], ifNot = '') =>
    propose(system('Address plan', required, ifNot), facts, {}, []);

  it.each<[string, string, PlatformFact[], string, string]>([
    ['there', 'yes', [netbox()], '', 'resolved'],
    ['there and stopped', 'yes', [netbox({ health: 'stopped' })], '', 'degraded'],
    [
      'one stopped and another running',
      'yes',
      [netbox({ health: 'stopped' }), netbox({ id: 'netbox/new' })],
      '',
      'resolved',
    ],
    ['absent', 'yes', [netbox({ outcome: 'absent' })], 'No delivery', 'blocked'],
    ['absent, and the rest can be tested without', 'yes', [netbox({ outcome: 'absent' })], 'Stub: a table', 'stub'],
    ['absent and not required', 'no', [netbox({ outcome: 'absent' })], '', 'skipped'],
    ['denied', 'yes', [netbox({ outcome: 'denied' })], 'Stub: a table', 'blocked'],
    ['not probed', 'yes', [netbox({ outcome: 'not-probed' })], '', 'unknown'],
    [
      'denied in one place, not looked at in another',
      'yes',
      [netbox({ outcome: 'denied' }), netbox({ id: 'netbox/x', outcome: 'not-probed' })],
      '',
      'unknown',
    ],
    ['only a client of it there', 'yes', [collection], '', 'unknown'],
    ['nothing known of it', 'yes', [], '', 'unknown'],
  ])('[R-FEAS-3] %s', (_, required, facts, ifNot, status) => {
    expect(finding(required, facts, ifNot).status).toBe(status);
  });

  it('[R-FEAS-3] is what a person stated last where no probe could answer, and never against a probe', () => {
    const stated = [
      { need: 'SYS-1', status: 'blocked', fact: 'no', by: 'Bob' },
      { need: 'SYS-1', status: 'resolved', fact: 'ours', by: 'Ann Lee' },
    ];
    const need = system('Address plan', 'yes');
    expect(propose(need, [], {}, stated)).toMatchObject({ status: 'resolved', evidence: 'stated:Ann Lee' });
    expect(propose(need, [netbox({ outcome: 'denied' })], {}, stated)).toMatchObject({ status: 'blocked' });
  });
});

describe('reuse', () => {
  const requirements = readRequirements(
    '## Requirements\n\n### REQ-1: Provision a VLAN\n\nThe automation SHALL allocate the VLAN in the address plan.\n\n### REQ-2: Report\n\nThe automation SHALL report.\n',
  ).requirements;

  it('[R-FEAS-4] proposes work and modules that share words with a requirement, with these words', () => {
    const facts: PlatformFact[] = [
      { id: 'itential/lab/workflow/Create~20VLAN', kind: 'work', outcome: 'present', offers: ['Create VLAN'] },
      { ...collection, offers: ['netbox_vlan', 'netbox_site'] },
      { id: 'helm/lab/release/web/shop', kind: 'work', outcome: 'present', offers: ['web-shop'] },
      { id: 'awx/lab/job-template/VLAN~20create', kind: 'work', outcome: 'denied' },
    ];
    expect(reuseFor(requirements, candidatesOf(facts))).toEqual([
      {
        requirement: 'REQ-1',
        what: 'probe:itential/lab/workflow/Create~20VLAN',
        name: 'Create VLAN',
        why: 'both speak of create, vlan',
      },
    ]);
  });
});
