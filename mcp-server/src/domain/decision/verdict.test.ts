import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf } from '../ledger/ledger.ts';
import { verdictOf } from './verdict.ts';

function begun() {
  const story = new LedgerBuilder();
  return { story, submission: story.submit('stage:requirements') };
}

function verdict(story: LedgerBuilder, submission: Recorded<'submitted'>) {
  const ledger = story.ledger();
  const decisions = eventsOf(ledger, 'decided').filter(
    (event) => event.body.statement.subject === submission.body.digest,
  );
  return verdictOf(ledger.graph, decisions);
}

const ids = (events: readonly { id: string }[]) => events.map((event) => event.id).sort();

describe('the verdict on a digest', () => {
  it('is undecided while nobody has decided', () => {
    const { story, submission } = begun();
    expect(verdict(story, submission)).toEqual({ is: 'undecided' });
  });

  it('is approved by every approval there is', () => {
    const { story, submission } = begun();
    const first = story.approve(submission);
    const second = story.approve(submission, { by: { name: 'Edsger' } });
    const side = story.approve(submission, { by: { name: 'Barbara' }, after: [submission] });
    const result = verdict(story, submission);
    expect(result.is).toBe('approved');
    expect('by' in result && ids(result.by)).toEqual(ids([first, second, side]));
  });

  it('[R-RULE-5] is rejected, and approving the same round afterwards does not help', () => {
    const { story, submission } = begun();
    const no = story.reject(submission);
    expect(verdict(story, submission)).toEqual({ is: 'rejected', by: [no] });
    story.approve(submission);
    expect(verdict(story, submission)).toEqual({ is: 'rejected', by: [no] });
  });

  it('[R-RULE-5] is revoked, and approving the same round again does not help', () => {
    const { story, submission } = begun();
    story.approve(submission);
    const back = story.revoke(submission);
    expect(verdict(story, submission)).toEqual({ is: 'revoked', by: [back] });
    story.approve(submission);
    expect(verdict(story, submission)).toEqual({ is: 'revoked', by: [back] });
  });

  it.each(['reject', 'revoke'] as const)('[R-RULE-7] is contested by a concurrent approve and %s', (against) => {
    const { story, submission } = begun();
    const yes = story.approve(submission, { after: [submission] });
    const no = story[against](submission, { after: [submission] });
    const result = verdict(story, submission);
    expect(result.is).toBe('contested');
    expect('by' in result && ids(result.by)).toEqual(ids([yes, no]));
    story.note();
    expect(verdict(story, submission).is).toBe('contested');
  });

  it('[R-RULE-7] is settled by an approval that descends from both', () => {
    const { story, submission } = begun();
    story.approve(submission, { after: [submission] });
    story.reject(submission, { after: [submission] });
    const last = story.approve(submission, { by: { name: 'Edsger' } });
    expect(verdict(story, submission)).toEqual({ is: 'approved', by: [last] });
  });

  it('[R-RULE-7] is settled by a rejection that descends from both, and then stays so', () => {
    const { story, submission } = begun();
    story.approve(submission, { after: [submission] });
    story.reject(submission, { after: [submission] });
    story.reject(submission);
    expect(verdict(story, submission).is).toBe('rejected');
    story.approve(submission);
    expect(verdict(story, submission).is).toBe('rejected');
  });

  it('[R-RULE-7] is not settled by an approval that knows only one side', () => {
    const { story, submission } = begun();
    const yes = story.approve(submission, { after: [submission] });
    const no = story.reject(submission, { after: [submission] });
    story.approve(submission, { by: { name: 'Edsger' }, after: [yes] });
    expect(verdict(story, submission).is).toBe('contested');
    story.approve(submission, { by: { name: 'Barbara' }, after: [no] });
    expect(verdict(story, submission).is).toBe('contested');
  });

  it('[R-RULE-7] counts, once settled, only the approvals that descend from every side', () => {
    const { story, submission } = begun();
    const yes = story.approve(submission, { after: [submission] });
    const no = story.reject(submission, { after: [submission] });
    const other = story.reject(submission, { by: { name: 'Tony' }, after: [submission] });
    story.approve(submission, { after: [yes, no] });
    expect(verdict(story, submission).is).toBe('contested');
    const all = story.approve(submission, { after: [yes, no, other] });
    expect(verdict(story, submission)).toEqual({ is: 'approved', by: [all] });
  });

  it('[R-RULE-7] is contested again by a late rejection from a branch that knew nothing', () => {
    const { story, submission } = begun();
    story.approve(submission, { after: [submission] });
    story.reject(submission, { after: [submission] });
    story.approve(submission);
    story.reject(submission, { by: { name: 'Tony' }, after: [submission] });
    expect(verdict(story, submission).is).toBe('contested');
  });

  it('[R-RULE-5] is closed for good by a revocation that follows a settled contest', () => {
    const { story, submission } = begun();
    story.approve(submission, { after: [submission] });
    story.reject(submission, { after: [submission] });
    story.approve(submission);
    story.revoke(submission);
    story.approve(submission);
    expect(verdict(story, submission).is).toBe('revoked');
  });

  it('says how the round ended: by the last decision against it', () => {
    const { story, submission } = begun();
    const no = story.reject(submission);
    const back = story.revoke(submission);
    expect(verdict(story, submission)).toEqual({ is: 'revoked', by: [no, back] });
    story.reject(submission);
    expect(verdict(story, submission).is).toBe('rejected');
  });

  it('[R-RULE-2] does not depend on the clock', () => {
    const { story, submission } = begun();
    const yes = story.approve(submission, { after: [submission], at: Date.UTC(2030, 0, 1) });
    story.revoke(submission, { after: [yes], at: Date.UTC(2020, 0, 1) });
    expect(verdict(story, submission).is).toBe('revoked');
  });

  it('is about one digest: decisions on another do not count', () => {
    const { story, submission } = begun();
    const other = story.submit('stage:requirements', { artifacts: [frozen('requirements.md', 'other')], round: 2 });
    story.approve(other);
    expect(verdict(story, submission)).toEqual({ is: 'undecided' });
  });
});
