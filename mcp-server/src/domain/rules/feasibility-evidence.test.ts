import { expect, it } from 'vitest';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { groupBy } from '../group.ts';
import { feasibilityEvidence } from './feasibility-evidence.ts';
import { ruleInput } from './rule.ts';

const FACTS: PlatformFact[] = [
  { id: 'good', outcome: 'present', health: 'running' },
  { id: 'stopped', outcome: 'present', health: 'stopped' },
  { id: 'slow', outcome: 'present', health: 'degraded' },
  { id: 'gone', outcome: 'absent' },
  { id: 'denied', outcome: 'denied', reason: 'no right' },
  { id: 'unseen', outcome: 'not-probed', reason: 'no tool' },
];
const said = (by: string, status: string, need = 'N') => ({ need, status, fact: 'f', by });
const STATED = [
  said('Ann', 'resolved'),
  said('Ann', 'degraded'),
  said('Bob', 'resolved'),
  said('Eve', 'resolved', 'M'),
];

/** What is said of one row `N | status | fact | evidence` in line 9. */
function found(status: string, evidence: string, { facts = true, front = 'platform: sha256:' } = {}) {
  const named = front === '' ? '' : `${front}${front.endsWith(':') ? '0'.repeat(64) : ''}\n`;
  const head = `---\ncountersign: feasibility/1\ndecision: feasible\n${named}---\n`;
  const text = `${head}## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n| N | ${status} | f | ${evidence} |\n`;
  const platform = facts ? { sha256: '0'.repeat(64), facts: FACTS } : undefined;
  const input = ruleInput({ 'feasibility.md': text }, { platform, stated: groupBy(STATED, (one) => one.need) });
  return feasibilityEvidence
    .check(input, { rules: [], found: [] })
    .map(({ path, line, message, fix }) => `${path}:${line} ${message} | ${fix}`);
}

const NOTHING = 'write probe:<fact id> for a fact of the snapshot, or record a statement and write stated:<person>';
const SUPPORTED = 'set the status that the fact supports';
const STUB = 'a stub stands in for what is absent: denied is blocked, not probed is unknown';
const DEGRADED = 'found and not usable is degraded: write that, with a constraint';
const CITE = 'cite a fact id as the probe shows it, or probe again';
const NAME = 'record the statement under exactly this name, or cite who made it';
const AS_STATED = 'write the status that was stated';

it.each<[string, string, string[]]>([
  ['resolved', '', [`N is resolved and cites nothing that shows it | ${NOTHING}`]],
  ['degraded', 'words', [`N is degraded and cites nothing that shows it | ${NOTHING}`]],
  ['stub', '', []],
  ['blocked', '', []],
  ['unknown', '', []],
  ['resolved', 'probe:good', []],
  ['resolved', 'probe:stopped', [`N is resolved, but the snapshot says that stopped is stopped | ${DEGRADED}`]],
  [
    'resolved',
    'probe:stopped, probe:good, probe:slow',
    [`N is resolved, but the snapshot says that stopped is stopped, slow is degraded | ${DEGRADED}`],
  ],
  ['degraded', 'probe:stopped', []],
  [
    'resolved',
    'probe:gone, probe:stopped, probe:denied',
    [`N is resolved, but the snapshot says that gone is absent, denied is denied | ${SUPPORTED}`],
  ],
  ['resolved', 'probe:good, probe:gone', [`N is resolved, but the snapshot says that gone is absent | ${SUPPORTED}`]],
  ['degraded', 'probe:good, probe:gone', []],
  [
    'degraded',
    'probe:unseen, probe:gone',
    [`N is degraded, but the snapshot says that unseen is not-probed, gone is absent | ${SUPPORTED}`],
  ],
  ['stub', 'probe:gone, probe:good', []],
  ['stub', 'probe:stopped', []],
  [
    'stub',
    'probe:denied, probe:gone, probe:unseen',
    [`N is a stub, but the snapshot says that denied is denied, unseen is not-probed | ${STUB}`],
  ],
  ['blocked', 'probe:denied', []],
  ['blocked', 'probe:good', []],
  ['unknown', 'probe:unseen', []],
  ['odd', 'probe:gone', []],
  ['blocked', 'probe:a, probe:good, probe:b', [`N cites "a", "b", which the snapshot does not hold | ${CITE}`]],
  // The last statement of a person counts; a row may say something worse than it, and nothing better.
  ['degraded', 'stated:ann', []],
  ['blocked', 'stated:ANN', []],
  ['resolved', 'stated:ann', [`"ann" stated N as degraded, and the row says resolved | ${AS_STATED}`]],
  ['resolved', 'stated:Bob', []],
  ['odd', 'stated:Ann', []],
  ['resolved', 'stated:Eve', [`"Eve" has stated nothing about N | ${NAME}`]],
  [
    'resolved',
    'probe:gone, stated:Ann, stated:Zoe',
    [
      `N is resolved, but the snapshot says that gone is absent | ${SUPPORTED}`,
      `"Ann" stated N as degraded, and the row says resolved | ${AS_STATED}`,
      `"Zoe" has stated nothing about N | ${NAME}`,
    ],
  ],
])('a need that is %s and cites %j', (status, evidence, messages) => {
  expect(found(status, evidence)).toEqual(messages.map((message) => `feasibility.md:10 ${message}`));
});

it('asks for the snapshot only where the front matter names none', () => {
  const facts = false;
  const fix = 'probe the platform and write platform: sha256:... into the front matter';
  expect(found('resolved', 'probe:good', { facts, front: '' })).toEqual([
    `feasibility.md:9 N cites a probed fact, and the front matter names no snapshot | ${fix}`,
  ]);
  expect(found('resolved', 'probe:good', { facts })).toEqual([]);
  expect(found('resolved', 'probe:good', { facts, front: 'odd: 1' })).toEqual([]);
  expect(found('resolved', 'stated:Bob', { facts, front: '' })).toEqual([]);
});
