import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frozen, human, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { naiveContentDigest, naiveOpenGates } from '../../../../test/helpers/naive-gate.ts';
import type { Frozen } from '../decision/subject.ts';
import type { Recorded } from '../ledger/event.ts';
import { readLedger } from '../ledger/ledger.ts';
import type { Demand } from '../policy/demand.ts';
import { GATES, STAGES, type Stage, type Track } from '../stage.ts';
import { gateContent, gateStates } from './gate.ts';

/**
 * Random histories over a small alphabet: three texts a stage, three people, few events and many branches, so that the
 * hard cases (concurrent decisions, bytes that come back, equal digests from two branches) turn up often.
 */
const PEOPLE = [{ name: 'Ada' }, { name: 'Grace' }, { name: 'G. Hopper', email: 'grace' }];

type Texts = Partial<Record<Stage, number>>;

const text = fc.integer({ min: 0, max: 2 });
const texts: fc.Arbitrary<Texts> = fc.record({
  requirements: fc.constantFrom(0, 0, 0, 0, 1),
  feasibility: fc.constantFrom(0, 0, 0, 0, 1),
  design: fc.constantFrom(0, 0, 0, 0, 1),
  build: fc.constant(0),
  'as-built': fc.constant(0),
});

const policy: fc.Arbitrary<Partial<Demand>> = fc.oneof(
  { weight: 9, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      level: fc.constantFrom('recorded', 'hosted', 'signed'),
      approvers: fc.constantFrom(1, 2),
      separation: fc.boolean(),
    }),
  },
);

/** Where an event hangs: on all heads, or on some earlier events. */
const place = fc.oneof(
  { weight: 2, arbitrary: fc.constant<number[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }) },
);

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      gate: fc.constantFrom(0, 0, 0, 1),
      texts,
      policy,
      round: fc.constantFrom(1, 1, 2),
      by: text,
      /** Whether somebody approves at once, knowing nothing else. */
      passed: fc.boolean(),
      place,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      about: fc.nat(6),
      decision: fc.constantFrom('approve', 'approve', 'approve', 'approve', 'reject', 'revoke'),
      by: text,
      level: fc.constantFrom('recorded', 'recorded', 'hosted', 'signed'),
      place,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('note' as const), place }) },
);

const history = fc.record({
  track: fc.constantFrom<Track>('light', 'standard'),
  steps: fc.array(step, { minLength: 2, maxLength: 10 }),
  now: texts,
  missing: fc.oneof({ weight: 19, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...STAGES) }),
  demand: policy,
  vetoed: fc.oneof({ weight: 19, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(1) }),
});

const content = (of: Texts): Record<Stage, Frozen[] | null> =>
  Object.fromEntries(STAGES.map((stage) => [stage, [frozen(`${stage}.md`, `text ${of[stage]}`)]])) as Record<
    Stage,
    Frozen[] | null
  >;

type Plan = typeof history extends fc.Arbitrary<infer T> ? T : never;

function told(plan: Plan): LedgerBuilder {
  const story = new LedgerBuilder({ track: plan.track });
  const submissions: Recorded<'submitted'>[] = [];
  for (const one of plan.steps) {
    const known = one.place.map((at) => story.events[at % story.events.length]!);
    const after = known.length === 0 ? {} : { after: known };
    if (one.do === 'note') story.note(after);
    else if (one.do === 'submit') {
      const current = content(one.texts);
      const upstream: string[] = [];
      const gates = GATES[plan.track].slice(0, one.gate + 1);
      for (const gate of gates.slice(0, -1))
        upstream.push(
          naiveContentDigest(story.created.id, `stage:${gate.stage}`, gateContent(current, gate)!, upstream),
        );
      const gate = gates.at(-1)!;
      const submission = story.submit(`stage:${gate.stage}`, {
        artifacts: gateContent(current, gate)!,
        upstream,
        policy: one.policy,
        round: one.round,
        actor: human(PEOPLE[one.by]!.name, PEOPLE[one.by]!.email),
        ...after,
      });
      submissions.push(submission);
      if (one.passed) story.approve(submission, { by: PEOPLE[0]!, after: [submission] });
    } else if (submissions.length > 0)
      story.decide(submissions[one.about % submissions.length]!.body.digest, one.decision as 'approve', {
        by: PEOPLE[one.by]!,
        level: one.level as 'signed',
        ...after,
      });
  }
  return story;
}

function inputs(plan: Plan, story: LedgerBuilder) {
  const current = content(plan.now);
  if (plan.missing !== null) current[plan.missing] = null;
  const demand: Demand = { ...laxDemand, ...plan.demand };
  const vetoed = (gate: { stage: Stage }) => GATES[plan.track][plan.vetoed]?.stage === gate.stage;
  return { track: plan.track, current, demand: () => demand, vetoed, first: story.created.id };
}

const opened = { yes: 0, contested: 0 };

describe('gates over random histories', () => {
  it('[R-RULE-18] are open exactly when the rules, written down a second time, say so', () => {
    fc.assert(
      fc.property(history, (plan) => {
        const story = told(plan);
        const { vetoed, ...rest } = inputs(plan, story);
        const gates = gateStates({
          ...rest,
          now: 0,
          ledger: story.ledger(),
          veto: (gate) => (vetoed(gate) ? [{ code: 'rewound', text: 'no' }] : []),
        });
        expect(gates.map((gate) => gate.state === 'open')).toEqual(
          naiveOpenGates({ ...rest, vetoed, events: story.events }),
        );
        for (const gate of gates) {
          expect(gate.state === 'open').toBe(gate.reasons.length === 0);
          if (gate.state === 'open') opened.yes++;
          if (gate.reasons.some((one) => one.code === 'contested')) opened.contested++;
        }
      }),
      { numRuns: 1000 },
    );
    // The histories are worth nothing if they never get anywhere.
    expect(opened.yes).toBeGreaterThan(80);
    expect(opened.contested).toBeGreaterThan(3);
  });

  it('[R-RULE-17] look the same whatever the order of the ledger files', () => {
    const shuffled = history.chain((plan) => {
      const files = told(plan).files();
      return fc.tuple(fc.constant(plan), fc.shuffledSubarray(files, { minLength: files.length }));
    });
    fc.assert(
      fc.property(shuffled, ([plan, files]) => {
        const story = told(plan);
        const { vetoed: _, first: __, ...rest } = inputs(plan, story);
        const ledger = readLedger(story.delivery, files);
        if ('problems' in ledger) throw new Error('expected a ledger');
        const now = { ...rest, now: 0, veto: () => [] };
        expect(gateStates({ ...now, ledger })).toEqual(gateStates({ ...now, ledger: story.ledger() }));
      }),
      { numRuns: 300 },
    );
  });
});
