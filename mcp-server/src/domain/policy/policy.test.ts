import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATES } from '../stage.ts';
import { DEFAULT_POLICY, demandOf, demandOfSubject, type Policy, readPolicy } from './policy.ts';

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

  it.each([
    ['risks:\n  high: {}', 'risks.high', 'low, standard, destructive'],
    [
      'risks:\n  low:\n    desing: {}',
      'risks.low.desing',
      'default, requirements, feasibility, design, build, as-built',
    ],
    ['risks:\n  low:\n    design:\n      x: 1', 'risks.low.design.x', 'level, approvers, separation, roles, expires'],
    ['environments:\n  prod:\n    x: 1', 'environments.prod.x', 'level, approvers, separation, roles, expires, deploy'],
    ['signing:\n  x: 1', 'signing.x', 'key'],
    ['guard:\n  x: 1', 'guard.x', 'mode, sandboxes, people'],
  ])('[R-POLICY-1] knows what could stand in the place of %j', (text, key, known) => {
    const line = text.split('\n').length + 1;
    expect(findingsOf(`countersign: policy/1\n${text}\n`)).toEqual([
      { line, message: `unknown key ${key}`, fix: `known here: ${known}` },
    ]);
  });

  it.each([
    ['environments: {Prod: {}}', 'environments.Prod'],
    ['guard: {mode: lax}', 'guard.mode'],
    ['guard: {sandboxes: [{kind: x, value: y}]}', 'guard.sandboxes.0.kind'],
    ['guard: {sandboxes: [{kind: host, value: ""}]}', 'guard.sandboxes.0.value'],
    ['guard: {people: [""]}', 'guard.people.0'],
    ['gates: {default: {expires: 0}}', 'gates.default.expires'],
    ['gates: {default: {expires: 3651}}', 'gates.default.expires'],
    ['roles: {network: ada}', 'roles.network'],
  ])('[R-POLICY-1] refuses %s', (line, place) => {
    const [finding, ...more] = findingsOf(`countersign: policy/1\n${line}\n`);
    expect(more).toEqual([]);
    expect(finding?.line).toBe(2);
    expect(finding?.message.startsWith(`${place}: `)).toBe(true);
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
    expect(findings[0]!.message).toMatch(/^Flow map.* at line \d/);
    expect(findings[0]!.message).not.toContain('\n');
    expect(findingsOf('countersign: policy/1\ntrack: light\ntrack: strict\n')).toMatchObject([
      { line: 3, fix: 'write valid YAML' },
    ]);
  });

  it.each(['', '\n', '# nothing\n', 'null\n', '[]\n', 'text\n', '7\n', 'track: light\n'])(
    '[R-POLICY-1] does not guess what %j means',
    (text) => {
      const [first] = findingsOf(text);
      expect(first?.line).toBe(1);
      expect(first?.message).toMatch(/^(?:countersign|the file): /);
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

  it('[R-APPROVAL-5] adds what the risk asks for, for all gates or for one', () => {
    const policy = policyOf(
      'countersign: policy/1\nrisks:\n  destructive:\n    default: {approvers: 2}\n    design: {level: signed}\n',
    );
    const destructive = { track: 'standard', risk: 'destructive' } as const;
    const lax = { level: 'recorded', approvers: 1, separation: false };
    expect(demandOf(policy, designGate!, plain)).toEqual({ ...plain, ...lax });
    expect(demandOf(policy, designGate!, destructive)).toEqual({
      ...destructive,
      ...lax,
      approvers: 2,
      level: 'signed',
    });
    expect(demandOf(policy, GATES.standard[0]!, destructive)).toEqual({ ...destructive, ...lax, approvers: 2 });
  });

  it('[R-APPROVAL-5] names the people of each role, in one spelling and order', () => {
    const policy = policyOf(
      'countersign: policy/1\ngates:\n  default: {roles: [network, nobody], expires: 30}\n  design: {roles: [network], expires: 7}\n  build: {roles: []}\nroles:\n  network: [Grace@example.org, ada@example.org]\n',
    );
    const roles = { network: ['ada@example.org', 'grace@example.org'], nobody: [] };
    expect(demandOf(policy, designGate!, plain)).toMatchObject({ roles, expires: 7 });
    expect(demandOf(policy, GATES.standard[3]!, plain)).toMatchObject({ roles, expires: 30 });
    expect('roles' in demandOf(DEFAULT_POLICY, designGate!, plain)).toBe(false);
    expect('expires' in demandOf(DEFAULT_POLICY, designGate!, plain)).toBe(false);
  });

  it('[R-APPROVAL-5] of a deploy adds what its environment asks for, of other subjects what holds for all', () => {
    const policy = policyOf(
      'countersign: policy/1\ngates:\n  default: {level: hosted}\n  design: {approvers: 5}\nrisks:\n  low: {default: {expires: 9}}\nenvironments:\n  prod: {approvers: 2}\n',
    );
    const all = { ...plain, level: 'hosted', approvers: 1, separation: false, expires: 9 };
    expect(demandOfSubject(policy, 'deploy:prod', plain)).toEqual({ ...all, approvers: 2 });
    for (const about of ['deploy:test', 'track:light', 'change:prod', 'xdeploy:prod'])
      expect(demandOfSubject(policy, about, plain)).toEqual(all);
    expect(demandOfSubject(DEFAULT_POLICY, 'track:light', { track: 'strict', risk: 'low' })).toEqual({
      track: 'strict',
      risk: 'low',
      level: 'signed',
      approvers: 1,
      separation: true,
    });
  });
});
