import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import type { Coupling, ExtractReport, Fact } from '../extract/contract.ts';
import { draftRebound } from './draft.ts';
import { impactOf } from './impact.ts';
import { isSystem, replacedBy } from './match.ts';

describe('two names mean one system', () => {
  it.each([
    ['infoblox', 'Infoblox'],
    ['Infoblox NIOS 8.6', 'infoblox'],
    ['infoblox', 'infoblox.nios_modules'],
    ['docker.io/nginx:1.2', 'docker.io/nginx'],
    [' net-box ', 'Net Box'],
  ])('%s and %s', (one, other) => expect(isSystem(one, other)).toBe(true));

  it.each([
    ['infoblox', 'infobloxer'],
    ['netbox', 'net'],
    ['', ''],
    ['', 'a'],
    ['a', '-'],
    ['a b', 'a c'],
  ])('but not %j and %j', (one, other) => expect(isSystem(one, other)).toBe(false));
});

const DESIGN = `---
countersign: design/1
---

# Design

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| Address management | Infoblox NIOS | nios | 8.6 |
| Name service | infoblox | dns | 1 |
| Tickets | a\\|b | x | y |

## Components

### CMP-1: Addresses

- Kind: role
- Action: adopt
- Paths: roles/ipam/

### CMP-2: Names

- Kind: role
- **Action:** reuse
- Paths: roles/dns/

#### Note

- Action: adopt

### CMP-3: Rest

- Kind: role
- Action: adopt
- Paths: roles/rest/

### CMP-10: Other

- Action: adopt
- Paths: other/

## Notes

Kept as it is.
`;

const fact = (id: string, path: string): Fact => ({
  id,
  format: 'ansible',
  kind: 'task',
  scope: '.',
  name: id,
  status: 'observed',
  evidence: [{ path, line: 1, endLine: 2 }],
  attributes: {},
});
const tie = (system: string, swap: Coupling['swap'], paths: string[], consumers: string[] = []): Coupling => ({
  system,
  class: 'collection',
  swap,
  evidence: paths.map((path) => ({ path, line: 3, endLine: 4 })),
  consumers,
});
const report: ExtractReport = {
  schema: 'countersign/extract@1',
  root: '.',
  sources: [],
  facts: [
    fact('reserve', 'roles/ipam/main.yml'),
    fact('name', 'roles/dns/main.yml'),
    fact('uses', 'roles/rest/main.yml'),
    fact('uses-again', 'roles/rest/more.yml'),
    fact('loose', 'scripts/x.sh'),
  ],
  relations: [
    { from: 'uses', to: 'reserve', kind: 'calls' },
    { from: 'uses-again', to: 'uses', kind: 'calls' },
    { from: 'reserve', to: 'uses-again', kind: 'reads' },
    { from: 'name', to: 'loose', kind: 'calls' },
  ],
  couplings: [
    tie('infoblox', 'rename', ['roles/ipam/main.yml', 'roles/dns/main.yml'], ['reserve', 'name']),
    tie('Infoblox NIOS', 'rewrite', ['roles/ipam/main.yml'], []),
    tie('infoblox', 're-parameterise', ['scripts/x.sh'], ['loose']),
    tie('git', 'rewrite', ['roles/rest/main.yml'], ['uses']),
  ],
  gaps: [],
  skipped: [],
};

describe('what is asked to be replaced', () => {
  const { bindings } = readDesign(DESIGN);

  it.each([
    ['address management', { role: 'Address management', systems: ['Infoblox NIOS'] }],
    [' Name service ', { role: 'Name service', systems: ['infoblox'] }],
    ['infoblox', { role: 'Address management', systems: ['infoblox'] }],
    ['netbox', { role: undefined, systems: ['netbox'] }],
  ])('%s is %j', (asked, expected) => expect(replacedBy(asked, bindings)).toEqual(expected));

  it('is every system that is bound to a role', () => {
    const twice = DESIGN.replace('| Name service |', '| address management |');
    expect(replacedBy('Address management', readDesign(twice).bindings)).toEqual({
      role: 'Address management',
      systems: ['Infoblox NIOS', 'infoblox'],
    });
  });
});

