import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { coverOf, deployDemand, deploysOf, deploysTo, isSpent, plansOf } from './deploys.ts';

const told = (story: DeployStory) =>
  deploysOf(story.ledger()).map(({ environment, outcome, open }) => [environment, outcome, open]);

describe('the deploys of a delivery', () => {
  it('are told in the order of the ledger, each with its end', () => {
    const story = new DeployStory();
    const first = story.deployed(deployPlan({ environment: 'staging' }), 'verified');
    const second = story.deployed(deployPlan(), 'failed');
    const deploys = deploysOf(story.ledger());
    expect(deploys.map((one) => [one.start.id, one.finish?.body.start])).toEqual([
      [first.id, first.id],
      [second.id, second.id],
    ]);
    expect(told(story)).toEqual([
      ['staging', 'verified', false],
      ['prod', 'failed', false],
    ]);
    expect(deploysTo(deploys, 'prod').map((one) => one.start.id)).toEqual([second.id]);
  });

  it('have an unknown outcome until a later deploy to the environment came to an end', () => {
    const story = new DeployStory();
    story.begins(story.plans(deployPlan()));
    expect(told(story)).toEqual([['prod', 'unknown', true]]);
    story.deployed(deployPlan({ environment: 'staging' }), 'verified');
    const again = story.begins(story.plans(deployPlan(), { round: 2 }));
    expect(told(story)).toEqual([
      ['prod', 'unknown', true],
      ['staging', 'verified', false],
      ['prod', 'unknown', true],
    ]);
    story.ends(again, 'failed');
    expect(told(story)).toEqual([
      ['prod', 'unknown', false],
      ['staging', 'verified', false],
      ['prod', 'failed', false],
    ]);
  });

  it('are not settled by an earlier deploy, nor by one that did not know of them', () => {
    const story = new DeployStory();
    story.deployed(deployPlan(), 'verified');
    const submission = story.plans(deployPlan(), { round: 2 });
    story.begins(submission, {}, { after: [submission] });
    const elsewhere = story.begins(submission, { basis: 'external' }, { after: [submission] });
    story.ends(elsewhere, 'verified', {}, { after: [elsewhere] });
    const open = told(story).filter((one) => one[2]);
    expect(open).toEqual([['prod', 'unknown', true]]);
  });

  it('count an end only where it descends from the start that it names, in the same environment', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const start = story.begins(submission);
    story.ends(start, 'verified', {}, { after: [submission] });
    story.ends(start, 'verified', { environment: 'staging' });
    expect(told(story)).toEqual([['prod', 'unknown', true]]);
  });

  it.each([
    ['verified', 'failed', 'failed'],
    ['failed', 'verified', 'failed'],
    ['applied', 'verified', 'applied'],
    ['failed', 'applied', 'failed'],
  ] as const)('end as the worse of what two branches say: %s and %s', (one, other, outcome) => {
    const story = new DeployStory();
    const start = story.begins(story.plans(deployPlan()));
    story.ends(start, one, {}, { after: [start] });
    story.ends(start, other, { reason: 'another' }, { after: [start] });
    expect(told(story)).toEqual([['prod', outcome, false]]);
  });

  it('end as the last that was said, where one knew of the other', () => {
    const story = new DeployStory();
    const start = story.begins(story.plans(deployPlan()));
    story.ends(start, 'failed');
    story.ends(start, 'verified');
    expect(told(story)).toEqual([['prod', 'verified', false]]);
  });
});

