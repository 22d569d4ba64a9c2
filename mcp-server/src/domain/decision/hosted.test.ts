import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { eventsOf } from '../ledger/ledger.ts';
import { type HostedApproval, peopleByAccount, withHosted } from './hosted.ts';
import { verdictOf } from './verdict.ts';

const people = peopleByAccount({ 'grace@example.org': 'GraceH' });

function reviewed() {
  const story = new LedgerBuilder();
  const asked = story.submit('stage:design');
  const approval: HostedApproval = {
    account: 'graceh',
    at: '2026-02-01T10:00:00.000Z',
    commit: 'c'.repeat(40),
    digest: asked.body.digest,
    seen: [asked.id],
  };
  return { story, asked, approval };
}

describe('an approval on the git host', () => {
  it('counts as a decision of level hosted by the person that policy gives the account to', () => {
    const { story, asked, approval } = reviewed();
    const ledger = withHosted(story.ledger(), [approval], people);
    const [decided] = eventsOf(ledger, 'decided');
    expect(decided).toMatchObject({
      at: approval.at,
      parents: [asked.id],
      actor: { kind: 'human', name: 'graceh', email: 'grace@example.org', via: 'git-host' },
      body: {
        level: 'hosted',
        statement: {
          subject: asked.body.digest,
          decision: 'approve',
          approver: { name: 'graceh', email: 'grace@example.org' },
          seen: [asked.id],
          nonce: approval.commit,
          at: approval.at,
        },
      },
    });
    expect(verdictOf(ledger.graph, eventsOf(ledger, 'decided')).is).toBe('approved');
    expect(eventsOf(story.ledger(), 'decided')).toEqual([]);
  });

  it('is the same event from the same review, and another from another commit', () => {
    const { story, approval } = reviewed();
    const idOf = (one: HostedApproval) => eventsOf(withHosted(story.ledger(), [one], people), 'decided')[0]!.id;
    expect(idOf(approval)).toBe(idOf({ ...approval }));
    expect(idOf({ ...approval, commit: 'd'.repeat(40) })).not.toBe(idOf(approval));
  });

  it('of an account that policy gives to nobody counts for nothing', () => {
    const { story, approval } = reviewed();
    const ledger = story.ledger();
    expect(withHosted(ledger, [{ ...approval, account: 'stranger' }], people)).toBe(ledger);
    expect(withHosted(ledger, [], people)).toBe(ledger);
  });

  it('does not see what the reviewer could not know', () => {
    const { story, asked, approval } = reviewed();
    story.reject(asked, { by: { name: 'Bob', email: 'bob@example.org' } });
    const ledger = withHosted(story.ledger(), [approval], people);
    expect(verdictOf(ledger.graph, eventsOf(ledger, 'decided')).is).not.toBe('approved');
  });
});
