import { describe, expect, it } from 'vitest';
import { deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { sha256 } from '../hash.ts';
import { deploySchema } from './environment.ts';
import { aboutDeploy, beyondLimits, beyondRequirements, inputsHash, movedParts } from './plan.ts';
import { beyondStanding } from './standing.ts';

const summary = { creates: 2, changes: 0, destroys: 1, hosts: { changed: 3, all: 10 } };

describe('a plan', () => {
  it('is about the deploy to its environment', () => {
    expect(aboutDeploy('prod')).toBe('deploy:prod');
  });

  it('has the hash of its inputs by path, in whatever order they were read', () => {
    const [a, b] = [
      { path: 'a', sha256: '1' },
      { path: 'b', sha256: '2' },
    ];
    expect(inputsHash([a, b])).toBe(sha256('{"a":"1","b":"2"}'));
    expect(inputsHash([b, a])).toBe(inputsHash([a, b]));
  });

  it.each([
    [{}, []],
    [{ differs: ['x'], admits: ['x'], environment: 'x', tool: 'tofu' as const }, []],
    [{ definition: 'x' }, ["the environment's settings"]],
    [{ build: 'x' }, ['the approved build']],
    [{ overlay: [{ path: 'x', sha256: 'x' }] }, ['the files of values']],
    [{ inputs: { files: 3, sha256: 'x' } }, ['the files that the tool reads']],
    [{ sets: { a: '1' } }, ['the inputs that were set']],
    [{ run: ['x'] }, ['the command']],
    [{ summary, items: [], detail: null }, ['how much would change', 'what would change', 'how it would change']],
  ])('that differs by %j says so', (more, expected) => {
    expect(movedParts(deployPlan(), deployPlan(more))).toEqual(expected);
  });
});

describe('what a plan does beyond a limit', () => {
  it.each([
    [{}, []],
    [{ creates: 2, changes: 0, destroys: 1 }, []],
    [{ creates: 1 }, ['2 creates, and the policy allows 1']],
    [{ destroys: 0, creates: 3 }, ['1 destroys, and the policy allows 0']],
    [
      { creates: 0, changes: 0, destroys: 0 },
      ['2 creates, and the policy allows 0', '1 destroys, and the policy allows 0'],
    ],
  ])('%j is each kind with its count', (limits, expected) => {
    expect(beyondLimits(summary, limits, 'the policy')).toEqual(expected);
  });

  it('is everything that cannot be counted, however high the limit', () => {
    const unknown = { creates: null, changes: null, destroys: null, hosts: null };
    expect(beyondLimits(unknown, { changes: 99 }, 'the policy')).toEqual([
      'nobody can say how many changes there are, and the policy allows 99',
    ]);
    expect(beyondLimits(unknown, {}, 'the policy')).toEqual([]);
  });
});

describe('what a plan does beyond a limit of the requirements', () => {
  it.each([
    ['max-destroys', '1', []],
    ['max-destroys', '0', ['1 destroys, and the limit max-destroys: 0 allows 0']],
    ['max-creates', '1', ['2 creates, and the limit max-creates: 1 allows 1']],
    ['max-changes', '0', []],
    ['max-destroys', 'none', []],
    ['max-destroys', '0%', []],
    ['max-hosts', '3', []],
    ['max-hosts', '2', ['3 of 10 hosts, and the limit max-hosts: 2 allows 2']],
    ['max-hosts', '30%', []],
    ['max-hosts', '30 %', []],
    ['max-hosts', '39.9%', []],
    ['max-hosts', '29.9%', ['3 of 10 hosts, and the limit max-hosts: 29.9% allows 2']],
    ['max-hosts', 'few', []],
    ['max-hosts', '2 hosts', []],
    ['batch', '1', []],
    ['destroys', '0', []],
  ])('%s: %s', (name, value, expected) => {
    expect(beyondRequirements(summary, [{ name, value }])).toEqual(expected);
  });

  it('is not a count of hosts where there are none to count, and is each limit in its order', () => {
    expect(beyondRequirements({ ...summary, hosts: null }, [{ name: 'max-hosts', value: '0' }])).toEqual([]);
    const limits = [
      { name: 'max-hosts', value: '0' },
      { name: 'max-destroys', value: '0' },
    ];
    expect(beyondRequirements(summary, limits)).toHaveLength(2);
  });
});

describe('a standing approval', () => {
  const now = Date.parse('2026-01-10T00:00:00Z');
  const settings = deploySchema.parse({
    tool: 'terraform',
    sets: { vlan: { pattern: '[0-9]+' }, name: { pattern: '[a-z]+' } },
    standing: {
      until: '2026-02-01T00:00:00Z',
      limits: { creates: 1, changes: 0, destroys: 0 },
      sets: { vlan: { pattern: '[0-9]+', max: 100 } },
    },
  });
  const approved = deployPlan({ sets: { vlan: '1', name: 'a' } });
  const beyond = (more: object, at = now, those = settings) =>
    beyondStanding(deployPlan({ sets: approved.sets, ...more }), approved, those, at);

  it('covers what was approved, with other values of the inputs that it names and other effects within its limits', () => {
    expect(beyond({})).toEqual([]);
    expect(beyond({ sets: { vlan: '100', name: 'a' } })).toEqual([]);
    expect(
      beyond({ items: [], detail: 'another', run: ['another'], summary: { ...summary, creates: 0, destroys: 0 } }),
    ).toEqual([]);
  });

  it.each([
    { environment: 'staging' },
    { action: 'rollback' as const },
    { tool: 'tofu' as const },
    { definition: 'x' },
    { build: 'x' },
    { inputs: { files: 2, sha256: 'x' } },
    { overlay: [{ path: 'a', sha256: 'b' }] },
  ])('does not cover a plan with %j', (more) => {
    expect(beyond(more)).toEqual(['something else than its inputs is not as it was approved']);
  });

  it.each([
    [{ vlan: '101', name: 'a' }, ['vlan is more than 100 in the standing approval']],
    [{ vlan: '1', name: 'b' }, ['name may not differ under the standing approval']],
    [{ name: 'a' }, ['vlan may not differ under the standing approval']],
    [{ vlan: '1', name: 'a', toString: '1' }, ['toString may not differ under the standing approval']],
    [
      { vlan: 'x', name: 'b' },
      ['vlan does not match [0-9]+ in the standing approval', 'name may not differ under the standing approval'],
    ],
  ])('does not cover the inputs %j', (sets, expected) => {
    expect(beyond({ sets })).toEqual(expected);
  });

  it('has limits, an end, and has to be there', () => {
    expect(beyond({ summary: { ...summary, destroys: 0 } })).toEqual(['2 creates, and the standing approval allows 1']);
    const end = Date.parse('2026-02-01T00:00:00Z');
    expect(beyond({}, end - 1)).toEqual([]);
    expect(beyond({}, end)).toEqual(['the standing approval ended at 2026-02-01T00:00:00Z']);
    const { standing: _, ...without } = settings;
    expect(beyond({}, now, without)).toEqual(['the environment has no standing approval']);
  });
});
