import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { sha256 } from '../hash.ts';
import { lastDeploys } from './last-deploys.ts';
import { deploySentence } from './sentence.ts';

describe('the last deploy to each environment', () => {
  it('is what is there, with why its approvals do not reach a level', () => {
    const story = new DeployStory();
    story.deployed(deployPlan(), 'failed');
    const last = story.deployed(deployPlan(), 'verified');
    const test = story.deployed(deployPlan({ environment: 'test' }), 'applied');
    const told = (level: 'recorded' | 'signed') =>
      lastDeploys(story.ledger(), level).map(({ environment, start, outcome, lacking }) => [
        environment,
        start.id,
        outcome,
        lacking.length > 0,
      ]);
    expect(told('recorded')).toEqual([
      ['prod', last.id, 'verified', false],
      ['test', test.id, 'applied', false],
    ]);
    expect(told('signed')).toEqual([
      ['prod', last.id, 'verified', true],
      ['test', test.id, 'applied', true],
    ]);
  });

  it('is held to the level that its plan was bound to, where that is higher', () => {
    const story = new DeployStory();
    const plan = story.plans(deployPlan(), { policy: { level: 'signed' } });
    story.approve(plan);
    story.begins(plan);
    expect(lastDeploys(story.ledger(), 'recorded')[0]!.lacking).not.toEqual([]);
  });

  it('counts no approval that came after it began, and lacks nothing where nobody submitted it', () => {
    const story = new DeployStory();
    const plan = story.plans(deployPlan());
    story.begins(plan);
    story.approve(plan);
    expect(lastDeploys(story.ledger(), 'recorded')[0]!.lacking).toEqual(["it waits for a person's decision"]);
    story.begins(plan, { digest: null, basis: 'external' });
    expect(lastDeploys(story.ledger(), 'signed')[0]!.lacking).toEqual([]);
  });

  it('is nowhere in a ledger without deploys', () => {
    expect(lastDeploys(new DeployStory().ledger(), 'recorded')).toEqual([]);
  });
});

describe('a deploy in the history', () => {
  const story = new DeployStory();
  const plan = story.plans(deployPlan());
  const digest = plan.body.digest.slice(0, 12);
  const build = sha256('manifest').slice(0, 12);
  const planned = plan.body.subject.artifacts.find((one) => one.path === 'deploy-plan.json')!.sha256.slice(0, 12);

  it.each([
    [{}, `began deploying build ${build} to prod as approved in ${digest}, plan ${planned}`],
    [
      { basis: 'standing', sets: { vlan: '2\n1' } },
      `began deploying build ${build} to prod vlan=2 1 under the standing approval ${digest}, plan ${planned}`,
    ],
    [
      { basis: 'rollback', to: sha256('old'), plan: null },
      `began rolling back to ${sha256('old').slice(0, 12)} to prod as ${digest} covers`,
    ],
    [
      { basis: 'external', digest: null },
      `began deploying build ${build} to prod elsewhere, approved by nobody, plan ${planned}`,
    ],
    [
      { basis: 'external' },
      `began deploying build ${build} to prod elsewhere, as approved in ${digest}, plan ${planned}`,
    ],
  ] as const)('that begins with %j says on what it rests', (body, text) => {
    expect(deploySentence(story.begins(plan, body))).toBe(text);
  });

  it('that ends says what came of it', () => {
    const start = story.begins(plan);
    const check = (result: 'passed' | 'failed') => ({ name: 'up', result, evidence: sha256('up') });
    const end = story.ends(start, 'failed', { checks: [check('passed'), check('failed')], reason: 'it\nhung' });
    const evidence = end.body.evidence.slice(0, 12);
    expect(deploySentence(end)).toBe(
      `deploy ${start.id.slice(0, 12)} to prod failed, 1 of 2 checks passed (evidence ${evidence}): "it hung"`,
    );
    const plain = story.ends(start, 'applied');
    expect(deploySentence(plain)).toBe(
      `deploy ${start.id.slice(0, 12)} to prod applied (evidence ${plain.body.evidence.slice(0, 12)})`,
    );
  });
});
