import { describe, expect, it } from 'vitest';
import { type DecideOptions, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import type { Demand } from '../policy/demand.ts';
import { countVotes, person } from './votes.ts';

function approvals(...voters: DecideOptions[]) {
  const story = new LedgerBuilder();
  const submission = story.submit('stage:requirements');
  return voters.map((voter) => story.approve(submission, voter));
}

const asking = (change: Partial<Demand>): Demand => ({ ...laxDemand, ...change });
const nobody: ReadonlySet<string> = new Set();

describe('counting votes', () => {
  it('needs one recorded approval where nothing more is asked', () => {
    expect(countVotes(laxDemand, [], nobody)).toEqual({
      met: false,
      counted: [],
      lacking: ['needs 1 more approval at level recorded'],
    });
    const [one] = approvals({});
    expect(countVotes(laxDemand, [one!], nobody)).toEqual({ met: true, counted: [one], lacking: [] });
  });

  it('[R-APPROVAL-5] does not count what is below the level', () => {
    const [weak, strong] = approvals({ level: 'hosted' }, { level: 'signed' });
    expect(countVotes(asking({ level: 'signed' }), [weak!], nobody)).toEqual({
      met: false,
      counted: [],
      lacking: ['1 approval below the level signed does not count', 'needs 1 more approval at level signed'],
    });
    expect(countVotes(asking({ level: 'hosted' }), [weak!], nobody).met).toBe(true);
    expect(countVotes(asking({ level: 'signed' }), [weak!, strong!], nobody)).toMatchObject({
      met: true,
      counted: [strong],
    });
  });

  it('[R-APPROVAL-4] never reaches external with what is stored', () => {
    const [signed] = approvals({ level: 'signed' });
    expect(countVotes(asking({ level: 'external' }), [signed!], nobody).met).toBe(false);
  });

  it('[R-RULE-8] counts people, whatever key or spelling of the address they used', () => {
    const votes = approvals(
      { by: { name: 'Grace', email: 'grace@example.org' }, level: 'signed' },
      { by: { name: 'G. Hopper', email: 'Grace@Example.org ' }, level: 'hosted' },
    );
    const result = countVotes(asking({ approvers: 2 }), votes, nobody);
    expect(result).toMatchObject({ met: false, lacking: ['needs 1 more approval at level hosted'] });
    expect(result.counted).toHaveLength(1);
    const two = approvals(
      { by: { name: 'Grace', email: 'grace@example.org' }, level: 'signed' },
      { by: { name: 'Grace', email: 'grace@example.com' }, level: 'signed' },
    );
    expect(countVotes(asking({ approvers: 2 }), two, nobody)).toEqual({ met: true, counted: two, lacking: [] });
    expect(countVotes(asking({ approvers: 4 }), two, nobody).lacking).toEqual([
      'needs 2 more approvals at level hosted',
    ]);
  });

  it('knows a person by address, else by name', () => {
    expect(person({ name: ' Ada ' })).toBe('ada');
    expect(person({ name: 'Ada', email: ' ADA@example.org' })).toBe('ada@example.org');
  });

  it('[R-RULE-9] does not count recorded names towards a quorum', () => {
    const [grace, edsger] = approvals({ by: { name: 'Grace' } }, { by: { name: 'Edsger' } });
    expect(countVotes(asking({ approvers: 2 }), [grace!, edsger!], nobody)).toEqual({
      met: false,
      counted: [],
      lacking: ['2 approvals below the level hosted do not count', 'needs 2 more approvals at level hosted'],
    });
    const hosted = approvals({ by: { name: 'Grace' }, level: 'hosted' }, { by: { name: 'Edsger' }, level: 'hosted' });
    expect(countVotes(asking({ approvers: 2 }), hosted, nobody).met).toBe(true);
  });

  it('[R-RULE-9] does not tell author and approver apart by recorded names', () => {
    const [grace] = approvals({ by: { name: 'Grace' } });
    expect(countVotes(asking({ separation: true }), [grace!], new Set(['ada'])).met).toBe(false);
    const hosted = approvals({ by: { name: 'Grace' }, level: 'hosted' });
    expect(countVotes(asking({ separation: true }), hosted, new Set(['ada'])).met).toBe(true);
  });

  it("[R-APPROVAL-5] leaves out the author's own approval where separation is asked", () => {
    const votes = approvals(
      { by: { name: 'Ada', email: 'ada@example.org' }, level: 'signed' },
      { by: { name: 'Grace' }, level: 'signed' },
    );
    const authors = new Set(['ada@example.org', 'someone']);
    expect(countVotes(asking({ separation: true }), [votes[0]!], authors)).toEqual({
      met: false,
      counted: [],
      lacking: ["the author's own approval does not count", 'needs 1 more approval at level hosted'],
    });
    expect(countVotes(asking({ separation: true }), votes, authors)).toMatchObject({ met: true, counted: [votes[1]] });
    expect(countVotes(asking({ level: 'signed' }), [votes[0]!], authors)).toEqual({
      met: true,
      counted: [votes[0]],
      lacking: [],
    });
  });

  it('[R-APPROVAL-5] asks for every role, filled by one of its people at hosted or above', () => {
    const [grace, edsger] = approvals(
      { by: { name: 'Grace' }, level: 'hosted' },
      { by: { name: 'Edsger' }, level: 'hosted' },
    );
    const demand = asking({ roles: { network: ['ada', 'grace'], owner: ['edsger'] } });
    expect(countVotes(demand, [grace!], nobody)).toMatchObject({
      met: false,
      counted: [grace],
      lacking: ['needs an approval from role owner'],
    });
    expect(countVotes(demand, [grace!, edsger!], nobody)).toMatchObject({ met: true, lacking: [] });
    const recorded = approvals({ by: { name: 'Grace' } }, { by: { name: 'Edsger' } });
    expect(countVotes(demand, recorded, nobody).met).toBe(false);
    expect(countVotes(asking({ roles: { nobody: [] } }), [grace!], nobody).met).toBe(false);
  });

  it('[R-APPROVAL-5] does not count what has expired', () => {
    const [one] = approvals({});
    const given = Date.parse(one!.body.statement.at);
    const day = 86_400_000;
    const demand = asking({ expires: 2 });
    expect(countVotes(demand, [one!], nobody, given + 2 * day)).toMatchObject({ met: true, counted: [one] });
    expect(countVotes(demand, [one!], nobody, given + 2 * day + 1)).toEqual({
      met: false,
      counted: [],
      lacking: ['an approval older than 2 days has expired', 'needs 1 more approval at level recorded'],
    });
    expect(countVotes(laxDemand, [one!], nobody, given + 5000 * day).met).toBe(true);
  });
});
