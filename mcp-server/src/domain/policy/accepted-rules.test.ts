import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { RULES_SUBJECT, rulesAccepted } from './accepted-rules.ts';

describe('a file of the rules of the repository', () => {
  const policy = frozen('countersign.yaml', 'a: 1\n');
  const signers = frozen('deliveries/allowed_signers', 'key\n');
  const story = () => {
    const told = new LedgerBuilder();
    const submission = told.submit(RULES_SUBJECT, { artifacts: [policy, signers] });
    return { told, submission };
  };
  const accepted = ({ told }: ReturnType<typeof story>, file = policy, demand = laxDemand) =>
    rulesAccepted(told.ledger(), file, demand);

  it('is accepted by a decision about exactly these bytes in this place', () => {
    const one = story();
    expect(accepted(one)).toBe(false);
    one.told.approve(one.submission);
    expect([policy, signers].map((file) => accepted(one, file))).toEqual([true, true]);
    expect(accepted(one, frozen('countersign.yaml', 'a: 2\n'))).toBe(false);
    expect(accepted(one, { ...policy, path: 'deliveries/allowed_signers' })).toBe(false);
    expect(accepted(one, { path: 'other', sha256: policy.sha256 })).toBe(false);
  });

  it('is accepted by as many as the rules before ask for', () => {
    const one = story();
    one.told.approve(one.submission, { by: { name: 'Grace' } });
    expect(accepted(one, policy, { ...laxDemand, approvers: 2, level: 'hosted' })).toBe(false);
  });

  it('is not accepted by a decision about something else', () => {
    const told = new LedgerBuilder();
    told.approve(told.submit('stage:design', { artifacts: [policy] }));
    expect(rulesAccepted(told.ledger(), policy, laxDemand)).toBe(false);
  });
});
