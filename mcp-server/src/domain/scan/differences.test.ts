import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import type { Coupling } from '../extract/contract.ts';
import { sha256 } from '../hash.ts';
import { type Compared, differencesOf, explainedBy } from './differences.ts';

const DESIGN = `The text names Terraform.

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| IPAM | NetBox 4.2 | api | 4 |
| None | | | |

## Components

### CMP-1: Role

- Action: build
- Paths: roles/web/tasks/*.yml, ./scripts/run.sh

### CMP-2: Not wanted

- Action: skip
- Paths: legacy/

### CMP-3: Library

- Action: reuse
- Paths: lib/common.yml, lib/more/, https://example.org/r.git@abc

### CMP-4: At the root

- Action: build
- Paths: site.yml, *.tf

## Verification

### CHK-1: Runs

- Criterion: AC-1.1
`;

const tie = (system: string, more: Partial<Coupling> = {}): Coupling => ({
  system,
  class: 'api',
  swap: 'rewrite',
  evidence: [{ path: 'roles/web/tasks/main.yml', line: 3, endLine: 3 }],
  consumers: [],
  ...more,
});

function compare(more: Partial<Compared> = {}) {
  return differencesOf({
    design: readDesign(DESIGN),
    workspace: { files: ['lib/common.yml', 'lib/more/a.yml'].map(file), scripts: new Map() },
    ledger: new LedgerBuilder().ledger(),
    couplings: [tie('netbox')],
    ownerOf: (path) => (path.startsWith('roles/') ? 'CMP-1' : undefined),
    unowned: [],
    written: new Set(),
    settings: new Map(),
    ...more,
  });
}
const file = (path: string) => ({ path, sha256: sha256(path) });

