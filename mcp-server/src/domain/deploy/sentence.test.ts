import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { short } from '../decision/subject.ts';
import { sha256 } from '../hash.ts';
import type { Body } from '../ledger/event.ts';
import { deploySentence } from './sentence.ts';

const story = new DeployStory();
const submission = story.plans(deployPlan());
const digest = short(submission.body.digest);
const build = short(sha256('manifest'));
const plan = short(story.begins(submission).body.plan!);

describe('the beginning of a deploy reads as', () => {
  const told = (body: Partial<Body<'deploy-started'>>) => deploySentence(story.begins(submission, body));

  it.each<[Partial<Body<'deploy-started'>>, string]>([
    [{}, `began deploying build ${build} to prod as approved in ${digest}, plan ${plan}`],
    [
      { basis: 'standing', sets: { vlan: '7', name: 'a\nb' } },
      `began deploying build ${build} to prod vlan=7 name=a b under the standing approval ${digest}, plan ${plan}`,
    ],
    [
      { basis: 'rollback', to: 'a'.repeat(64), plan: null },
      `began rolling back to aaaaaaaaaaaa to prod as ${digest} covers`,
    ],
    [{ basis: 'external' }, `began deploying build ${build} to prod elsewhere, as approved in ${digest}, plan ${plan}`],
    [
      { basis: 'external', digest: null, plan: null },
      `began deploying build ${build} to prod elsewhere, approved by nobody`,
    ],
  ])('%j', (body, expected) => expect(told(body)).toBe(expected));
});

describe('the end of a deploy reads as', () => {
  const start = story.begins(submission);
  const evidence = sha256('run');
  const check = (result: 'passed' | 'failed') => ({ name: 'up', result, evidence });

  it.each<[Partial<Body<'deploy-finished'>>, string]>([
    [{ checks: [] }, ''],
    [{ checks: [check('passed'), check('failed'), check('passed')] }, ', 2 of 3 checks passed'],
  ])('%j', (body, checks) => {
    expect(deploySentence(story.ends(start, 'failed', { evidence, ...body }))).toBe(
      `deploy ${short(start.id)} to prod failed${checks} (evidence ${short(evidence)})`,
    );
  });

  it('has its reason on the same line', () => {
    expect(deploySentence(story.ends(start, 'applied', { evidence, reason: 'not\nnow' }))).toBe(
      `deploy ${short(start.id)} to prod applied (evidence ${short(evidence)}): "not now"`,
    );
  });
});
