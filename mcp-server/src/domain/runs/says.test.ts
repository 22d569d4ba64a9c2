import { describe, expect, it } from 'vitest';
import type { JobStep, Origin } from './mine/job.ts';
import { constructOf, givenTexts, originText } from './says.ts';
import { systemOf } from './system.ts';

const origins: [Origin, said: string, word: string][] = [
  [{ kind: 'constant', value: 'eu' }, 'always eu', 'eu'],
  [{ kind: 'input', name: 'site' }, 'input site', '{site}'],
  [{ kind: 'template', template: 'vlan-{site}', inputs: ['site'] }, 'put together: vlan-{site}', 'vlan-{site}'],
  [{ kind: 'result', step: 2, path: 'id' }, 'id of step 2', '{id of step 2}'],
  [{ kind: 'generated' }, 'made anew at every run', '{made anew}'],
  [{ kind: 'secret' }, 'a secret', '{a secret}'],
  [{ kind: 'unknown', value: 'x' }, 'seen once: x', 'x'],
];
const step = (more: Partial<JobStep>): JobStep =>
  ({
    turns: { least: 1, most: 1 },
    polls: false,
    retried: 0,
    effect: 'read',
    verifiedBy: undefined,
    values: [],
    ...more,
  }) as JobStep;
const given = (...values: [path: string, origin: Origin][]) =>
  givenTexts(step({ values: values.map(([path, origin]) => ({ path, origin, each: false })) }));

describe('where a value comes from', () => {
  it.each(origins)('%j is said as %s, and within a command as %s', (origin, said, word) => {
    expect(originText(origin)).toBe(said);
    expect(
      given(['body.x', origin], ['a.command [0]', { kind: 'constant', value: 'play' }], ['a.command [1]', origin]),
    ).toEqual([`command: play ${word}`, `body.x: ${said}`]);
  });

  it('is said with the name of its key in a command line, and without that of its option or place', () => {
    const at = { kind: 'input', name: 'v' } as const;
    expect(
      given(['command [0]', at], ['command --limit', at], ['script vlan', at], ['cmd -e', at], ['command', at]),
    ).toEqual(['command: {v} {v} vlan={v} {v}', 'command: input v']);
  });

  it('is cut', () => {
    const long = { kind: 'constant', value: 'x'.repeat(161) } as const;
    expect(originText(long)).toBe(`always ${'x'.repeat(159)}…`);
    expect(originText({ kind: 'constant', value: 'x'.repeat(160) })).toBe(`always ${'x'.repeat(160)}`);
    expect(given(['command [0]', long])).toEqual([`command: ${'x'.repeat(159)}…`]);
    expect(given()).toEqual([]);
  });
});

describe('what takes the place of a step', () => {
  it.each<[Partial<JobStep>, string]>([
    [{}, 'one call'],
    [{ polls: true, turns: { least: 1, most: 4 } }, 'wait: ask again until the answer is there, with a limit'],
    [{ turns: { least: 1, most: 2 } }, 'loop over a list'],
    [
      { turns: { least: 1, most: 2 }, effect: 'write', retried: 1 },
      'loop over a list, bounded in size, stopping after failures',
    ],
    [{ retried: 1, effect: 'write' }, 'one call with a bounded number of attempts'],
    [{ effect: 'write' }, 'one call; a check behind it is missing'],
    [{ effect: 'write', verifiedBy: 3 }, 'one call, checked by step 3'],
    [{ effect: undefined }, 'one call'],
  ])('%j: %s', (more, said) => expect(constructOf(step(more))).toBe(said));
});

describe('the system behind a tool', () => {
  const of = (tool: string, label = '') => systemOf({ tool, label } as Parameters<typeof systemOf>[0]);

  it.each([
    ['mcp__netbox__create_vlan', '', { name: 'netbox', class: 'api' }],
    ['mcp__a__b__c', '', { name: 'a', class: 'api' }],
    ['adapter:snow-prod:Servicenow:get', '', { name: 'Servicenow', class: 'adapter' }],
    ['adapter:snow-prod:', '', { name: 'snow-prod', class: 'adapter' }],
    ['Bash', '', { name: 'workspace', class: undefined }],
    ['Bash', 'cd && ls', { name: 'shell', class: undefined }],
    ['Bash', 'cd && terraform plan && kubectl get', { name: 'terraform', class: 'cli' }],
    ['http', 'GET /vlans', { name: 'tools', class: undefined }],
    ['dns.add', 'POST', { name: 'dns', class: 'api' }],
    ['http', 'GETTER', { name: 'GETTER', class: 'cli' }],
    ['Read', '', { name: 'workspace', class: undefined }],
    ['Reader', '', { name: 'tools', class: undefined }],
    ['server/tool', '', { name: 'server', class: 'api' }],
    ['server:tool', '', { name: 'server', class: 'api' }],
    ['plain', '', { name: 'tools', class: undefined }],
  ])('%s %s is %j', (tool, label, tie) => expect(of(tool, label)).toEqual(tie));
});
