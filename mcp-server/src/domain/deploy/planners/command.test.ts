import { describe, expect, it } from 'vitest';
import { planContext, projected } from '../../../../../test/helpers/planned.ts';
import { command } from './command.ts';
import { withSets } from './planner.ts';

const settings = {
  tool: 'command',
  plan: ['ops', 'plan', '--vlan', '{set:vlan}'],
  apply: ['ops', 'apply', 'id-{set:vlan}{set:vlan}'],
  sets: { vlan: { pattern: '.*' } },
};

describe('a declared command', () => {
  it('is run as it is declared, with the inputs where it names them', () => {
    const context = planContext(settings, { vlan: '7' });
    expect(command.steps(context)).toEqual([{ argv: ['ops', 'plan', '--vlan', '7'], exits: [0] }]);
    expect(command.apply(context)).toEqual({ argv: ['ops', 'apply', 'id-77'], exits: [0] });
  });

  it('reads no files that are known, and saves no plan', () => {
    expect(command.files(planContext(settings).settings)).toEqual([]);
    expect(command.saves).toBe(false);
  });

  it('that prints counts and items as JSON is held to them, and shows what it printed without secrets', () => {
    const printed = JSON.stringify({
      creates: 1,
      changes: 2,
      destroys: 0,
      hosts: { changed: 1, all: 3 },
      items: [
        { address: 'hunter22', action: 'create', more: true },
        { address: 'b', action: 'replace' },
      ],
      other: 'hunter22',
    });
    expect(projected('command', printed)).toEqual({
      summary: { creates: 1, changes: 2, destroys: 0, hosts: { changed: 1, all: 3 } },
      items: [
        { address: '[clean]', action: 'create' },
        { address: 'b', action: 'replace' },
      ],
      detail: printed.replaceAll('hunter22', '[clean]'),
    });
  });

  it('that prints only some counts has the others unknown', () => {
    expect(projected('command', '{"destroys":0}')).toEqual({
      summary: { creates: null, changes: null, destroys: 0, hosts: null },
      items: [],
      detail: '{"destroys":0}',
    });
  });

  it.each([
    'not JSON',
    '[1]',
    'null',
    '{"creates":-1}',
    '{"changes":1.5}',
    '{"hosts":{"changed":1}}',
    '{"hosts":{"changed":-1,"all":1}}',
    '{"hosts":{"changed":0,"all":-1}}',
    '{"hosts":{"changed":1,"all":1,"some":1}}',
    '{"items":[{"action":"create"}]}',
    '{"creates":1,"items":[{"address":"x","action":"explode"}]}',
  ])('that prints %j cannot be counted', (text) => {
    const summary = { creates: null, changes: null, destroys: null, hosts: null };
    expect(projected('command', text)).toEqual({ summary, items: [], detail: text });
  });
});

describe('inputs in an argument', () => {
  it.each([
    ['{set:a}', 'A'],
    ['x{set:a}y{set:b_1}', 'xAyB'],
    ['{set:none}', '{set:none}'],
    ['{set:toString}', '{set:toString}'],
    ['{set:}', '{set:}'],
    ['{a}', '{a}'],
  ])('%s becomes %s', (word, expected) => {
    expect(withSets([word], { a: 'A', b_1: 'B' })).toEqual([expected]);
  });

  it('are values, whatever they hold: nothing in them is replaced again', () => {
    expect(withSets(['{set:a}'], { a: '{set:b}$&', b: 'B' })).toEqual(['{set:b}$&']);
  });
});
