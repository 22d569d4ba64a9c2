import { describe, expect, it } from 'vitest';
import { readRequirements } from '../../artifact/requirements.ts';
import type { PlatformFact } from '../snapshot.ts';
import { matchesFor } from './match.ts';
import { propose } from './propose.ts';
import { candidatesOf, reuseFor } from './reuse.ts';
import { CONCEPTS } from './vocabulary.ts';
import { meaningOf, wordsOf } from './words.ts';

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
    expect(matchesFor(need, facts, {}).map(({ fact, rule }) => [fact.id, rule])).toEqual([
      ['get/phpipam', 'named'],
      ['netbox/ipam', 'synonym'],
    ]);
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

describe('how facts rank for a need', () => {
  const need = (title: string, purpose = '', id = 'SYS-1') => ({ ...system(title, 'yes'), id, purpose });
  const ranked = (of: ReturnType<typeof need>, facts: PlatformFact[], rules = {}) =>
    matchesFor(of, facts, rules).map(({ fact, as, rule, why }) => `${rule} ${as} ${fact.id}: ${why}`);

  it('[R-FEAS-3] is by rule, by what it is, by whether it is there and runs, then by id', () => {
    const facts: PlatformFact[] = [
      netbox({ id: 'netbox/z', outcome: 'denied' }),
      netbox({ id: 'netbox/c', health: 'stopped' }),
      netbox({ id: 'netbox/b', health: 'running' }),
      { ...collection, id: 'ansible/collection/infoblox.nios' },
      collection,
      netbox({ id: 'netbox/a' }),
      netbox({ id: 'infoblox/grid', outcome: 'absent' }),
      netbox({ id: 'netbox/b' }),
    ];
    expect(ranked(need('NetBox', 'the address plan'), facts)).toEqual([
      'named serves netbox/a: the need names netbox',
      'named serves netbox/b: the need names netbox',
      'named serves netbox/b: the need names netbox',
      'named serves netbox/c: the need names netbox',
      'named serves netbox/z: the need names netbox',
      'named supports ansible/collection/netbox.netbox: the need names netbox',
      'synonym serves infoblox/grid: "address plan" is address management, and infoblox is one',
      'synonym supports ansible/collection/infoblox.nios: "address plan" is address management, and infoblox is one',
    ]);
  });

  it('[R-FEAS-3] knows a name by its letters, whatever the capitals on either side', () => {
    for (const title of ['NetBox', 'netbox', 'NETBOX'])
      for (const id of ['netbox/lab', 'get/NetBox', 'get/NetBox~20Prod'])
        expect(ranked(need(title), [netbox({ id })])).toEqual([`named serves ${id}: the need names netbox`]);
  });

  it('[R-FEAS-3] is alone what policy names, to the letter or by how it begins', () => {
    const facts = [netbox(), netbox({ id: 'netbox/ipam2' }), netbox({ id: 'x/netbox/ipam' })];
    const why = 'countersign.yaml says so';
    const rules = (pattern: string) => ({ other: 'x/*', ' ADDRESS plan': pattern });
    expect(ranked(need('Address Plan '), facts, rules('netbox/ipam'))).toEqual([`policy serves netbox/ipam: ${why}`]);
    expect(ranked(need('Address Plan '), facts, rules('netbox/*'))).toEqual([
      `policy serves netbox/ipam: ${why}`,
      `policy serves netbox/ipam2: ${why}`,
    ]);
    expect(ranked(need('Address Plan '), facts, rules('nothing'))).toEqual([]);
  });

  it('[R-FEAS-3] takes local programs for clients of what they are named after, and hosts for a role alone', () => {
    const facts: PlatformFact[] = [
      { id: 'tool/vault', outcome: 'present' },
      { id: 'vault/lab', kind: 'inventory', outcome: 'present' },
      { id: 'itential/lab/adapter/vault-main', kind: 'adapter', outcome: 'present' },
      { id: 'vault/adapter', kind: 'adapter', outcome: 'present' },
      { id: 'tool/cloud', outcome: 'present' },
    ];
    const why = '"secret store" is secret store, and vault is one';
    const clients = [
      `synonym serves itential/lab/adapter/vault-main: ${why}`,
      `synonym serves vault/adapter: ${why}`,
      `synonym supports tool/vault: ${why}`,
    ];
    expect(ranked(need('Tool of the cloud', 'the secret store', 'CAP-1'), facts)).toEqual(clients);
    expect(ranked(need('Backup', 'of the secret store'), facts)).toEqual(clients);
    expect(ranked(need('Secret store'), facts)).toEqual([
      ...clients.slice(0, 2),
      `synonym serves vault/lab: ${why}`,
      ...clients.slice(2),
    ]);
    expect(ranked(need('Python3 and xnode'), [{ id: 'tool/python3', outcome: 'present' }])).toEqual([
      'named serves tool/python3: the need names python3',
    ]);
  });
});

