import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { readRequirements } from '../artifact/requirements.ts';
import type { Cycle } from '../change/cycles.ts';
import type { Finding } from '../finding.ts';
import { notDeployable, notNow, notYetAfter, unknownOutcome } from './conditions.ts';
import { deploysOf } from './deploys.ts';
import { deploySchema } from './environment.ts';

const settings = (more: object = {}) => deploySchema.parse({ tool: 'terraform', ...more });
const open = { state: 'open', reasons: [] };
const state = (more: Partial<Parameters<typeof notDeployable>[0]> = {}) => ({
  id: 'd',
  change: null,
  requirements: undefined,
  manifest: { content: null, sha256: 'a', missing: [] },
  ...more,
});
const drifted = (path: string): Finding => ({
  rule: 'drift',
  severity: 'error',
  path,
  line: 1,
  message: 'is not as recorded',
  fix: '',
});

describe('a delivery may be deployed', () => {
  it('when Build is open, no change is, and files are those of the manifest', () => {
    expect(notDeployable(state(), open, settings(), [])).toEqual([]);
  });

  it('and says every reason why not, in one sentence each', () => {
    const cycle = { n: 2 } as Cycle;
    const gate = { state: 'stale', reasons: [{ text: 'design.md moved' }, { text: 'CHK-1 failed' }] };
    const found = notDeployable(
      state({
        change: { cycle, ready: false, waitsFor: [] },
        manifest: { content: null, sha256: null, missing: ['a.tf is not there', 'CHK-1 was not run'] },
      }),
      gate,
      settings({ ticket: 'CHG*' }),
      ['a', 'b', 'c', 'd', 'e', 'f'].map(drifted),
    );
    expect(found).toEqual([
      'Build is stale: design.md moved; CHK-1 failed',
      'change 2 is open: what was approved is no longer what is there',
      'a.tf is not there',
      'CHK-1 was not run',
      ...['a', 'b', 'c', 'd', 'e'].map((path) => `${path}: is not as recorded`),
      'no ticket like CHG* is among refs in requirements.md',
    ]);
  });

  it('whatever the manifest misses, once it has a hash', () => {
    const manifest = { content: null, sha256: 'a', missing: ['something'] };
    expect(notDeployable(state({ manifest }), open, settings(), [])).toEqual([]);
  });
});

describe('the ticket that an environment asks for', () => {
  const missing = (ticket: string | undefined, ...refs: string[]) => {
    const requirements = readRequirements(
      `---\ncountersign: requirements/1\ntitle: T\nowner: O\nrefs: [${refs.map((one) => JSON.stringify(one)).join(', ')}]\n---\n`,
    );
    return notDeployable(state({ requirements }), open, settings(ticket === undefined ? {} : { ticket }), []);
  };

  it.each([
    ['CHG*', 'CHG0041'],
    ['CHG*', 'CHG'],
    ['CHG0041', 'CHG0041'],
    ['*', 'anything'],
    ['*-prod', 'CHG-prod'],
    ['CHG*-prod', 'CHG-prod-prod'],
    ['A*B*C', 'A1B2C'],
    ['A**C', 'AC'],
  ])('%s is named by %s', (ticket, ref) => {
    expect(missing(ticket, ref)).toEqual([]);
    expect(missing(ticket, 'OTHER1', ref)).toEqual([]);
  });

  it.each([
    ['CHG*', 'XCHG1'],
    ['CHG*', 'chg1'],
    ['CHG', 'CHG1'],
    ['CHG', 'CHG1-CHG'],
    ['*-prod', 'CHG-prod-not'],
    ['A*B*C', 'ACB'],
    ['A*B*C', 'A1C2BC1'],
    ['AB*BC', 'ABC'],
    ['C.G', 'CHG'],
  ])('%s is not named by %s', (ticket, ref) => {
    expect(missing(ticket, ref)).toEqual([`no ticket like ${ticket} is among refs in requirements.md`]);
  });

  it('is not named where there are no refs, nor asked for where it is not declared', () => {
    expect(missing('CHG*')).toHaveLength(1);
    expect(missing(undefined)).toEqual([]);
  });
});

describe('an environment that comes first', () => {
  const build = deployPlan().build;
  const since = (...outcomes: Parameters<DeployStory['deployed']>[1][]) => {
    const story = new DeployStory();
    for (const outcome of outcomes) story.deployed(deployPlan(), outcome);
    return (names: string[], wanted = build) => notYetAfter(deploysOf(story.ledger()), names, wanted);
  };

  it('has to be verified last, with the same build', () => {
    expect(since('failed', 'verified')(['prod'])).toEqual([]);
    expect(since('verified', 'failed')(['prod'])).toEqual([
      'prod comes first, and its last deploy is failed, not verified',
    ]);
    expect(since('applied')(['prod'])).toEqual([
      'prod comes first, and its last deploy is applied, not verified (no checks are declared that could verify it)',
    ]);
    expect(since('verified')(['prod'], 'another')).toEqual(['prod comes first, and has another build']);
    expect(since('verified')(['dev', 'prod', 'test'])).toEqual([
      'dev comes first, and nothing was deployed there',
      'test comes first, and nothing was deployed there',
    ]);
  });
});

describe('nothing is applied now', () => {
  it('while the outcome of a deploy anywhere is unknown, or the window is closed', () => {
    const story = new DeployStory();
    story.deployed(deployPlan(), 'verified');
    const start = story.begins(story.plans(deployPlan({ environment: 'staging' })));
    const deploys = deploysOf(story.ledger());
    const unknown = `staging: unknown outcome of the deploy begun at ${start.at}: verify what is there`;
    expect(unknownOutcome(deploys[1]!)).toBe(unknown);
    const friday = Date.parse('2026-11-20T10:00:00Z');
    expect(notNow(settings(), deploys, friday)).toEqual([unknown]);
    expect(notNow(settings({ windows: ['mon 08:00-16:00'] }), deploys, friday)).toEqual([
      unknown,
      'it is 2026-11-20T10:00:00.000Z, outside the change window (mon 08:00-16:00, UTC)',
    ]);
    expect(notNow(settings({ windows: ['fri 08:00-16:00'] }), [], friday)).toEqual([]);
  });
});
