import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { human } from '../../../../test/helpers/ledger-builder.ts';
import { ABOUT_FILES, type DriftRecord, driftBytes, driftContent } from '../drift/record.ts';
import { sha256 } from '../hash.ts';
import type { Body } from '../ledger/event.ts';
import { failedIn, lastLook, lookSentence } from '../operate/observed.ts';
import { operations } from './operations.ts';

type Results = Body<'observed'>['results'];

class Story extends DeployStory {
  told() {
    return operations(this.ledger(), (hash) => this.evidence.get(hash));
  }

  looks(results: Results, more: Partial<Body<'observed'>> = {}) {
    const body = { environment: 'prod', kind: 'observation', start: null, results, ...more } as const;
    return this.add('observed', body, { actor: human('Linus') });
  }
}
const result = (name: string, is: Results[number]['result'], said = ''): Results[number] => ({
  name,
  result: is,
  criteria: [],
  said,
  evidence: sha256(name),
});

describe('what became of a delivery where it runs', () => {
  it('has each apply with who approved it, what was set and what its checks said', () => {
    const story = new Story();
    const plan = story.plans(deployPlan({ sets: { vlan: '210', site: 'x' } }));
    story.approve(plan, { by: { name: 'Grace' }, level: 'signed' });
    story.approve(plan, { by: { name: 'Grace' }, level: 'signed' });
    const start = story.begins(plan, { sets: { vlan: '210', site: 'x' } }, { actor: human('Barbara') });
    const end = story.ends(start, 'verified', { reason: 'as planned' });
    expect(story.told().deploys).toEqual([
      {
        environment: 'prod',
        outcome: 'verified',
        at: start.at,
        by: 'Barbara',
        basis: 'approval',
        approvedBy: ['Grace (signed)'],
        build: start.body.build,
        plan: start.body.plan,
        sets: ['site=x', 'vlan=210'],
        checks: end.body.checks,
        reason: 'as planned',
        event: start.id,
      },
    ]);
  });

  it('has an apply that nobody approved, or that did not end, without either', () => {
    const story = new Story();
    const plan = story.plans(deployPlan());
    story.begins(plan, { digest: null, plan: null, basis: 'external' });
    story.begins(plan);
    const row = { approvedBy: [], outcome: 'unknown', checks: [], reason: '' };
    const [first, second] = story.told().deploys;
    expect(first).toMatchObject({ ...row, basis: 'external', plan: '' });
    expect(second).toMatchObject({
      ...row,
      plan: plan.body.subject.artifacts.find((one) => /plan\.json$/.test(one.path))!.sha256,
    });
    story.reject(plan);
    expect(story.told().deploys[1]).toMatchObject({ approvedBy: [] });
  });

  it('has what was seen failing, and that it is well again, in the order of the ledger', () => {
    const story = new Story();
    const bad = story.looks([
      result('up', 'failed', 'down since noon'),
      result('fast', 'passed'),
      result('full', 'failed', '99%'),
    ]);
    const drift: DriftRecord = {
      schema: 'countersign/drift@1',
      delivery: 'vlan-provisioning',
      about: ABOUT_FILES,
      reason: 'urgent',
      files: [],
      live: null,
    };
    story.keep(driftBytes(drift));
    const submitted = story.submit(ABOUT_FILES, { artifacts: driftContent(drift, '').frozen });
    const good = story.looks([result('up', 'passed')], { kind: 'diagnosis' });
    const seen = (event: typeof bad, name: string, said: string) => ({
      what: `${event.body.kind} of prod`,
      at: event.at,
      by: 'Linus',
      said,
      evidence: sha256(name),
      event: event.id,
    });
    const look = (said: string) => ({
      what: ABOUT_FILES,
      at: submitted.at,
      by: 'Ada',
      said,
      evidence: sha256(driftBytes(drift)),
      event: submitted.id,
    });
    const around = (said: string) => [
      seen(bad, 'up', 'up: down since noon'),
      seen(bad, 'full', 'full: 99%'),
      look(said),
      seen(good, 'up', 'well again'),
    ];
    expect(story.told().looks).toEqual(around('not accepted: urgent'));
    story.approve(submitted, { by: { name: 'Grace' } });
    expect(story.told().looks).toEqual(around('accepted by Grace (recorded): urgent'));
    story.evidence.clear();
    expect(story.told().looks[2]!.said).toBe('accepted by Grace (recorded): ');
  });

  it('has nothing to say of other subjects', () => {
    const story = new Story();
    story.approve(story.submit('stage:design'));
    expect(story.told()).toEqual({ deploys: [], looks: [] });
    story.looks([]);
    expect(story.told().looks).toMatchObject([{ said: 'well again', evidence: '' }]);
  });
});

describe('a look at a running system', () => {
  it('is the last of its kind and environment', () => {
    const story = new Story();
    story.looks([result('a', 'passed')]);
    const second = story.looks([result('b', 'passed')]);
    story.looks([], { kind: 'diagnosis' });
    story.looks([], { environment: 'test' });
    expect(lastLook(story.ledger(), 'prod', 'observation')!.id).toBe(second.id);
    expect(lastLook(story.ledger(), 'test', 'diagnosis')).toBeUndefined();
  });

  it('is a sentence with how many failed, and each of them with its evidence', () => {
    const story = new Story();
    const results = [result('b', 'failed', 'down\nnow'), result('c', 'unknown'), result('a', 'failed', 'slow')];
    expect(failedIn(results)).toEqual(['a', 'b']);
    expect(lookSentence(story.looks(results))).toBe(
      `observed prod: 2 of 3 failed: b: down now (evidence ${sha256('b').slice(0, 12)}); a: slow (evidence ${sha256('a').slice(0, 12)})`,
    );
    const well = story.looks([result('c', 'unknown')], { kind: 'diagnosis', environment: 'test' });
    expect(lookSentence(well)).toBe('diagnosed test: 0 of 1 failed');
  });
});
