import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMANDED_LEVELS } from '../decision/level.ts';
import { GATES, TRACKS } from '../stage.ts';
import { type Demand, meets, RISKS, stricter, stricterTrack } from './demand.ts';
import { DEFAULT_POLICY, demandOf, type Policy, readPolicy } from './policy.ts';

function policyOf(text: string): Policy {
  const read = readPolicy(text);
  if ('findings' in read) throw new Error(read.findings.map((one) => one.message).join('; '));
  return read.policy;
}

function findingsOf(text: string) {
  const read = readPolicy(text);
  if (!('findings' in read)) throw new Error('expected findings');
  expect(Object.keys(read)).toEqual(['findings']);
  for (const one of read.findings)
    expect(one).toMatchObject({ rule: 'policy-shape', severity: 'error', path: 'countersign.yaml' });
  return read.findings.map(({ line, message, fix }) => ({ line, message, fix }));
}

const [designGate] = GATES.standard.filter((gate) => gate.stage === 'design');
const lightGate = GATES.light[0]!;
const plain = { track: 'standard', risk: 'low' } as const;

describe('the policy file', () => {
  it('[R-RULE-14] without anything else means standard, one recorded approval and a time limit', () => {
    expect(policyOf('countersign: policy/1\n')).toEqual(DEFAULT_POLICY);
    expect(DEFAULT_POLICY).toMatchObject({
      countersign: 'policy/1',
      track: 'standard',
      gates: {},
      checks: { env: [], timeout: 120 },
    });
  });

  it('[R-APPROVAL-5] says what each gate asks for', () => {
    const text = [
      'countersign: policy/1',
      'track: strict',
      'gates:',
      '  default: {level: hosted}',
      '  design: {approvers: 2, separation: true}',
      'checks: {env: [PATH_EXTRA], timeout: 5}',
      '',
    ];
    for (const end of ['\n', '\r\n'])
      expect(policyOf(text.join(end))).toMatchObject({
        countersign: 'policy/1',
        track: 'strict',
        gates: { default: { level: 'hosted' }, design: { approvers: 2, separation: true } },
        checks: { env: ['PATH_EXTRA'], timeout: 5 },
      });
  });

  it('[R-POLICY-1] names an unknown key once, with its line and the keys there are', () => {
    expect(findingsOf('countersign: policy/1\ntrak: light\n')).toEqual([
      { line: 2, message: 'unknown key trak', fix: expect.stringContaining('known here: countersign, track, gates,') },
    ]);
    expect(findingsOf('countersign: policy/1\ngates:\n  desing: {}\n')).toMatchObject([{ line: 3 }]);
    expect(findingsOf('countersign: policy/1\ngates:\n  design:\n    aprovers: 2\n')).toEqual([
      {
        line: 4,
        message: 'unknown key gates.design.aprovers',
        fix: 'known here: level, approvers, separation, roles, expires',
      },
    ]);
    expect(findingsOf('countersign: policy/1\nchecks:\n  timeout: 3\n  envs: []\n')).toEqual([
      { line: 4, message: 'unknown key checks.envs', fix: 'known here: env, timeout' },
    ]);
  });

  it('[R-POLICY-1] names each of several unknown keys', () => {
    expect(findingsOf('countersign: policy/1\na: 1\nb: 2\n').map((one) => [one.line, one.message])).toEqual([
      [2, 'unknown key a'],
      [3, 'unknown key b'],
    ]);
  });

  it('[R-POLICY-1] names an unknown gate and the gates there are', () => {
    const [finding] = findingsOf('countersign: policy/1\ngates:\n  default: {}\n  desing: {}\n');
    expect(finding).toEqual({
      line: 4,
      message: 'unknown key gates.desing',
      fix: 'known here: default, requirements, feasibility, design, build, as-built',
    });
  });

  it.each([
    ['a level that is derived', 'gates: {design: {level: external}}', 'gates.design.level: '],
    ['a track that is none', 'track: heavy', 'track: '],
    ['nobody to approve', 'gates: {default: {approvers: 0}}', 'gates.default.approvers: '],
    ['a crowd', 'gates: {default: {approvers: 21}}', 'gates.default.approvers: '],
    ['half a person', 'gates: {default: {approvers: 1.5}}', 'gates.default.approvers: '],
    ['yes as a word', 'gates: {default: {separation: "yes"}}', 'gates.default.separation: '],
    ['a variable that is none', 'checks: {env: ["A=B"]}', 'checks.env.0: '],
    ['no time at all', 'checks: {timeout: 0}', 'checks.timeout: '],
    ['more than an hour', 'checks: {timeout: 3601}', 'checks.timeout: '],
    ['another format', '#', ''],
  ])('[R-POLICY-1] refuses %s with its line', (_name, line, start) => {
    if (start === '') return expect(findingsOf('countersign: policy/2\n')).toMatchObject([{ line: 1 }]);
    const findings = findingsOf(`# policy\ncountersign: policy/1\n${line}\n`);
    expect(findings).toMatchObject([{ line: 3, fix: 'see countersign policy explain' }]);
    expect(findings[0]!.message.startsWith(start)).toBe(true);
  });

  it('[R-POLICY-1] takes the highest values that are allowed', () => {
    const policy = policyOf('countersign: policy/1\ngates: {default: {approvers: 20}}\nchecks: {timeout: 3600}\n');
    expect(policy.gates.default?.approvers).toBe(20);
    expect(policy.checks.timeout).toBe(3600);
  });

  it('[R-POLICY-1] says where YAML breaks, in one line', () => {
    const findings = findingsOf('countersign: policy/1\ngates: {design: \n');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ fix: 'write valid YAML' });
    expect(findings[0]!.message).not.toContain('\n');
    expect(findingsOf('countersign: policy/1\ntrack: light\ntrack: strict\n')).toMatchObject([
      { line: 3, fix: 'write valid YAML' },
    ]);
  });

  it.each(['', '\n', '# nothing\n', 'null\n', '[]\n', 'text\n', '7\n', 'track: light\n'])(
    '[R-POLICY-1] does not guess what %j means',
    (text) => {
      expect(findingsOf(text).length).toBeGreaterThan(0);
    },
  );

  it('[R-POLICY-1] does not follow aliases', () => {
    const text = 'countersign: policy/1\ngates:\n  default: &all {level: signed}\n  design: *all\n';
    expect(findingsOf(text)).toEqual([
      { line: 4, message: 'an alias of another place', fix: 'write the value out, without * and &' },
    ]);
    const bomb = ['countersign: policy/1', 'a: &a [x, x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]', 'd: [*c, *c]', ''];
    expect(findingsOf(bomb.join('\n')).length).toBeGreaterThan(0);
  });

  it('[R-POLICY-1] reads any text without throwing', () => {
    const parts = [
      'countersign: policy/1',
      '\n',
      ' ',
      'gates',
      ':',
      '{',
      '}',
      '&a',
      '*a',
      '- ',
      '"',
      '!!x ',
      '? ',
      '__proto__',
      '<<',
      '\t',
      '|',
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 10 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (some) => {
        const read = readPolicy(some);
        expect('policy' in read || read.findings.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is demanded of a gate', () => {
  it('[R-TRACK-1] is a signed and separated decision on the strict track, else a recorded one', () => {
    const lax = { level: 'recorded', approvers: 1, separation: false };
    for (const track of ['light', 'standard'] as const)
      expect(demandOf(DEFAULT_POLICY, designGate!, { track, risk: 'low' })).toEqual({ track, risk: 'low', ...lax });
    expect(demandOf(DEFAULT_POLICY, designGate!, { track: 'strict', risk: 'destructive' })).toEqual({
      track: 'strict',
      risk: 'destructive',
      level: 'signed',
      approvers: 1,
      separation: true,
    });
  });

  it("[R-POLICY-2] adds the gate's own entry to what holds for all, and never takes away", () => {
    const policy = policyOf(
      'countersign: policy/1\ngates:\n  default: {level: hosted, approvers: 2, separation: true}\n  design: {level: recorded, approvers: 1, separation: false}\n  build: {level: signed, approvers: 3}\n',
    );
    expect(demandOf(policy, designGate!, plain)).toEqual({ ...plain, level: 'hosted', approvers: 2, separation: true });
    const build = GATES.standard.find((gate) => gate.stage === 'build')!;
    expect(demandOf(policy, build, plain)).toEqual({ ...plain, level: 'signed', approvers: 3, separation: true });
  });

  it('[R-POLICY-2] adds up the entries of all stages that a gate covers', () => {
    const policy = policyOf(
      'countersign: policy/1\ngates:\n  requirements: {approvers: 3}\n  feasibility: {separation: true}\n  design: {level: hosted}\n  build: {approvers: 9}\n',
    );
    const light = { track: 'light', risk: 'low' } as const;
    expect(demandOf(policy, lightGate, light)).toEqual({ ...light, level: 'hosted', approvers: 3, separation: true });
    expect(demandOf(policy, designGate!, plain)).toEqual({
      ...plain,
      level: 'hosted',
      approvers: 1,
      separation: false,
    });
  });
});

const demand: fc.Arbitrary<Demand> = fc.record({
  track: fc.constantFrom(...TRACKS),
  risk: fc.constantFrom(...RISKS),
  level: fc.constantFrom(...DEMANDED_LEVELS),
  approvers: fc.integer({ min: 1, max: 3 }),
  separation: fc.boolean(),
});

describe('the stricter of two demands', () => {
  it('[R-RULE-12] is at least as strict as both in every field, and no stricter than needed', () => {
    fc.assert(
      fc.property(demand, demand, (a, b) => {
        const both = stricter(a, b);
        expect(both).toEqual({
          track: TRACKS[Math.max(TRACKS.indexOf(a.track), TRACKS.indexOf(b.track))],
          risk: RISKS[Math.max(RISKS.indexOf(a.risk), RISKS.indexOf(b.risk))],
          level: DEMANDED_LEVELS[Math.max(DEMANDED_LEVELS.indexOf(a.level), DEMANDED_LEVELS.indexOf(b.level))],
          approvers: Math.max(a.approvers, b.approvers),
          separation: a.separation || b.separation,
        });
        expect(stricter(b, a)).toEqual(both);
        expect(stricter(both, a)).toEqual(both);
      }),
    );
  });

  it('[R-APPROVAL-4] levels meet what is at most as strong as they are', () => {
    for (const [has, level] of DEMANDED_LEVELS.entries())
      for (const [wants, demanded] of DEMANDED_LEVELS.entries()) expect(meets(level, demanded)).toBe(has >= wants);
  });

  it('orders tracks', () => {
    expect(stricterTrack('light', 'standard')).toBe('standard');
    expect(stricterTrack('strict', 'standard')).toBe('strict');
  });
});
