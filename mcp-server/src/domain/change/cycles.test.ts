import { describe, expect, it } from 'vitest';
import { frozen, human, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { recordedSince } from '../verify/owned-content.ts';
import { countsAsApplied } from './baseline.ts';
import { aboutChange, cyclesOf, PLAN, SCOPE, scopeBytes } from './cycles.ts';

const NOW = Date.UTC(2026, 5, 1);
const plan = sha256('the plan');
const result = [frozen('design.md', 'as it will be')];
const scope = { tasks: ['TSK-1.1'], checks: ['CHK-1'], paths: ['app/**'] };

class Story extends LedgerBuilder {
  readonly opened = this.add('change-opened', {
    n: 1,
    title: 'Author',
    base: [frozen('design.md', 'as it is')],
    requirements: {},
  });

  plan(said: Partial<Recorded<'change-planned'>['body']> = {}, after?: Recorded[]) {
    const body = { n: 1, change: this.opened.id, plan, result, requirements: {}, ...scope, ...said };
    return this.add('change-planned', body, after === undefined ? {} : { after });
  }

  ask(said: typeof scope = scope) {
    const artifacts = [...result, { path: PLAN, sha256: plan }, { path: SCOPE, sha256: sha256(scopeBytes(said)) }];
    return this.submit(aboutChange(1), { artifacts, actor: human('Ada') });
  }

  cycle(demand = laxDemand) {
    return cyclesOf(this.ledger(), demand, NOW)[0]!;
  }
}

describe('a cycle of change', () => {
  it('goes from proposed to planned to approved, and counts as applied only when it was approved', () => {
    const story = new Story();
    expect(story.cycle()).toMatchObject({ status: 'PROPOSED', lacking: ['there is no plan yet'] });
    story.plan();
    const asked = story.ask();
    expect(story.cycle()).toMatchObject({ status: 'PLANNED', approvals: [] });
    const approval = story.approve(asked);
    expect(story.cycle()).toMatchObject({ status: 'APPROVED', approvals: [{ id: approval.id }], lacking: [] });
    story.add('change-closed', {
      n: 1,
      change: story.opened.id,
      status: 'APPLIED',
      reason: '',
      checks: [],
      manifest: null,
    });
    expect(countsAsApplied(story.cycle())).toBe(true);
  });

  it('that says it was applied, and that nobody approved, does not count', () => {
    const story = new Story();
    story.plan();
    story.ask();
    story.add('change-closed', {
      n: 1,
      change: story.opened.id,
      status: 'APPLIED',
      reason: '',
      checks: [],
      manifest: null,
    });
    expect(story.cycle().status).toBe('APPLIED');
    expect(countsAsApplied(story.cycle())).toBe(false);
  });

  it.each([
    ['paths', { paths: ['**'] }],
    ['checks', { checks: [] }],
    ['tasks', { tasks: [] }],
    ['texts', { result: [frozen('design.md', 'something else')] }],
    ['further texts', { result: [...result, frozen('requirements.md', 'slipped in')] }],
  ])('whose later event names other %s than were approved is not approved', (_, said) => {
    const story = new Story();
    story.plan();
    story.approve(story.ask());
    expect(story.cycle().status).toBe('APPROVED');
    story.plan(said);
    expect(story.cycle()).toMatchObject({ status: 'PLANNED', approvals: [], submission: undefined });
  });

  it('asks for as much as policy does now', () => {
    const story = new Story();
    story.plan();
    story.approve(story.ask());
    expect(story.cycle({ ...laxDemand, level: 'signed' })).toMatchObject({ status: 'PLANNED', approvals: [] });
    expect(story.cycle({ ...laxDemand, approvers: 2 }).status).toBe('PLANNED');
  });
});

describe('what is recorded after changes', () => {
  const built = [frozen('app/a.py', 'a'), frozen('app/b.py', 'b'), frozen('lib/c.py', 'c')];

  it('is moved at the paths of the plan, and at no other', () => {
    const files = [frozen('app/a.py', 'a2'), frozen('app/d.py', 'd'), frozen('lib/c.py', 'planted')];
    expect(recordedSince(built, [{ files, paths: ['app/**'] }])).toEqual([frozen('lib/c.py', 'c'), files[0], files[1]]);
    expect(recordedSince(built, [])).toEqual(built);
  });
});