describe('the design beside what was delivered', () => {
  it('has no difference where both say the same', () => {
    expect(compare()).toEqual([]);
  });

  it('differs in a system that no binding and no text of the design names', () => {
    expect(compare({ couplings: [tie('netbox'), tie('terraform'), tie('infoblox')] })).toEqual([
      {
        key: 'system infoblox',
        component: 'CMP-1',
        designed: 'no binding names it',
        delivered: 'api infoblox in roles/web/tasks/main.yml',
      },
    ]);
  });

  it('says which bound system is not seen beside the one that is', () => {
    const evidence = [{ path: 'other.yml', line: 1, endLine: 1 }];
    expect(compare({ couplings: [tie('infoblox', { class: 'collection', evidence })] })).toEqual([
      {
        key: 'system infoblox',
        component: '',
        designed: 'bound and not seen in the files: NetBox 4.2',
        delivered: 'collection infoblox in other.yml',
      },
    ]);
    expect(compare({ couplings: [tie('infoblox', { evidence: [] })] })).toMatchObject([
      { component: '', delivered: 'api infoblox in ' },
    ]);
  });

  it.each(['provider', 'collection', 'api', 'host', 'backend', 'adapter', 'cloud'])(
    'takes a tie by %s for a system',
    (by) => expect(compare({ couplings: [tie('infoblox', { class: by })] })).toHaveLength(1),
  );

  it.each(['image', 'action', 'role', 'cli', 'module'])('takes a tie by %s for none', (by) =>
    expect(compare({ couplings: [tie('infoblox', { class: by })] })).toEqual([]),
  );

  it('differs in files beside those that components own, and in no others', () => {
    const unowned = ['scripts/extra.sh', 'roles/web/tasks/x.txt', 'roles/web/vars/y.yml', 'z.tf', 'elsewhere/a'];
    expect(compare({ unowned })).toEqual(
      ['roles/web/tasks/x.txt', 'scripts/extra.sh'].map((path) => ({
        key: `file ${path}`,
        component: '',
        designed: 'no component has this path',
        delivered: 'written since the design was approved',
      })),
    );
  });

  it('differs in a file that a session wrote, or that tells a program what to pass over, wherever it lies', () => {
    const unowned = ['elsewhere/.trivyignore', '.trivyignore', 'elsewhere/a', 'elsewhere/b', 'elsewhere/.trivyignored'];
    const found = compare({
      unowned,
      written: new Set(['elsewhere/b', '.trivyignore', 'scripts/x.sh']),
      settings: new Map([['.trivyignore', 'trivy']]),
    });
    expect(found.map((one) => [one.key, one.delivered])).toEqual([
      ['file .trivyignore', 'tells trivy what to pass over'],
      ['file elsewhere/.trivyignore', 'tells trivy what to pass over'],
      ['file elsewhere/b', 'written in a session on this delivery'],
    ]);
  });

  it.each([
    ['a/b/*.tf', ['a/b/x', 'a/b/c/x']],
    ['a/b?/x.tf', ['a/bc/x', 'a/b/x', 'a/b/c/x', 'a/x']],
    ['./a/b/c.tf', ['a/b/x', 'a/b/c/x']],
    ['a/b/', ['a/x', 'a/b/x', 'a/bc/x', 'a/b/c/x']],
    ['a/./x.tf', []],
    ['*', []],
    ['https://example.org/a/b@c', []],
  ])('takes the files beside %s for written for it: %j', (pattern, files) => {
    const design = readDesign(`## Components\n\n### CMP-1: A\n\n- Action: build\n- Paths: ${pattern}\n`);
    const unowned = ['x', 'b/x', 'a/x', 'a/b/x', 'a/bc/x', 'a/b/c/x', 'z/a/b/x', 'https://example.org/x'];
    const found = compare({ design, unowned, couplings: [] }).map(({ key }) => key.slice('file '.length));
    expect(found.sort()).toEqual([...files].sort());
  });

  it('names each bound system that is not seen, and none that is', () => {
    const rows = ['NetBox 4.2', 'Jira', 'Vault'].map((system) => `| ${system} role | ${system} | api | |`);
    const design = readDesign(
      `## Bindings\n\n| Role | System | Adapter | Version |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`,
    );
    const couplings = [tie('netbox'), tie('infoblox')];
    expect(compare({ design, couplings }).map((one) => [one.key, one.designed])).toEqual([
      ['system infoblox', 'bound and not seen in the files: Jira, Vault'],
    ]);
  });

  it('names at most fifty files', () => {
    const unowned = Array.from({ length: 60 }, (_, at) => `scripts/${at}.sh`);
    expect(compare({ unowned })).toHaveLength(50);
  });

  it('differs in a component that was not to be built, and in one whose reused parts are not there', () => {
    const files = ['legacy/old.sh', 'lib/more/a.yml'].map(file);
    expect(compare({ workspace: { files, scripts: new Map() } })).toEqual([
      { key: 'component CMP-2', component: 'CMP-2', designed: 'not to be built', delivered: 'files are there' },
      {
        key: 'component CMP-3',
        component: 'CMP-3',
        designed: 'to be reused from lib/common.yml',
        delivered: 'nothing is there',
      },
    ]);
    const none = compare({ workspace: { files: [], scripts: new Map() } });
    expect(none.map((one) => one.designed)).toEqual(['to be reused from lib/common.yml, lib/more/']);
  });

  it('differs in a check that was run and that the design does not have any more', () => {
    const story = new LedgerBuilder();
    for (const [check, component] of [
      ['CHK-1', 'CMP-1'],
      ['CHK-8', 'CMP-1'],
      ['CHK-8', 'CMP-2'],
    ] as const)
      story.add('checked', {
        check,
        component,
        definition: sha256('d'),
        inputs: sha256('i'),
        result: 'passed',
        exit: 0,
        durationMs: 1,
        evidence: sha256(component),
      });
    expect(compare({ ledger: story.ledger() })).toEqual([
      {
        key: 'check CHK-8',
        component: 'CMP-2',
        designed: 'the design has no such check any more',
        delivered: 'it was run',
      },
    ]);
  });

  it('has its differences in the order of their keys', () => {
    const keys = compare({
      couplings: [tie('zeta'), tie('alpha')],
      unowned: ['scripts/b', 'scripts/a'],
      workspace: { files: [file('legacy/x')], scripts: new Map() },
    }).map((one) => one.key);
    expect(keys).toEqual([
      'component CMP-2',
      'component CMP-3',
      'file scripts/a',
      'file scripts/b',
      'system alpha',
      'system zeta',
    ]);
  });
});

describe('a deviation', () => {
  it.each([
    ['file a.sh', true],
    ['wrote file a.sh, and more', true],
    ['file a.sh.', true],
    ['file a.sh. Then', true],
    ['file a.sh.bak', false],
    ['file a.sh-old', false],
    ['file a.shx', false],
    ['file a.sh/b', false],
    ['file a.sh.bak and file a.sh', true],
    ['file b.sh', false],
  ])('that says %j explains the file by name: %s', (delivered, explains) => {
    const story = new LedgerBuilder();
    story.add('deviated', { id: 'DEV-1', designed: 'x', delivered: 'nothing of it', reason: 'r' });
    story.add('deviated', { id: 'DEV-2', designed: 'x', delivered, reason: 'r' });
    expect(explainedBy('file a.sh', story.ledger())).toBe(explains ? 'DEV-2' : undefined);
  });
});
