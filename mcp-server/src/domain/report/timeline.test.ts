import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import type { Actor, Recorded } from '../ledger/event.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { environmentOf, type TimelineEvent, timeline } from './timeline.ts';

const HASH = sha256('evidence');
const SHORT = HASH.slice(0, 12);
const AGENT: Actor = { kind: 'agent', name: 'builder', via: 'mcp' };
const NOON = Date.UTC(2026, 0, 5, 12);

/** The timeline's last event, told by an agent at noon, without what is the same of each. */
function last(tell: (story: LedgerBuilder, placement: { at: number; actor: Actor }) => Recorded) {
  const story = new LedgerBuilder();
  const event = tell(story, { at: NOON, actor: AGENT });
  const { id, at, by, kind, via, ...rest } = timeline(story.ledger()).at(-1)!;
  expect({ id, at, by, kind, via }).toEqual({
    id: event.id,
    at: '2026-01-05T12:00:00.000Z',
    by: 'builder',
    kind: 'agent',
    via: 'mcp',
  });
  return rest;
}

type Rest = Omit<TimelineEvent, 'id' | 'at' | 'by' | 'kind' | 'via'>;
const told = (type: string, moment: string, text: string, alarming = false, level: string | null = null) =>
  ({ type, moment, text, level, alarming }) as Rest;

describe('an event on the timeline', () => {
  it.each(['passed', 'failed'] as const)('of a check that %s', (result) => {
    const body = { check: 'CHK-1', component: 'CMP-1', definition: HASH, inputs: HASH, exit: 0, durationMs: 1 };
    expect(last((story, when) => story.add('checked', { ...body, result, evidence: HASH }, when))).toEqual(
      told('checked', 'check', `ran CHK-1: ${result} (evidence ${SHORT})`, result === 'failed'),
    );
  });

  it.each(['verified', 'applied', 'failed'] as const)('of a deploy that ended %s', (outcome) => {
    const body = { environment: 'prod', start: HASH, outcome, reason: '', evidence: HASH };
    // One check of it failed: what alarms is the outcome.
    const checks = [
      { name: 'up', result: 'failed' as const, evidence: HASH },
      { name: 'well', result: 'passed' as const, evidence: HASH },
    ];
    expect(last((story, when) => story.add('deploy-finished', { ...body, checks }, when))).toEqual(
      told(
        'deploy-finished',
        'check',
        `deploy ${SHORT} to prod ${outcome}, 1 of 2 checks passed (evidence ${SHORT})`,
        outcome === 'failed',
      ),
    );
  });

  it.each<[Recorded<'observed'>['body']['results'][number]['result'][], boolean]>([
    [[], false],
    [['passed', 'unknown'], false],
    [['unknown'], false],
    [['passed', 'failed', 'unknown'], true],
    [['failed'], true],
  ])('of a look that found %j', (results, alarming) => {
    const found = last((story, when) =>
      story.add(
        'observed',
        {
          environment: 'prod',
          kind: 'observation',
          start: null,
          results: results.map((result) => ({ name: 'up', result, criteria: [], said: '', evidence: HASH })),
        },
        when,
      ),
    );
    expect(found).toMatchObject({ type: 'observed', moment: 'check', level: null, alarming });
  });

  it.each([
    ['approve', 'recorded', 'approved', false],
    ['approve', 'signed', 'approved', false],
    ['reject', 'hosted', 'rejected', true],
    ['revoke', 'signed', 'revoked', true],
  ] as const)('of a decision to %s at level %s', (decision, level, verb, alarming) => {
    const decided = (story: LedgerBuilder, when: object) =>
      story.decide(HASH, decision, { ...when, level, comment: 'as "seen"' });
    expect(last(decided)).toEqual(
      told('decided', 'decision', `Grace ${verb} ${SHORT} (level ${level}): "as "seen""`, alarming, level),
    );
  });

  it('of an approval whose signature is void alarms', () => {
    const story = new LedgerBuilder();
    const approved = story.decide(HASH, 'approve', { level: 'signed' });
    const body = { ...approved.body, level: 'void' as const };
    const ledger = { graph: { order: [{ ...approved, body }] } } as unknown as Ledger;
    expect(timeline(ledger)).toMatchObject([{ moment: 'decision', level: 'void', alarming: true }]);
  });

  it.each<[(story: LedgerBuilder, when: object) => Recorded, Rest]>([
    [
      (story, when) => story.submit('stage:design', { ...when, round: 2 }),
      told('submitted', 'submission', expect.stringMatching(/^submitted stage:design for approval, round 2, digest /)),
    ],
    [
      (story, when) => story.add('started', { task: 'TSK-1', component: 'CMP-1' }, when),
      told('started', 'other', 'started TSK-1 (CMP-1)'),
    ],
    [
      (story, when) =>
        story.add(
          'scanned',
          { inputs: HASH, evidence: HASH, errors: 2, warnings: 1, differences: ['x'], notRun: ['tflint'] },
          when,
        ),
      told('scanned', 'other', `scanned the files: 2 errors, 1 warnings, without tflint (evidence ${SHORT})`),
    ],
    [
      (story, when) =>
        story.add(
          'deploy-started',
          {
            environment: 'prod',
            basis: 'external',
            digest: null,
            plan: null,
            build: HASH,
            sets: { size: '2' },
            commit: null,
          },
          when,
        ),
      told('deploy-started', 'other', `began deploying build ${SHORT} to prod size=2 elsewhere, approved by nobody`),
    ],
    [
      (story, when) => story.add('deviated', { id: 'DEV-1', designed: 'a', delivered: 'b', reason: 'c' }, when),
      told('deviated', 'other', 'recorded DEV-1: designed "a", delivered "b", because "c"'),
    ],
  ])('of anything else is told and alarms nobody', (tell, expected) => expect(last(tell)).toEqual(expected));
});

it.each([
  ['deploy:prod', 'prod'],
  ['deploy:live/prod', 'live/prod'],
  ['drift:live/prod/eu', 'prod/eu'],
  ['drift:live/', ''],
  ['drift:files', ''],
  ['drift:not-live/prod', ''],
  ['stage:live/prod', ''],
  ['', ''],
])('%j is about the environment %j', (about, environment) => expect(environmentOf(about)).toBe(environment));
