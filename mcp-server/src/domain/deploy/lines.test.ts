import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan, SETTINGS } from '../../../../test/helpers/deploy-story.ts';
import { readDesign } from '../artifact/design.ts';
import { short } from '../decision/subject.ts';
import { DEFAULT_POLICY } from '../policy/policy.ts';
import { deployLines } from './lines.ts';

const ID = 'vlan-provisioning';
const lines = (story: DeployStory, more: { design?: string; environments?: object } = {}) =>
  deployLines(
    {
      id: ID,
      ledger: story.ledger(),
      policy: {
        ...DEFAULT_POLICY,
        environments: { prod: { deploy: SETTINGS }, ...more.environments } as typeof DEFAULT_POLICY.environments,
      },
      now: 0,
    },
    {
      settled: { track: 'standard', risk: 'standard' },
      design: more.design === undefined ? undefined : readDesign(more.design),
    },
  );
const run = `countersign deploy ${ID} prod`;

describe('how an environment stands', () => {
  it('is said of those that the design names or that something was planned for, in the order of the policy', () => {
    const environments = { staging: { deploy: SETTINGS }, test: { deploy: SETTINGS }, hand: { level: 'hosted' } };
    const design =
      '# T\n\n## 4. Environments\n\n### staging: before prod\n\n### Test\n\n### hand\n\n### other\n\n## More\n\n### prod\n';
    const named = (story: DeployStory, text?: string) =>
      lines(story, { environments, ...(text === undefined ? {} : { design: text }) }).map((one) => one.environment);
    expect(named(new DeployStory(), design)).toEqual(['staging', 'test']);
    expect(named(new DeployStory())).toEqual([]);
    expect(named(new DeployStory(), '# T\n')).toEqual([]);
    const planned = new DeployStory();
    planned.plans(deployPlan());
    expect(named(planned, design)).toEqual(['prod', 'staging', 'test']);
    const begun = new DeployStory();
    begun.begins(begun.plans(deployPlan({ environment: 'hand' })), { environment: 'prod' });
    expect(named(begun)).toEqual(['prod']);
  });

  it('is that nothing was deployed, and that it can be planned', () => {
    expect(lines(new DeployStory(), { design: '## Environments\n\n### prod\n' })).toEqual([
      { environment: 'prod', text: 'prod: nothing was deployed', next: `${run} plan`, verified: false },
    ]);
  });

  it('is that a plan waits for a person', () => {
    const story = new DeployStory();
    const digest = short(story.plans(deployPlan()).body.digest);
    expect(lines(story)).toEqual([
      {
        environment: 'prod',
        text: `prod: nothing was deployed; plan ${digest}: it waits for a person's decision`,
        next: `a person decides: /approve ${digest} (or /approve reject ${digest} REASON), then ${run} apply`,
        verified: false,
      },
    ]);
  });

  it('is that an approved plan can be applied, with the levels of its approvals', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    story.approve(submission, { by: { name: 'Ann' } });
    story.approve(submission, { by: { name: 'Bob' }, level: 'hosted' });
    story.approve(submission, { by: { name: 'Cid' } });
    expect(lines(story)).toEqual([
      {
        environment: 'prod',
        text: `prod: nothing was deployed; plan ${short(submission.body.digest)} is approved (level recorded, hosted)`,
        next: `${run} apply`,
        verified: false,
      },
    ]);
  });

  it.each(['reject', 'revoke'] as const)('is that a plan is needed after a decision to %s', (decision) => {
    const story = new DeployStory();
    const { digest } = story.plans(deployPlan()).body;
    story.decide(digest, decision);
    expect(lines(story)).toMatchObject([
      {
        text: `prod: nothing was deployed; plan ${short(digest)}: it is ${decision === 'reject' ? 'rejected' : 'revoked'}`,
        next: `${run} plan`,
      },
    ]);
  });

  it('is that an approval does not suffice for what policy asks of the environment', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const digest = short(submission.body.digest);
    story.approve(submission);
    expect(lines(story, { environments: { prod: { deploy: SETTINGS, level: 'signed' } } })).toMatchObject([
      {
        text: `prod: nothing was deployed; plan ${digest}: 1 approval below the level signed does not count; needs 1 more approval at level signed`,
        next: `a person decides: /approve ${digest} (or /approve reject ${digest} REASON), then ${run} apply`,
      },
    ]);
  });

  it.each([
    ['verified', '', true],
    ['applied', '', false],
    ['failed', `${run} rollback`, false],
  ] as const)('is what the last deploy came to: %s', (outcome, next, verified) => {
    const story = new DeployStory();
    const start = story.deployed(deployPlan(), outcome);
    expect(lines(story)).toEqual([{ environment: 'prod', text: `prod: ${outcome} at ${start.at}`, next, verified }]);
  });

  it('is what it came to and the new plan', () => {
    const story = new DeployStory();
    const start = story.deployed(deployPlan(), 'verified');
    const digest = short(story.plans(deployPlan({ run: ['x'] }), { round: 2 }).body.digest);
    expect(lines(story)).toMatchObject([
      { text: `prod: verified at ${start.at}; plan ${digest}: it waits for a person's decision`, verified: true },
    ]);
  });

  it('is that nobody knows, before anything else, and what to do then', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    story.approve(submission);
    const start = story.begins(submission);
    story.plans(deployPlan({ run: ['x'] }), { round: 2 });
    expect(lines(story)).toEqual([
      {
        environment: 'prod',
        text: `prod: unknown outcome of the deploy begun at ${start.at}: verify what is there`,
        next: `verify what is there, then ${run} record (or rollback)`,
        verified: false,
      },
    ]);
  });
});