describe('words', () => {
  it('are in small letters, apart where the case changes, without the ending of a plural', () => {
    expect(wordsOf('VLANs of SwitchPorts, v2Api; bus status analysis chaos class classes')).toEqual(
      'vlan of switch port v2 api bus status analysis chaos class class'.split(' '),
    );
    expect(wordsOf('patches branches hashes boxes gas its hubs ssd roles')).toEqual(
      'patch branch hash box gas its hub ssd role'.split(' '),
    );
    expect(wordsOf(' -- ')).toEqual([]);
  });

  it('carry meaning once each, synonyms made one, without numbers and small words', () => {
    expect([...meaningOf('Create the VLAN 12 and provision VLANs for v2')]).toEqual(['create', 'vlan', 'v2']);
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

  it.each<[string, PlatformFact[], string, object]>([
    [
      'there',
      [netbox({ health: 'running' })],
      '',
      {
        status: 'resolved',
        fact: 'netbox ipam 4.2, running',
        evidence: 'probe:netbox/ipam',
        why: '"address plan" is address management, and netbox is one',
        helps: [],
      },
    ],
    [
      'degraded',
      [netbox({ health: 'degraded', reason: 'slow' })],
      '',
      {
        status: 'degraded',
        fact: 'netbox ipam 4.2, degraded, slow',
        evidence: 'probe:netbox/ipam',
        why: '"address plan" is address management, and netbox is one',
        helps: [],
      },
    ],
    [
      'not probed',
      [{ id: 'netbox/lab/x', kind: 'system', outcome: 'not-probed', reason: 'no token' }],
      '',
      {
        status: 'unknown',
        fact: 'netbox lab, not probed, no token',
        evidence: 'probe:netbox/lab/x',
        why: '"address plan" is address management, and netbox is one',
        helps: [],
      },
    ],
    [
      'absent',
      [netbox({ outcome: 'absent' })],
      'The rest is built and tested without it',
      {
        status: 'stub',
        fact: 'netbox ipam 4.2, absent',
        evidence: 'probe:netbox/ipam',
        why: '"address plan" is address management, and netbox is one',
        helps: [],
      },
    ],
    [
      'absent, with a word that looks like a stub',
      [netbox({ outcome: 'absent' })],
      'A stub of a table, or stubborn',
      {
        status: 'blocked',
        fact: 'netbox ipam 4.2, absent',
        evidence: 'probe:netbox/ipam',
        why: '"address plan" is address management, and netbox is one',
        helps: [],
      },
    ],
    [
      'only clients',
      [collection, { ...collection, id: 'ansible/collection/infoblox.nios' }],
      '',
      {
        status: 'unknown',
        fact: 'no probe answers it; clients are here: ansible/collection/infoblox.nios ansible/collection/netbox.netbox',
        evidence: '',
        why: '',
        helps: ['ansible/collection/infoblox.nios', 'ansible/collection/netbox.netbox'],
      },
    ],
    [
      'a client that is absent',
      [{ ...collection, outcome: 'absent' }],
      '',
      { status: 'unknown', fact: 'no probe answers it', evidence: '', why: '', helps: [] },
    ],
    ['nothing', [], '', { status: 'unknown', fact: 'no probe answers it', evidence: '', why: '', helps: [] }],
  ])('[R-FEAS-3] is told with its evidence and why: %s', (_, facts, ifNot, expected) => {
    expect(finding('yes', facts, ifNot)).toEqual({ need: 'SYS-1', title: 'Address plan', ...expected });
  });

  it('[R-FEAS-3] is not what fills the role elsewhere, where the need names one', () => {
    const facts = [netbox({ outcome: 'absent' }), netbox({ id: 'infoblox/grid' })];
    expect(propose(system('NetBox address plan', 'yes'), facts, {}, [])).toMatchObject({
      status: 'blocked',
      evidence: 'probe:netbox/ipam',
    });
  });

  it('[R-FEAS-3] names five helpers at most, and takes no statement that is none', () => {
    const many = Array.from({ length: 7 }, (_, at) => ({ ...collection, id: `ansible/collection/netbox.n${at}` }));
    const needed = system('Address plan', 'yes');
    const of = (status: string, need = 'SYS-1') => propose(needed, many, {}, [{ need, status, fact: 'f', by: 'A' }]);
    expect(of('unknown').helps).toEqual(many.slice(0, 5).map(({ id }) => id));
    expect([of('unknown').status, of('skipped').status, of('stub', 'SYS-2').status]).toEqual([
      'unknown',
      'skipped',
      'unknown',
    ]);
    expect(of('skipped')).toMatchObject({ fact: 'f', evidence: 'stated:A', why: '' });
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

  it('[R-FEAS-4] names what it proposes by its last part, what offers it and the one thing that it offers', () => {
    const work = (id: string, offers?: string[]): PlatformFact => ({
      id,
      kind: 'work',
      outcome: 'present',
      ...(offers === undefined ? {} : { offers }),
    });
    expect(
      candidatesOf([
        work('awx/a/vlan'),
        work('awx/b/vlan', []),
        work('awx/c/vlan', ['vlan']),
        work('awx/d/vlan', ['create']),
        work('awx/e/vlan', ['create', 'drop']),
        { ...collection, offers: ['site', 'vlan'] },
        { id: 'mcp/tools', kind: 'tool', outcome: 'present', offers: ['ask'] },
        { id: 'mcp/denied', kind: 'tool', outcome: 'denied', offers: ['ask'] },
        { id: 'netbox/x', kind: 'system', outcome: 'present', offers: ['ask'] },
      ]).map(({ what, name }) => `${what} ${name}`),
    ).toEqual([
      'probe:awx/a/vlan vlan',
      'probe:awx/b/vlan vlan',
      'probe:awx/c/vlan vlan',
      'probe:awx/d/vlan vlan create',
      'probe:awx/e/vlan vlan',
      'probe:ansible/collection/netbox.netbox netbox.netbox site',
      'probe:ansible/collection/netbox.netbox netbox.netbox vlan',
      'probe:mcp/tools tools ask',
    ]);
  });

  it('[R-FEAS-4] proposes the three that share most, the shorter name first, then by place', () => {
    const named = (what: string, name: string) => ({ what, name });
    const all = [
      named('e', 'vlan address'),
      named('d', 'vlan address of a port in a plan'),
      named('c', 'vlan address plan provision'),
      named('b', 'vlan address'),
      named('a', 'vlan'),
      named('f', 'vlan vlan'),
    ];
    const expected = [
      ['c', 'both speak of address, create, plan, vlan'],
      ['d', 'both speak of address, plan, vlan'],
      ['b', 'both speak of address, vlan'],
    ];
    for (const candidates of [all, all.toReversed()])
      expect(reuseFor(requirements, candidates).map(({ what, why }) => [what, why])).toEqual(expected);
  });
});
