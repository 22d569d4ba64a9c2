import { describe, expect, it } from 'vitest';
import { codes, everything, look, pass, states, submitGate, there } from '../../../../test/helpers/gate-story.ts';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { contentDigest } from '../decision/subject.ts';
import { STAGES } from '../stage.ts';
import { nextRound } from './gate.ts';

describe('the gates of a delivery', () => {
  it('[R-RULE-18] are blocked from the start, each saying what is missing', () => {
    const gates = look(new LedgerBuilder(), { current: there({}) });
    expect(gates.map((gate) => gate.stage)).toEqual(STAGES);
    expect(states(gates)).toEqual(Array(5).fill('blocked'));
    expect(gates[0]).toEqual({
      stage: 'requirements',
      covers: ['requirements'],
      about: 'stage:requirements',
      state: 'blocked',
      reasons: [
        { code: 'missing-artifact', text: 'requirements.md is not there' },
        { code: 'not-submitted', text: 'not submitted for approval' },
      ],
      digest: null,
      round: 0,
      approvals: [],
      content: null,
    });
    expect(codes(gates[3])).toEqual(['upstream', 'missing-artifact', 'not-submitted']);
    expect(gates[3]?.reasons.slice(0, 2).map((one) => one.text)).toEqual([
      'Requirements is not approved as it is now',
      'what is built is not complete',
    ]);
  });

  it('[R-RULE-18] open one after the other', () => {
    const story = new LedgerBuilder();
    for (const [at, stage] of STAGES.entries()) {
      const { submission, decision } = pass(story, stage);
      const gates = look(story);
      expect(states(gates)).toEqual(STAGES.map((_, gate) => (gate <= at ? 'open' : 'blocked')));
      expect(gates[at]).toMatchObject({
        reasons: [],
        digest: submission.body.digest,
        round: 1,
        content: contentDigest(submission.body.subject),
        approvals: [{ approver: 'Grace', level: 'recorded', at: decision.body.statement.at, event: decision.id }],
      });
    }
  });

  it('wait for a person once submitted', () => {
    const story = new LedgerBuilder();
    const submission = submitGate(story, 'requirements');
    const [gate] = look(story);
    expect(gate).toMatchObject({ state: 'blocked', digest: submission.body.digest, round: 1, approvals: [] });
    expect(gate?.reasons).toEqual([
      { code: 'undecided', text: `waits for a person's decision on ${submission.body.digest.slice(0, 12)}` },
    ]);
  });

  it('[R-TRACK-1] on the light track decide about several stages at once', () => {
    const story = new LedgerBuilder({ track: 'light' });
    const { submission } = pass(story, 'design', { track: 'light' });
    const gates = look(story, { track: 'light' });
    expect(states(gates)).toEqual(['open', 'blocked']);
    expect(submission.body.subject.artifacts.map((one) => one.path)).toEqual([
      'requirements.md',
      'feasibility.md',
      'design.md',
    ]);
    const { feasibility: _, ...without } = everything;
    const [gate] = look(story, { track: 'light', current: there(without) });
    expect(gate?.reasons[0]).toEqual({ code: 'missing-artifact', text: 'feasibility.md is not there' });
    expect(gate?.state).toBe('stale');
    pass(story, 'as-built', { track: 'light' });
    expect(states(look(story, { track: 'light' }))).toEqual(['open', 'open']);
  });

  it('[R-RULE-12] of another track do not open with the decisions of this one', () => {
    const story = new LedgerBuilder({ track: 'light' });
    pass(story, 'design', { track: 'light' });
    expect(states(look(story))).toEqual(['blocked', 'blocked', 'stale', 'blocked', 'blocked']);
  });

  it('stay closed for further reasons given', () => {
    const story = new LedgerBuilder();
    pass(story, 'requirements');
    const reason = { code: 'rewound', text: 'events are gone' } as const;
    const gates = look(story, { veto: (gate) => (gate.stage === 'requirements' ? [reason] : []) });
    expect(gates[0]).toMatchObject({ state: 'blocked', reasons: [reason] });
    expect(codes(gates[1])).toEqual(['upstream', 'not-submitted']);
  });
});

