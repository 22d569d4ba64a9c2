import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { resets } from './resets.ts';

const nothing = { artifacts: [] };
const of = (story: LedgerBuilder) => resets(story.ledger()).map((event) => event.id);

describe('decisions that lower what was bound', () => {
  it.each(['track:light', 'risk:low', 'policy:current'])('[R-RULE-13] are approvals of %s', (about) => {
    const story = new LedgerBuilder();
    story.submit('stage:design');
    const submission = story.submit(about, nothing);
    expect(of(story)).toEqual([]);
    const yes = story.approve(submission);
    expect(of(story)).toEqual([yes.id]);
    story.revoke(submission);
    expect(of(story)).toEqual([]);
  });

  it.each(['stage:design', 'deploy:prod', 'change:3'])('are not approvals of %s', (about) => {
    const story = new LedgerBuilder();
    story.approve(story.submit(about));
    expect(of(story)).toEqual([]);
  });

  it('[R-RULE-13] have to be as strict as anything that was bound before', () => {
    const story = new LedgerBuilder();
    story.submit('stage:requirements', { policy: { level: 'signed' } });
    story.submit('stage:requirements', { policy: { level: 'recorded' } });
    const lower = story.submit('policy:current', nothing);
    story.approve(lower, { level: 'hosted' });
    expect(of(story)).toEqual([]);
    const signed = story.approve(lower, { level: 'signed', by: { name: 'Edsger' } });
    expect(of(story)).toEqual([signed.id]);
    const again = story.submit('policy:current', { ...nothing, round: 2 });
    const recorded = story.approve(again);
    expect(of(story)).toEqual([signed.id, recorded.id]);
  });

  it('[R-RULE-13] have to be as strict as what they bound themselves, author apart', () => {
    const story = new LedgerBuilder();
    const lower = story.submit('policy:current', { ...nothing, policy: { separation: true } });
    story.approve(lower, { level: 'signed', by: { name: 'Ada' } });
    expect(of(story)).toEqual([]);
    const other = story.approve(lower, { level: 'signed', by: { name: 'Grace' } });
    expect(of(story)).toEqual([other.id]);
  });

  it('[R-RULE-13] are not held to what was bound without their knowledge', () => {
    const story = new LedgerBuilder();
    const lower = story.submit('policy:current', nothing);
    const yes = story.approve(lower);
    story.submit('stage:requirements', { policy: { level: 'signed' }, after: [story.created] });
    expect(of(story)).toEqual([yes.id]);
  });
});
