import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan, SETTINGS } from '../../../../test/helpers/deploy-story.ts';
import { short } from '../decision/subject.ts';
import { sha256 } from '../hash.ts';
import type { Body, Recorded } from '../ledger/event.ts';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts';
import { planContent } from './entitled.ts';
import { citedByDeploy, deployFindings } from './findings.ts';
import { type DeployPlan, deployPlanBytes, settingsBytes } from './plan.ts';

const settled = { track: 'standard', risk: 'standard' } as const;
const ID = 'vlan-provisioning';
const at = (event: Recorded) => ({ path: `deliveries/${ID}/ledger/${event.id}.json`, line: 1 });

const findings = (story: DeployStory, more: { floor?: Policy; held?: Recorded[]; settled?: object } = {}) =>
  deployFindings(
    { id: ID, ledger: story.ledger(), ...(more.floor === undefined ? {} : { floor: more.floor }) },
    { settled: { ...settled, ...more.settled } },
    (hash) => story.evidence.get(hash),
    new Set(more.held?.map((one) => one.id)),
  );

const ungated = (start: Recorded<'deploy-started'>, why: string) => ({
  ...at(start),
  rule: 'ungated-deploy',
  severity: 'error',
  message: `a deploy to ${start.body.environment} began without a sufficient approval: ${why}`,
  fix: 'find out what was changed, and have it planned and approved',
});

/** A plan that was approved, and something that began with it and ended. */
function applied(body: Partial<Body<'deploy-started'>> = {}, plan = deployPlan()) {
  const story = new DeployStory();
  const submission = story.plans(plan);
  story.approve(submission);
  const start = story.begins(submission, body);
  story.ends(start, 'verified');
  return { story, start, submission };
}

describe('the record of a deploy', () => {
  it('has nothing to report where a plan was approved, applied and verified', () => {
    expect(findings(applied().story)).toEqual([]);
  });

  it('says that nobody knows what came of an apply that did not end, and how to record it', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    story.approve(submission);
    const start = story.begins(submission);
    expect(findings(story)).toEqual([
      {
        ...at(start),
        rule: 'deploy-outcome',
        severity: 'warning',
        message: `prod: unknown outcome of the deploy begun at ${start.at}: verify what is there`,
        fix: `countersign deploy ${ID} prod record`,
      },
    ]);
  });
});

describe('the end of a deploy is not believed', () => {
  const evidence = sha256('of another');
  const check = (result: 'passed' | 'failed') => ({ name: 'up', result, evidence: sha256('gone') });
  const ended = (body: Partial<Body<'deploy-finished'>>, outcome: 'verified' | 'applied' | 'failed') => {
    const { story, start } = applied();
    story.keep('of another');
    const end = story.ends(start, outcome, body);
    return { found: findings(story), end };
  };
  const problem = (end: Recorded, message: string) => ({
    ...at(end),
    rule: 'deploy-record',
    severity: 'error',
    message,
    fix: 'find out who wrote it, and what is really there',
  });

  it.each([
    ['verified', { checks: [] }, 'it says verified, and no check was run'],
    ['verified', { checks: [check('passed'), check('failed')] }, 'it says verified, and a check failed'],
    ['applied', { checks: [check('failed')] }, 'it says applied, and a check failed'],
    ['applied', { evidence }, `its evidence ${evidence.slice(0, 12)} is of something else`],
    ['failed', { evidence }, `its evidence ${evidence.slice(0, 12)} is of something else`],
    [
      'verified',
      { checks: [{ ...check('passed'), evidence }] },
      `its evidence ${evidence.slice(0, 12)} is of something else`,
    ],
    ['failed', { environment: 'staging' }, 'it ends a deploy to prod'],
    ['failed', { start: 'a'.repeat(64) }, 'it ends a deploy that never began'],
  ] as const)('as %s with %j', (outcome, body, message) => {
    const { found, end } = ended(body as Partial<Body<'deploy-finished'>>, outcome);
    expect(found).toEqual([problem(end, message)]);
  });

  it.each(['', 'null', '{}', '{"start":"x"}', '[]'])('with evidence that says %j', (text) => {
    const { story, start } = applied();
    const end = story.ends(start, 'failed', { evidence: story.keep(text) });
    expect(findings(story)).toEqual([problem(end, `its evidence ${short(sha256(text))} is of something else`)]);
  });

  it('where it does not descend from its start', () => {
    const { story, start, submission } = applied();
    const end = story.ends(start, 'failed', {}, { after: [submission] });
    expect(findings(story)).toEqual([problem(end, 'it ends a deploy that never began')]);
  });

  it.each([
    ['failed', { checks: [check('failed')] }],
    ['failed', { checks: [] }],
    ['applied', { checks: [] }],
    ['failed', { evidence: sha256('gone') }],
  ] as const)('but is as %s with %j', (outcome, body) => {
    expect(ended(body as Partial<Body<'deploy-finished'>>, outcome).found).toEqual([]);
  });
});

