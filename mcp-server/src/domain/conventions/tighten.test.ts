import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stricter } from '../policy/demand.ts';
import { DEFAULT_POLICY, demandOf, demandOfSubject, type Policy, readPolicy } from '../policy/policy.ts';
import { GATES } from '../stage.ts';
import { type Layer, layerSchema, readLayer } from './layer.ts';
import { tightened } from './tighten.ts';

const gate = fc.record(
  {
    level: fc.constantFrom('recorded', 'hosted', 'signed'),
    approvers: fc.integer({ min: 1, max: 3 }),
    separation: fc.boolean(),
    roles: fc.subarray(['network', 'security']),
    expires: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: [] },
);
const gates = fc.dictionary(fc.constantFrom('default', 'design', 'build'), gate, { maxKeys: 3 });
const risks = fc.dictionary(fc.constantFrom('low', 'destructive'), gates, { maxKeys: 2 });
const environments = fc.dictionary(fc.constantFrom('prod', 'lab'), gate, { maxKeys: 2 });
const asked = { gates, risks, environments, track: fc.constantFrom('light', 'standard', 'strict') };
const policy = fc
  .record(asked)
  .map((given): Policy => ({ ...DEFAULT_POLICY, ...given, roles: { network: ['ann@example.org'] } }) as Policy);
const layer = fc
  .record(asked)
  .map((given): Layer => layerSchema.parse({ countersign: 'conventions/1', name: 'x', ...given }));

/** What a policy asks of everything that can be asked about. */
const demands = (one: Policy) =>
  (['low', 'standard', 'destructive'] as const).flatMap((risk) => {
    const settled = { track: one.track, risk };
    const subjects = ['deploy:prod', 'deploy:lab', 'track:light'].map((about) => demandOfSubject(one, about, settled));
    return [...GATES[one.track].map((each) => demandOf(one, each, settled)), ...subjects];
  });

describe('layers of conventions', () => {
  it('[R-LAYER-1] leave of two gates the stricter of each thing that is asked', () => {
    const own: Policy = {
      ...DEFAULT_POLICY,
      gates: { design: { level: 'hosted', approvers: 2, roles: ['network'], expires: 9 }, build: { separation: true } },
    };
    const given = {
      gates: {
        design: { approvers: 1, roles: ['security', 'network'], expires: 4, separation: true },
        build: { level: 'signed', approvers: 3 },
        'as-built': { expires: 2 },
      },
      track: 'strict',
    };
    const both = tightened(own, [layerSchema.parse({ countersign: 'conventions/1', name: 'x', ...given })]);
    expect(both.track).toBe('strict');
    expect(both.gates).toEqual({
      design: { level: 'hosted', approvers: 2, roles: ['network', 'security'], expires: 4, separation: true },
      build: { level: 'signed', approvers: 3, separation: true },
      'as-built': { level: 'recorded', approvers: 1, separation: false, expires: 2 },
    });
  });

  it('[R-LAYER-1] never ask for less than the policy does alone, whatever they say', () => {
    fc.assert(
      fc.property(policy, layer, (own, one) => {
        const both = tightened(own, [one]);
        const before = demands({ ...own, track: both.track });
        expect(demands(both).map((demand, at) => stricter(demand, before[at]!))).toEqual(demands(both));
      }),
    );
  });

  it('[R-LAYER-1] come to the same in any order, and twice to the same as once', () => {
    fc.assert(
      fc.property(policy, layer, layer, (own, one, other) => {
        const both = demands(tightened(own, [one, other])).map(sorted);
        expect(demands(tightened(own, [other, one])).map(sorted)).toEqual(both);
        expect(demands(tightened(own, [one, other, one])).map(sorted)).toEqual(both);
      }),
    );
  });

  it('keep how an environment is deployed to, and make an error of a rule that was switched off', () => {
    const read = readPolicy(
      'countersign: policy/1\nrules: { vague-words: off }\nenvironments: { prod: { deploy: { tool: helm, target: { release: web, chart: charts/web, context: prod, namespace: web } } } }\n',
    );
    expect(read).toHaveProperty('policy');
    const own = (read as { policy: Policy }).policy;
    const one = readLayer(
      'countersign: conventions/1\nname: x\nerrors: [vague-words]\nenvironments: { prod: { level: signed } }\n',
    );
    const both = tightened(own, [(one as { layer: Layer }).layer]);
    expect(both.environments['prod']).toMatchObject({ level: 'signed', deploy: { tool: 'helm' } });
    expect(both.rules).toEqual({ 'vague-words': 'error' });
  });

  it('know no key that could weaken', () => {
    for (const key of [
      'guard: { mode: off }',
      'rules: { vague-words: off }',
      'roles: {}',
      'accounts: {}',
      'checks: {}',
    ])
      expect(readLayer(`countersign: conventions/1\nname: x\n${key}\n`)).toHaveProperty('problem');
  });
});

const sorted = <D extends { roles?: object | undefined }>(demand: D) => ({
  ...demand,
  roles: Object.entries(demand.roles ?? {}).sort(),
});
