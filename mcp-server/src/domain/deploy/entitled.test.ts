import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { MANIFEST } from '../build/manifest.ts';
import { short } from '../decision/subject.ts';
import { sha256 } from '../hash.ts';
import { deploysOf } from './deploys.ts';
import { entitled, freezes, planContent, savedBytes } from './entitled.ts';
import { planPage } from './page.ts';
import { type DeployPlan, deployPlanBytes } from './plan.ts';

const plan = deployPlan();
const judged = (story: DeployStory, now: DeployPlan, more: object = {}) => {
  const ledger = story.ledger();
  const given = {
    deploys: deploysOf(ledger),
    demand: laxDemand,
    now: 0,
    planOf: (hash: string | undefined) =>
      story.evidence.has(hash!) ? (JSON.parse(story.evidence.get(hash!)!) as DeployPlan) : undefined,
  };
  const answer = entitled(ledger, now, { ...given, ...more });
  return 'lacking' in answer ? answer.lacking : answer.submission.id;
};

describe('what a decision on a plan binds', () => {
  const bound = [
    { path: 'deploy-plan.md', sha256: sha256(planPage(plan)) },
    { path: 'deploy-plan.json', sha256: sha256(deployPlanBytes(plan)) },
    { path: 'deploy-environment.json', sha256: plan.definition },
    { path: MANIFEST, sha256: plan.build },
  ];

  it('is the page that people read, the plan, the settings, the manifest, and what the tool saved', () => {
    expect(planContent(plan, undefined)).toEqual(bound);
    expect(savedBytes('abc')).toBe('{"sha256":"abc"}');
    expect(planContent(plan, 'abc')).toEqual([
      ...bound,
      { path: 'saved-plan.json', sha256: sha256('{"sha256":"abc"}') },
    ]);
  });

  it('is compared without what the tool saved, which may differ from run to run', () => {
    const submit = (artifacts: { path: string; sha256: string }[]) => new DeployStory().plans(plan, { artifacts });
    expect(freezes(submit(planContent(plan, undefined)), plan)).toBe(true);
    expect(freezes(submit(planContent(plan, 'abc')), plan)).toBe(true);
    expect(freezes(submit(bound.slice(1)), plan)).toBe(false);
    expect(freezes(submit([...bound, { path: 'more', sha256: sha256('') }]), plan)).toBe(false);
    expect(freezes(submit(bound), deployPlan({ detail: 'another' }))).toBe(false);
  });
});

describe('a plan may be applied', () => {
  it('once a person approved just that', () => {
    const story = new DeployStory();
    const submission = story.plans(plan);
    expect(judged(story, plan)).toEqual([`${short(submission.body.digest)}: it waits for a person's decision`]);
    story.approve(submission);
    expect(judged(story, plan)).toBe(submission.id);
  });

  it('not where nothing was submitted for its environment', () => {
    const story = new DeployStory();
    story.approve(story.plans(deployPlan({ environment: 'staging' })));
    expect(judged(story, plan)).toEqual(['no plan was submitted']);
  });

  it('not as another than was submitted last, and says what moved', () => {
    const story = new DeployStory();
    const submission = story.plans(plan);
    story.approve(submission);
    const said = (moved: string) => [
      `the plan is not the one that was submitted (${short(submission.body.digest)}): ${moved} moved`,
    ];
    expect(judged(story, deployPlan({ run: ['x'], detail: 'y' }))).toEqual(said('the command, how it would change'));
    expect(judged(story, deployPlan({ admits: ['something'] }))).toEqual(said('its record'));
    expect(judged(story, deployPlan({ run: ['x'] }), { planOf: () => undefined })).toEqual(said('its record'));
  });

  it('not after a newer plan took its place', () => {
    const story = new DeployStory();
    story.approve(story.plans(plan));
    const newer = story.plans(deployPlan({ run: ['x'] }), { round: 2 });
    expect(judged(story, plan)).toEqual([
      `the plan is not the one that was submitted (${short(newer.body.digest)}): the command moved`,
    ]);
  });

  it('as one of those that branches submitted, each without knowing of the other', () => {
    const story = new DeployStory();
    const left = story.plans(plan, { after: [story.created] });
    const right = story.plans(deployPlan({ run: ['x'] }), { after: [story.created] });
    story.approve(left);
    story.approve(right);
    expect(judged(story, plan)).toBe(left.id);
    expect(judged(story, deployPlan({ run: ['x'] }))).toBe(right.id);
  });

  it('once: the decision is used by that', () => {
    const story = new DeployStory();
    const submission = story.plans(plan);
    story.approve(submission);
    story.begins(submission);
    expect(judged(story, plan)).toEqual([`the decision on ${short(submission.body.digest)} was used: plan again`]);
  });

  it('not with an approval below what is demanded now', () => {
    const story = new DeployStory();
    const submission = story.plans(plan);
    story.approve(submission);
    expect(judged(story, plan, { demand: { ...laxDemand, level: 'signed' } })).toEqual(
      ['1 approval below the level signed does not count', 'needs 1 more approval at level signed'].map(
        (text) => `${short(submission.body.digest)}: ${text}`,
      ),
    );
  });
});
