import { describe, expect, it } from 'vitest';
import { codes, everything, look, pass, submitGate, there } from '../../../../test/helpers/gate-story.ts';
import { human, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import type { Demand } from '../policy/demand.ts';

describe('branches that are merged', () => {
  it('[R-RULE-10] leave a merged text stale, whichever side is looked from', () => {
    const story = new LedgerBuilder();
    const base = pass(story, 'requirements').decision;
    const ours = { ...everything, requirements: 'ours' };
    const theirs = { ...everything, requirements: 'theirs' };
    for (const texts of [ours, theirs]) {
      const submission = submitGate(story, 'requirements', { texts, round: 2, after: [base] });
      story.approve(submission, { after: [submission] });
    }
    const merged = there({ ...everything, requirements: 'ours and theirs' });
    expect(look(story, { current: merged })[0]).toMatchObject({
      state: 'stale',
      reasons: [{ code: 'changed', text: 'requirements.md changed since it was approved' }],
    });
    for (const texts of [ours, theirs]) expect(look(story, { current: there(texts) })[0]?.state).toBe('open');
    expect(look(story)[0]?.state).toBe('stale');
  });

  it('name what was approved, not what another branch has merely submitted', () => {
    const story = new LedgerBuilder();
    const base = story.note();
    const approved = submitGate(story, 'requirements', { after: [base] });
    story.approve(approved, { after: [approved] });
    for (let round = 1; round < 6; round++)
      submitGate(story, 'requirements', { texts: { ...everything, requirements: `t${round}` }, round, after: [base] });
    expect(look(story, { current: there({ requirements: 'merged' }) })[0]).toMatchObject({
      state: 'stale',
      digest: approved.body.digest,
    });
  });

  it('count an approval given on either, when both submitted the same', () => {
    const story = new LedgerBuilder();
    const base = story.note();
    const ours = submitGate(story, 'requirements', { after: [base] });
    const theirs = submitGate(story, 'requirements', { after: [base], actor: human('Edsger') });
    expect(ours.body.digest).toBe(theirs.body.digest);
    story.approve(ours, { after: [ours] });
    expect(look(story)[0]?.state).toBe('open');
  });

  it('name what waits for a decision, not what was approved on another branch', () => {
    const story = new LedgerBuilder();
    const base = story.note();
    const other = submitGate(story, 'requirements', {
      texts: { ...everything, requirements: 'theirs' },
      after: [base],
    });
    story.approve(other, { after: [other] });
    const waits = submitGate(story, 'requirements', { after: [base] });
    expect(look(story)[0]).toMatchObject({ digest: waits.body.digest, reasons: [{ code: 'undecided' }] });
  });

  it('[R-APPROVAL-5] count both submitters as authors then', () => {
    const story = new LedgerBuilder();
    const base = story.note();
    const ours = submitGate(story, 'requirements', { after: [base], actor: human('Ada') });
    submitGate(story, 'requirements', { after: [base], actor: human('Edsger') });
    const demand = (): Demand => ({ ...laxDemand, separation: true });
    story.approve(ours, { by: { name: 'Ada' }, level: 'signed' });
    story.approve(ours, { by: { name: 'Edsger' }, level: 'signed' });
    expect(look(story, { demand })[0]).toMatchObject({
      state: 'blocked',
      reasons: [{ code: 'demand' }, { code: 'demand' }],
    });
    story.approve(ours, { by: { name: 'Grace' }, level: 'signed' });
    expect(look(story, { demand })[0]).toMatchObject({ state: 'open', approvals: [{ approver: 'Grace' }] });
  });

  it('[R-RULE-12] ask for the strictest that either submission bound', () => {
    const story = new LedgerBuilder();
    const base = story.note();
    const lax = submitGate(story, 'requirements', { after: [base] });
    submitGate(story, 'requirements', { after: [base], policy: { level: 'signed' } });
    story.approve(lax, { after: [lax] });
    expect(codes(look(story)[0])).toEqual(['demand', 'demand']);
    story.approve(lax, { level: 'signed' });
    expect(look(story)[0]?.state).toBe('open');
  });
});