describe('an apply was not entitled', () => {
  it('where nobody approved it', () => {
    const { story, start } = applied({ digest: null, basis: 'external' });
    expect(findings(story)).toEqual([ungated(start, 'nobody approved it')]);
  });

  it('where its digest is of no plan for the environment that was there before', () => {
    const unknown = applied({ digest: 'a'.repeat(64) });
    expect(findings(unknown.story)).toEqual([
      ungated(unknown.start, 'aaaaaaaaaaaa is no plan for prod that was submitted before'),
    ]);
    const story = new DeployStory();
    const note = story.note();
    const submission = story.plans(deployPlan());
    story.approve(submission);
    const start = story.begins(submission, {}, { after: [note] });
    story.ends(start, 'verified');
    const digest = short(submission.body.digest);
    expect(findings(story)).toEqual([ungated(start, `${digest} is no plan for prod that was submitted before`)]);
    const other = applied({}, deployPlan({ environment: 'staging' }));
    const begun = other.story.begins(other.submission, { environment: 'prod' });
    other.story.ends(begun, 'failed');
    expect(findings(other.story)).toEqual([
      ungated(begun, `${short(other.submission.body.digest)} is no plan for prod that was submitted before`),
    ]);
  });

  it('where the approval came after it', () => {
    const story = new DeployStory();
    const submission = story.plans(deployPlan());
    const start = story.begins(submission);
    story.approve(submission);
    story.ends(start, 'verified');
    expect(findings(story)).toEqual([ungated(start, "it waits for a person's decision")]);
  });

  it('where the decision had been used', () => {
    const { story, submission } = applied();
    const again = story.begins(submission);
    story.ends(again, 'verified');
    expect(findings(story)).toEqual([ungated(again, `the decision on ${short(submission.body.digest)} had been used`)]);
  });

  it.each([
    ['another plan', { plan: sha256('another') }],
    ['another build', { build: sha256('another') }],
    ['no plan', { plan: null }],
  ])('where it applied %s', (_, body) => {
    for (const basis of ['approval', 'external'] as const) {
      const { story, start } = applied({ ...body, basis });
      expect(findings(story)).toEqual([ungated(start, 'it applied another plan than was approved')]);
    }
  });

  it('where the plan that was approved can no longer be read', () => {
    const { story, start } = applied();
    const { plan } = start.body;
    story.evidence.delete(plan!);
    expect(findings(story)).toEqual([ungated(start, 'it applied another plan than was approved')]);
    story.evidence.set(plan!, 'no JSON');
    expect(findings(story)).toEqual([ungated(start, 'it applied another plan than was approved')]);
  });

  it('where the track asks for a signed approval by another person', () => {
    const { story, start } = applied();
    expect(findings(story, { settled: { track: 'strict' } })).toEqual([
      ungated(start, '1 approval below the level signed does not count'),
      ungated(start, 'needs 1 more approval at level signed'),
    ]);
  });

  it('by the trusted policy, where its ref does not hold the apply yet', () => {
    const { story, start } = applied();
    const floor: Policy = {
      ...DEFAULT_POLICY,
      environments: { prod: { level: 'signed' } },
    };
    expect(findings(story, { floor })).toHaveLength(2);
    expect(findings(story, { floor, held: [start] })).toEqual([]);
    expect(findings(story, { floor: { ...DEFAULT_POLICY, environments: { staging: { level: 'signed' } } } })).toEqual(
      [],
    );
  });
});

