import { describe, expect, it } from 'vitest';
import { finishedTale, Tale } from '../../../../test/helpers/report-samples.ts';
import type { Cycle } from '../change/cycles.ts';
import { assess } from '../delivery.ts';
import type { Dependency } from '../dependencies/dependency.ts';
import { sha256 } from '../hash.ts';
import type { ScanReport } from '../scan/report.ts';
import { computedSections, type RecordFacts } from './generate.ts';

const dependency = (more: Partial<Dependency> = {}): Dependency => ({
  kind: 'image',
  name: 'nginx',
  version: '1.27',
  pinned: true,
  source: 'docker.io',
  licence: 'BSD',
  path: 'Dockerfile',
  line: 3,
  component: 'CMP-1',
  designed: true,
  ...more,
});

/** The lines of a computed section of a finished delivery, without its heading. */
function section(title: string, facts: Partial<RecordFacts> & { cycles?: Partial<Cycle>[] }, tale = finishedTale()) {
  const { cycles, ...rest } = facts;
  const read = tale.read();
  const assessed = assess(read);
  const state = cycles === undefined ? assessed : { ...assessed, cycles: cycles as Cycle[] };
  const all = { scan: undefined, firstRequirements: undefined, writers: new Map<string, string>(), ...rest };
  const found = computedSections(state, read.ledger, read.workspace, all).find((one) =>
    one.startsWith(`## ${title}\n`),
  );
  return found!.split('\n').slice(2);
}
const scan = (more: Partial<ScanReport>) => ({ dependencies: [], differences: [], ...more }) as unknown as ScanReport;

describe('the dependencies in the record', () => {
  it('are not known without a scan, and none where it found none', () => {
    expect(section('Dependencies introduced', {})).toEqual(['Not known: these files were not scanned.']);
    expect(section('Dependencies introduced', { scan: scan({}) })).toEqual(['None was found.']);
  });

  it('have their version, source and licence, and whether the design names them', () => {
    const dependencies = [
      dependency(),
      dependency({ pinned: false, licence: '', designed: false }),
      dependency({ pinned: null, component: '' }),
    ];
    expect(section('Dependencies introduced', { scan: scan({ dependencies }) })).toEqual([
      '| Dependency | Version | Pinned | Source | Licence | Where | In the design |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| image nginx | 1.27 | yes | docker.io | BSD | `Dockerfile:3` CMP-1 | yes |',
      '| image nginx | 1.27 | no | docker.io | not said | `Dockerfile:3` CMP-1 | no |',
      '| image nginx | 1.27 | a variable decides | docker.io | BSD | `Dockerfile:3` | yes |',
    ]);
  });
});

describe('the deviations in the record', () => {
  const difference = { key: 'file x.sh', component: 'CMP-2', designed: 'no such path', delivered: 'written' };

  it('have what a scan found and nobody explained beside those that were recorded', () => {
    const rows = section('Deviations', { scan: scan({ differences: [difference] }) });
    expect(rows.slice(2)).toEqual([
      '| DEV-1 | CMP-2 | a program | a script | nothing to compile | Grace Hopper (recorded) |',
      '| found | CMP-2 | no such path | file x.sh: written | nobody said why |  |',
    ]);
  });

  it('are no longer found once a deviation explains them, and wait for the decision on the record', () => {
    const tale = finishedTale();
    tale.story.add('deviated', { id: 'DEV-2', designed: 'none', delivered: 'file x.sh', reason: 'urgent' });
    const rows = section('Deviations', { scan: scan({ differences: [difference] }) }, tale);
    expect(rows.slice(3)).toEqual(['| DEV-2 |  | none | file x.sh | urgent | the decision on this record |']);
  });
});

describe('the changed requirements in the record', () => {
  const without = ['None: what was asked for first is what was delivered.'];

  it('are none where nothing changed, or nobody knows what was asked first', () => {
    const tale = finishedTale();
    const now = tale.artifacts['requirements.md']!;
    expect(section('Changed requirements', {})).toEqual(without);
    expect(section('Changed requirements', { firstRequirements: now })).toEqual(without);
    const bare = new Tale();
    bare.write('design.md', tale.artifacts['design.md']!);
    expect(section('Changed requirements', { firstRequirements: now }, bare)).toEqual(without);
  });

  it('have what became of each entry, and the changes that did it', () => {
    const now = finishedTale().artifacts['requirements.md']!;
    const first = now
      .replace('Twice this year', 'Once')
      .replace('### RSK-1: A broken list empties the zone\n\n- Impact: names stop resolving\n', '### RSK-1: A list\n')
      .replace('## Limits', '### RSK-2: Old risk\n\n- Impact: gone\n\n## Limits');
    const applied = { n: 3, title: 'More\nhosts', closed: { body: { status: 'APPLIED' } } } as unknown as Cycle;
    const abandoned = { n: 4, title: 'Never', closed: { body: { status: 'ABANDONED' } } } as unknown as Cycle;
    const rows = section('Changed requirements', { firstRequirements: first, cycles: [applied, abandoned, { n: 5 }] });
    expect(rows.slice(0, 2)).toEqual(['| Entry | Change | Now |', '| --- | --- | --- |']);
    expect(rows.find((row) => row.startsWith('| Problem |'))).toMatch(/^\| Problem \| modified \| .*Twice this year/);
    expect(rows.find((row) => row.includes('RSK-2'))).toMatch(/^\| RSK-2 Old risk \| removed \| no longer: /);
    expect(rows.find((row) => row.includes('RSK-1'))).toContain('| RSK-1 A broken list empties the zone | modified |');
    expect(rows.slice(-2)).toEqual(['', '- change 3: More hosts']);
    expect(section('Changed requirements', { firstRequirements: first }).at(-1)).toMatch(/^\|/);
  });
});

it('the files in the record have who wrote them, as far as that is known of these bytes', () => {
  const writers = new Map([
    [`zone/hosts.json ${sha256('zone/hosts.json')}`, 'human Ada, by its commit'],
    [`zone/generate.mjs ${sha256('other')}`, 'somebody else'],
  ]);
  expect(
    section('Delivered', { writers })
      .slice(2)
      .map((row) => row.split(' | ').at(-1)),
  ).toEqual(['human Ada, by its commit |', 'not recorded |']);
});