describe('changed bytes', () => {
  const changed = { ...everything, requirements: 'r2' };

  it('[R-RULE-11] make the gate of that file stale, and block what is downstream', () => {
    const story = new LedgerBuilder();
    for (const stage of STAGES) pass(story, stage);
    const gates = look(story, { current: there({ ...everything, design: 'd2' }) });
    expect(states(gates)).toEqual(['open', 'open', 'stale', 'stale', 'stale']);
    expect(gates[2]?.reasons).toEqual([{ code: 'changed', text: 'design.md changed since it was approved' }]);
    expect(gates[3]?.reasons).toEqual([
      { code: 'upstream', text: 'Design is not approved as it is now' },
      { code: 'upstream-changed', text: 'what it rests on changed since it was approved: submit it again' },
    ]);
  });

  it('[R-RULE-5] after a mere submission are not stale, only changed', () => {
    const story = new LedgerBuilder();
    submitGate(story, 'requirements');
    const [gate] = look(story, { current: there(changed) });
    expect(gate).toMatchObject({
      state: 'blocked',
      reasons: [{ code: 'changed', text: 'requirements.md changed since it was submitted' }],
    });
  });

  it('[R-RULE-6] that come back as they were are approved again, as long as nothing else was submitted', () => {
    const story = new LedgerBuilder();
    pass(story, 'requirements');
    expect(look(story, { current: there(changed) })[0]?.state).toBe('stale');
    expect(look(story)[0]?.state).toBe('open');
  });

  it('[R-RULE-5] once submitted leave the approval of the old bytes behind', () => {
    const story = new LedgerBuilder();
    pass(story, 'requirements');
    const second = submitGate(story, 'requirements', { texts: changed, round: 2 });
    expect(codes(look(story, { current: there(changed) })[0])).toEqual(['undecided']);
    expect(look(story)[0]).toMatchObject({ state: 'blocked', round: 2, reasons: [{ code: 'changed' }] });
    story.approve(second);
    expect(look(story, { current: there(changed) })[0]?.state).toBe('open');
    expect(look(story)[0]?.state).toBe('stale');
  });

  it('[R-RULE-5] do not revive an approval by going back and submitting the old subject again', () => {
    const story = new LedgerBuilder();
    const { submission } = pass(story, 'requirements');
    submitGate(story, 'requirements', { texts: changed, round: 2 });
    const again = submitGate(story, 'requirements');
    expect(again.body.digest).toBe(submission.body.digest);
    expect(look(story)[0]).toMatchObject({ state: 'blocked', reasons: [{ code: 'undecided' }], approvals: [] });
    story.approve(again);
    expect(look(story)[0]?.state).toBe('open');
  });

  it('[R-RULE-5] do not shake off a rejection either', () => {
    const story = new LedgerBuilder();
    story.reject(submitGate(story, 'requirements'));
    submitGate(story, 'requirements', { texts: changed, round: 2 });
    submitGate(story, 'requirements');
    expect(codes(look(story)[0])).toEqual(['rejected']);
  });

  it('[R-RULE-18] leave nothing for downstream to bind to while a file is gone', () => {
    const story = new LedgerBuilder();
    pass(story, 'requirements');
    const { requirements: _, ...without } = everything;
    const gates = look(story, { current: there(without) });
    expect(gates.map((gate) => gate.content)).toEqual(Array(5).fill(null));
    expect(gates[0]).toMatchObject({
      state: 'stale',
      reasons: [
        { code: 'missing-artifact', text: 'requirements.md is not there' },
        { code: 'changed', text: 'requirements.md changed since it was approved' },
      ],
    });
    expect(gates[0]?.reasons).toHaveLength(2);
  });

  it('names every file that moved, came or went', () => {
    const story = new LedgerBuilder({ track: 'light' });
    pass(story, 'design', { track: 'light' });
    const current = there({ ...everything, requirements: 'r2', design: 'd2' });
    current.feasibility = [frozen('feasibility-2.md', 'f1')];
    const [gate] = look(story, { track: 'light', current });
    expect(gate?.reasons.map((reason) => reason.text)).toEqual([
      'requirements.md changed since it was approved',
      'feasibility.md changed since it was approved',
      'design.md changed since it was approved',
      'feasibility-2.md changed since it was approved',
    ]);
  });
});