describe('a rollback', () => {
  const rollback = (plan: DeployPlan, body: Partial<Body<'deploy-started'>> = {}) => {
    const { story, submission } = applied();
    const start = story.begins(submission, { basis: 'rollback', plan: story.keep(deployPlanBytes(plan)), ...body });
    story.ends(start, 'applied');
    return { found: findings(story), start };
  };

  it('is covered by the approval of what it undoes, as often as it is needed', () => {
    expect(rollback(deployPlan({ action: 'rollback' })).found).toEqual([]);
  });

  it('is none where it applies something', () => {
    const { found, start } = rollback(deployPlan());
    expect(found).toEqual([ungated(start, 'it is no rollback')]);
  });

  it('is not covered with other settings than were approved, or without its plan', () => {
    const missing = 'its plan or the settings it was approved with are not there';
    for (const { found, start } of [
      rollback(deployPlan({ action: 'rollback', definition: 'a'.repeat(64) })),
      rollback(deployPlan({ action: 'rollback' }), { plan: null }),
    ])
      expect(found).toEqual([ungated(start, missing)]);
  });
});

describe('a run under a standing approval', () => {
  const standing = { until: '2026-02-01T00:00:00Z', limits: { creates: 1, changes: 0, destroys: 0 } };
  const settings = { ...SETTINGS, standing: { ...standing, sets: { vlan: { pattern: '[0-9]+' } } } };
  const definition = sha256(settingsBytes(settings));
  const approved = deployPlan({ definition, sets: { vlan: '1' } });
  const run = (plan: DeployPlan, change: (story: DeployStory) => void = () => undefined) => {
    const story = new DeployStory();
    story.keep(settingsBytes(settings));
    const submission = story.plans(approved);
    story.approve(submission);
    const start = story.begins(submission, { basis: 'standing', plan: story.keep(deployPlanBytes(plan)) });
    story.ends(start, 'verified');
    change(story);
    return { found: findings(story), start };
  };

  it('needs no decision of its own within its words', () => {
    expect(run(deployPlan({ definition, sets: { vlan: '2' } })).found).toEqual([]);
  });

  it('is not entitled beyond them', () => {
    const { found, start } = run(deployPlan({ definition, sets: { vlan: 'x' } }));
    expect(found).toEqual([ungated(start, 'vlan does not match [0-9]+ in the standing approval')]);
  });

  it('is not entitled where settings or the approved plan are gone', () => {
    const gone = run(deployPlan({ definition }), (story) => story.evidence.delete(definition));
    expect(gone.found).toEqual([ungated(gone.start, 'the settings it was approved with are not there')]);
    const planless = run(deployPlan({ definition, sets: { vlan: '2' } }), (story) =>
      story.evidence.delete(sha256(deployPlanBytes(approved))),
    );
    expect(planless.found).toEqual([
      ungated(planless.start, 'its plan or the settings it was approved with are not there'),
    ]);
  });

  it('is not entitled by a submission that froze no settings', () => {
    const story = new DeployStory();
    const artifacts = planContent(approved, undefined).filter((one) => one.path !== 'deploy-environment.json');
    const submission = story.plans(approved, { artifacts });
    story.approve(submission);
    const start = story.begins(submission, { basis: 'standing' });
    story.ends(start, 'verified');
    expect(findings(story)).toEqual([ungated(start, 'its plan or the settings it was approved with are not there')]);
  });
});

describe('the evidence that a deploy cites', () => {
  it('is the plan and the manifest of its start, and the runs of its end', () => {
    const { story, start } = applied();
    const check = { name: 'up', result: 'passed' as const, evidence: sha256('check') };
    const end = story.ends(start, 'verified', { evidence: sha256('run'), checks: [check] });
    expect(citedByDeploy(start)).toEqual([start.body.plan, start.body.build]);
    expect(citedByDeploy(end as Recorded)).toEqual([sha256('run'), sha256('check')]);
    expect(citedByDeploy(applied({ plan: null }).start)).toEqual([start.body.build]);
    expect(citedByDeploy(story.note() as Recorded)).toEqual([]);
  });
});