describe('what breaks when a system is replaced', () => {
  const { components } = readDesign(DESIGN);

  it('is every tie at its component, the heaviest work first, and what rests on it', () => {
    const at = (path: string) => [{ path, line: 3, endLine: 4 }];
    expect(impactOf(report, ['infoblox'], components)).toEqual({
      systems: ['infoblox', 'Infoblox NIOS'],
      ties: 3,
      touched: [
        {
          component: 'CMP-1',
          title: 'Addresses',
          effort: 'rewrite',
          ties: [
            { class: 'collection', swap: 'rename', evidence: at('roles/ipam/main.yml'), consumers: ['reserve'] },
            { class: 'collection', swap: 'rewrite', evidence: at('roles/ipam/main.yml'), consumers: [] },
          ],
          dependents: [],
        },
        {
          component: 'CMP-2',
          title: 'Names',
          effort: 'rename',
          ties: [{ class: 'collection', swap: 'rename', evidence: at('roles/dns/main.yml'), consumers: ['name'] }],
          dependents: [],
        },
        { component: 'CMP-3', title: 'Rest', effort: 'test again', ties: [], dependents: ['uses', 'uses-again'] },
      ],
    });
  });

  it('is also what no component owns, where everything is asked for', () => {
    const { touched, ties } = impactOf(report, ['infoblox'], components, { everywhere: true });
    expect(ties).toBe(4);
    expect(touched.map(({ component, title, effort }) => [component, title, effort])).toEqual([
      ['CMP-1', 'Addresses', 'rewrite'],
      [undefined, 'files of no component', 're-parameterise'],
      ['CMP-2', 'Names', 'rename'],
      ['CMP-3', 'Rest', 'test again'],
    ]);
  });

  it('is nothing where nothing is tied to it', () => {
    expect(impactOf(report, ['netbox'], components)).toEqual({ systems: [], ties: 0, touched: [] });
  });
});

describe('the design with another system', () => {
  const design = readDesign(DESIGN);
  const draft = (asked: string) => {
    const replaced = replacedBy(asked, design.bindings);
    return draftRebound(DESIGN, design, replaced, 'NetBox|4', impactOf(report, replaced.systems, design.components));
  };

  it('binds it in the same role, has components with work to do built, and leaves every other byte', () => {
    const text = draft('Address management');
    expect(text.slice(0, text.indexOf('\n## Rebind'))).toBe(
      DESIGN.replace(
        '| Address management | Infoblox NIOS | nios | 8.6 |',
        '| Address management | NetBox\\|4 | open | open |',
      )
        .replace(/(CMP-1: Addresses\n\n- Kind: role\n- Action: )adopt/, '$1build')
        .replace('**Action:** reuse', '**Action:** build'),
    );
  });

  it('is one row for all systems that filled the role, in the order of the columns that the table has', () => {
    const table =
      '| Note | System | Role |\n|---|---|---|\n| n | infoblox | DNS |\n| m | git | Code |\n| o | Infoblox 9 | DNS |';
    for (const eol of ['\n', '\r\n']) {
      const source = `---\ncountersign: design/1\n---\n\n## Bindings\n\nAs agreed.\n\n${table}\n\nMore.\n`.replaceAll(
        '\n',
        eol,
      );
      const other = readDesign(source);
      const replaced = replacedBy('DNS', other.bindings);
      const text = draftRebound(source, other, replaced, 'Bind', impactOf(report, [], other.components));
      expect(text.slice(0, text.indexOf('## Rebind')).trimEnd()).toBe(
        source
          .replace('| n | infoblox | DNS |', '| open | Bind | DNS |')
          .replace(`| o | Infoblox 9 | DNS |${eol}`, '')
          .trimEnd(),
      );
    }
  });

  it.each([
    ['## Bindings\n\nAs agreed.\n', '## Bindings\n\nAs agreed.\n\n'],
    ['## Goal\n\nText.\n', '## Goal\n\nText.\n\n## Bindings\n\n'],
  ])('has a table of its own where there is none in %j', (source, before) => {
    const text = draftRebound(
      source,
      readDesign(source),
      { role: undefined, systems: ['x'] },
      'Bind',
      impactOf(report, [], []),
    );
    const table =
      '| Role | System | Adapter | Version |\n| --- | --- | --- | --- |\n| Role to be named | Bind | open | open |\n';
    expect(text.slice(0, text.indexOf('\n## Rebind'))).toBe(before + table);
  });

  it('lists what has to be done and what is open', () => {
    const text = draft('Address management');
    expect(text.slice(text.indexOf('## Rebind'))).toBe(
      [
        '## Rebind',
        '',
        'From `Infoblox NIOS` to `NetBox¦4`. What has to be done:',
        '',
        '- CMP-1: rewrite at `roles/ipam/main.yml:3`',
        '- CMP-2: rename at `roles/dns/main.yml:3`',
        '- CMP-3: test again, 2 more rest on it',
        '',
        'Open points, each to be decided before the change is planned:',
        '',
        '- **Data migration** Which objects of `Infoblox NIOS` have to be in `NetBox¦4` before anything reads it, and who compares them?',
        '- **Parallel run** How long do both hold the same, which of them is asked, and what ends it?',
        '- **Cutover** At which moment does each entry point use the new system, in which order, and who watches?',
        '- **Rollback** Until when can it be taken back, and how do writes that were made in between get into the old one?',
        '',
      ].join('\n'),
    );
  });

  it('says that no tie was seen, and asks for the role, where nothing is known of the system', () => {
    const text = draft('netbox');
    expect(text).toContain('From `netbox` to `NetBox¦4`. What has to be done:\n\n- no tie was seen in the code\n');
    expect(text).toContain('| Tickets | a\\|b | x | y |\n| Role to be named | NetBox\\|4 | open | open |\n');
  });
});