describe('a decision against', () => {
  it('[R-RULE-5] closes the round and says who and why', () => {
    const story = new LedgerBuilder();
    const submission = submitGate(story, 'requirements');
    story.reject(submission, { by: { name: 'Tony' }, comment: 'no owner' });
    const digest = submission.body.digest.slice(0, 12);
    expect(look(story)[0]?.reasons).toEqual([
      { code: 'rejected', text: `${digest} was rejected by Tony: "no owner"; change it or submit again` },
    ]);
    story.revoke(submission, { by: { name: 'Barbara' } });
    expect(look(story)[0]?.reasons).toEqual([
      { code: 'revoked', text: `${digest} was revoked by Barbara; change it or submit again` },
    ]);
  });

  it('[R-RULE-5] needs a new round: the same bytes submitted again start without approvals', () => {
    const story = new LedgerBuilder();
    const { submission } = pass(story, 'requirements');
    story.revoke(submission);
    expect(codes(look(story)[0])).toEqual(['revoked']);
    story.approve(submission, { by: { name: 'Edsger' } });
    expect(codes(look(story)[0])).toEqual(['revoked']);
    const again = submitGate(story, 'requirements', { round: 2 });
    expect(look(story)[0]).toMatchObject({ reasons: [{ code: 'undecided' }], approvals: [], round: 2 });
    story.approve(again);
    expect(look(story)[0]?.state).toBe('open');
  });

  it('[R-RULE-6] closes what is downstream; approving the same content again opens it all again', () => {
    const story = new LedgerBuilder();
    const { submission } = pass(story, 'requirements');
    for (const stage of STAGES.slice(1)) pass(story, stage);
    story.revoke(submission);
    const closed = look(story);
    expect(states(closed)).toEqual(Array(5).fill('blocked'));
    for (const gate of closed.slice(1))
      expect(gate.reasons).toEqual([{ code: 'upstream', text: 'Requirements is not approved as it is now' }]);
    pass(story, 'requirements', { round: 2 });
    expect(states(look(story))).toEqual(Array(5).fill('open'));
  });

  it('[R-RULE-7] beside a concurrent approval blocks until a decision has seen both', () => {
    const story = new LedgerBuilder();
    const submission = submitGate(story, 'requirements');
    story.approve(submission, { after: [submission] });
    story.reject(submission, { after: [submission] });
    const digest = submission.body.digest.slice(0, 12);
    expect(look(story)[0]?.reasons).toEqual([
      {
        code: 'contested',
        text: `${digest} was approved and rejected independently: a decision that has seen both is needed`,
      },
    ]);
    story.approve(submission);
    expect(look(story)[0]?.state).toBe('open');
  });

  it('[R-RULE-7] of the same content on another branch is not passed over because its digest differs', () => {
    const story = new LedgerBuilder();
    const ours = submitGate(story, 'requirements', { after: [story.created] });
    const yes = story.approve(ours, { after: [ours] });
    const theirs = submitGate(story, 'requirements', {
      policy: { approvers: 1, risk: 'standard' },
      after: [story.created],
    });
    const no = story.reject(theirs, { after: [theirs] });
    expect(theirs.body.digest).not.toBe(ours.body.digest);
    expect(look(story)[0]).toMatchObject({ state: 'blocked', reasons: [{ code: 'contested' }] });
    story.approve(submitGate(story, 'requirements', { round: 2, after: [yes, no] }));
    expect(look(story)[0]?.state).toBe('open');
  });
});

describe('the round of a new submission', () => {
  it('[R-RULE-4] is one higher than the highest its author could have seen, of this subject alone', () => {
    const story = new LedgerBuilder();
    expect(nextRound(story.ledger(), 'stage:design')).toBe(1);
    const first = submitGate(story, 'design');
    submitGate(story, 'requirements', { round: 7 });
    expect(nextRound(story.ledger(), 'stage:design')).toBe(2);
    submitGate(story, 'design', { round: 2, after: [first] });
    submitGate(story, 'design', { round: 3, after: [first] });
    expect(nextRound(story.ledger(), 'stage:design')).toBe(4);
  });
});