describe('the decision on a plan', () => {
  it('is spent once something began with it, unless a standing approval covered that', () => {
    const story = new DeployStory();
    const used = story.plans(deployPlan());
    const standing = story.plans(deployPlan({ build: 'b'.repeat(64) }), { round: 2 });
    story.begins(used);
    story.begins(standing, { basis: 'standing' });
    const deploys = deploysOf(story.ledger());
    expect(isSpent(deploys, used.body.digest)).toBe(true);
    expect(isSpent(deploys, standing.body.digest)).toBe(false);
  });

  it('is one on the plans of its own environment', () => {
    const story = new DeployStory();
    const prod = story.plans(deployPlan());
    story.plans(deployPlan({ environment: 'staging' }));
    story.submit('stage:build');
    expect(plansOf(story.ledger(), 'prod').map((one) => one.id)).toEqual([prod.id]);
  });

  const cover = (story: DeployStory, submission: Parameters<typeof coverOf>[1], more: object = {}) => {
    const { is, lacking, approvals } = coverOf(story.ledger(), submission, { demand: laxDemand, now: 0, ...more });
    return [is, lacking, approvals.map((one) => one.id)];
  };

  it('covers it once a person approved it, and no longer when that is revoked', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const other = story.plans(deployPlan({ environment: 'staging' }));
    expect(cover(story, submission)).toEqual(['undecided', ["it waits for a person's decision"], []]);
    const approval = story.approve(submission);
    expect(cover(story, submission)).toEqual(['approved', [], [approval.id]]);
    expect(cover(story, other)).toEqual(['undecided', ["it waits for a person's decision"], []]);
    story.revoke(submission);
    expect(cover(story, submission)).toEqual(['revoked', ['it is revoked'], []]);
    story.reject(other);
    expect(cover(story, other)).toEqual(['rejected', ['it is rejected'], []]);
  });

  it('is judged by what could be known before an event', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const start = story.begins(submission);
    const approval = story.approve(submission);
    const later = story.note();
    expect(cover(story, submission, { before: start })).toEqual([
      'undecided',
      ["it waits for a person's decision"],
      [],
    ]);
    expect(cover(story, submission, { before: later })).toEqual(['approved', [], [approval.id]]);
  });

  it('has to meet what is asked now and what the plan was bound to', () => {
    const story = new DeployStory();
    const lax = story.plans(deployPlan());
    const bound = story.plans(deployPlan(), { round: 2, policy: { level: 'signed' } });
    story.approve(lax, { level: 'hosted' });
    story.approve(bound, { level: 'hosted' });
    expect(cover(story, lax)[1]).toEqual([]);
    const below = ['1 approval below the level signed does not count', 'needs 1 more approval at level signed'];
    expect(cover(story, lax, { demand: { ...laxDemand, level: 'signed' } })).toEqual(['approved', below, []]);
    expect(cover(story, bound)).toEqual(['approved', below, []]);
  });

  it('is not its author’s where separation is asked for', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    story.approve(submission, { level: 'signed', by: { name: 'ada' } });
    const demand = { ...laxDemand, separation: true };
    expect(cover(story, submission, { demand })[1]).toEqual([
      "the author's own approval does not count",
      'needs 1 more approval at level hosted',
    ]);
  });

  it('expires', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const { at } = story.approve(submission).body.statement;
    const demand = { ...laxDemand, expires: 1 };
    const day = 86_400_000;
    expect(cover(story, submission, { demand, now: Date.parse(at) + day })[1]).toEqual([]);
    expect(cover(story, submission, { demand, now: Date.parse(at) + day + 1 })[1]).toEqual([
      'an approval older than 1 days has expired',
      'needs 1 more approval at level recorded',
    ]);
  });
});

describe('what an approval of a plan has to be', () => {
  const levelOf = (story: DeployStory, before?: Parameters<typeof deployDemand>[3]) =>
    deployDemand(story.ledger(), 'prod', laxDemand, before).level;

  it('is what policy asks now, where nothing stricter was bound', () => {
    const story = new DeployStory();
    story.plans(deployPlan());
    story.plans(deployPlan({ environment: 'staging' }), { policy: { level: 'signed' } });
    expect(deployDemand(story.ledger(), 'prod', { ...laxDemand, approvers: 2 })).toEqual({
      ...laxDemand,
      approvers: 2,
    });
  });

  it('is the strictest that any plan for the environment was bound to', () => {
    const story = new DeployStory();
    story.plans(deployPlan(), { policy: { level: 'signed' } });
    story.plans(deployPlan(), { round: 2 });
    expect(levelOf(story)).toBe('signed');
  });

  it('is judged by the plans that an event could know of', () => {
    const story = new DeployStory();
    const start = story.begins(story.plans(deployPlan()));
    story.plans(deployPlan(), { round: 2, policy: { level: 'signed' } });
    expect(levelOf(story, start)).toBe('recorded');
    expect(levelOf(story)).toBe('signed');
  });

  it('is lower after a decision, at the old level, that lowered the policy', () => {
    const story = new DeployStory();
    story.plans(deployPlan(), { policy: { level: 'signed' } });
    const start = story.begins(story.plans(deployPlan(), { round: 2 }));
    const lowering = story.submit('policy:countersign.yaml');
    story.approve(lowering, { level: 'recorded' });
    expect(levelOf(story)).toBe('signed');
    const again = story.submit('policy:countersign.yaml', { round: 2 });
    story.approve(again, { level: 'signed' });
    expect(levelOf(story)).toBe('recorded');
    expect(levelOf(story, start)).toBe('signed');
    story.plans(deployPlan(), { round: 3, policy: { level: 'hosted' } });
    expect(levelOf(story)).toBe('hosted');
  });
});
