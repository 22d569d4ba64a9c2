import { describe, expect, it } from 'vitest';
import { frozen, human, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { stageOfEntry } from './anchor.ts';
import { commentsOf, isOpen } from './comments.ts';

describe('review comments', () => {
  it('are remarks on entries and rejections that name some, in order, each with its replies', () => {
    const story = new LedgerBuilder();
    const asked = story.submit('stage:requirements');
    const remark = story.add(
      'commented',
      { about: 'stage:requirements', anchor: 'REQ-1', text: 'which hosts?' },
      { actor: human('Grace') },
    );
    const rejection = story.reject(asked, {
      comment: 'REQ-2 and AC-1.1: too vague, REQ-2 most',
      by: { name: 'Grace' },
    });
    story.add('replied', { comment: remark.id, text: 'all of them' }, { actor: human('Ada') });
    story.add('replied', { comment: 'f'.repeat(64), text: 'to nobody' });
    const comments = commentsOf(story.ledger());
    expect(comments).toEqual([
      {
        id: remark.id,
        about: 'stage:requirements',
        anchors: ['REQ-1'],
        text: 'which hosts?',
        by: 'Grace',
        replies: [{ by: 'Ada', text: 'all of them' }],
      },
      {
        id: rejection.id,
        about: 'stage:requirements',
        anchors: ['REQ-2', 'AC-1.1'],
        text: 'REQ-2 and AC-1.1: too vague, REQ-2 most',
        by: 'Grace',
        replies: [],
      },
    ]);
    expect(comments.map(isOpen)).toEqual([false, true]);
  });

  it('are none of what approves, names no entry, or is about nothing that was submitted', () => {
    const story = new LedgerBuilder();
    const asked = story.submit('stage:design', { artifacts: [frozen('design.md', 'text')] });
    story.reject(asked, { comment: 'not like this' });
    story.approve(asked, { comment: 'REQ-1 is fine' });
    story.decide('0'.repeat(64), 'reject', { comment: 'REQ-1 of another' });
    expect(commentsOf(story.ledger())).toEqual([]);
  });
});

describe('the stage of an entry', () => {
  it.each([
    [['REQ-1', 'AC-1.2', 'CAP-3', 'SYS-1', 'CON-1', 'Q-1', 'RSK-9'], 'requirements'],
    [['FC-1'], 'feasibility'],
    [['DEC-1', 'CMP-12', 'CHK-3'], 'design'],
    [['TSK-1.1', 'DEV-2'], 'build'],
  ])('%s is %s', (ids, stage) => {
    expect(new Set(ids.map(stageOfEntry))).toEqual(new Set([stage]));
  });

  it('is unknown for what is no id', () => {
    for (const text of ['', 'REQ', 'REQ-', 'XYZ-1', 'a REQ-1', 'constructor-1', 'stage:design'])
      expect(stageOfEntry(text)).toBeUndefined();
  });
});
