import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Component, type Design, readDesign } from '../artifact/design.ts';
import { byId } from '../ids.ts';
import { buildOrder, checkDefinition, checkOwners, closure, isBuilt } from './order.ts';

/** Components by number, each with the numbers it depends on. */
function components(dependencies: Record<number, readonly number[]>): Component[] {
  const text = Object.entries(dependencies).map(
    ([id, others]) => `### CMP-${id}: x\n\n- Depends on: ${others.map((one) => `CMP-${one}`).join(', ') || 'none'}\n`,
  );
  return readDesign(`## Components\n\n${text.join('\n')}`).components;
}

const ids = (all: readonly { id: string }[]) => all.map((one) => one.id);

describe('the build order', () => {
  it('[R-BUILD-1] puts what others depend on first, ties by number', () => {
    const { order, cycle } = buildOrder(components({ 10: [], 2: [], 1: [10, 3], 3: [] }));
    expect(ids(order)).toEqual(['CMP-2', 'CMP-3', 'CMP-10', 'CMP-1']);
    expect(cycle).toEqual([]);
  });

  it('[R-BUILD-1] has no place for what lies on a cycle or depends on one', () => {
    const { order, cycle } = buildOrder(components({ 1: [2], 2: [3], 3: [2], 4: [], 5: [5] }));
    expect(ids(order)).toEqual(['CMP-4']);
    expect(ids(cycle)).toEqual(['CMP-1', 'CMP-2', 'CMP-3', 'CMP-5']);
  });

  it('[R-BUILD-1] does not mind a dependency on what is not there', () => {
    expect(ids(buildOrder(components({ 1: [9] })).order)).toEqual(['CMP-1']);
  });

  const graphs = fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 2 }), { maxLength: 11 });

  it('[R-BUILD-1] is the one that taking the lowest ready component again and again gives', () => {
    fc.assert(
      fc.property(graphs, (plan) => {
        const all = components(Object.fromEntries(plan.map((others, at) => [at + 1, others])));
        const left = [...all].sort((a, b) => byId(a.id, b.id));
        const naive: string[] = [];
        for (;;) {
          const at = left.findIndex((one) => !one.dependsOn.some((other) => left.some((still) => still.id === other)));
          if (at < 0) break;
          naive.push(...ids(left.splice(at, 1)));
        }
        const { order, cycle } = buildOrder([...all].reverse());
        expect(ids(order)).toEqual(naive);
        expect(ids(cycle)).toEqual(ids(left));
      }),
      { numRuns: 60 },
    );
  });

  it('[R-BUILD-2] a component vouches for itself and all below it, whatever the cycles', () => {
    const all = components({ 1: [2, 3], 2: [4], 3: [1], 4: [9], 5: [1] });
    expect(closure(all, 'CMP-1')[0]?.id).toBe('CMP-1');
    expect(ids(closure(all, 'CMP-1')).sort()).toEqual(['CMP-1', 'CMP-2', 'CMP-3', 'CMP-4']);
    expect(ids(closure(all, 'CMP-4'))).toEqual(['CMP-4']);
    expect(closure(all, 'CMP-9')).toEqual([]);
  });
});

const design = (...lines: string[]): Design => readDesign(lines.join('\n'));

describe('the component that a check verifies', () => {
  const parts = [
    '## Components',
    '### CMP-1: a',
    '- Realises: REQ-1',
    '- Depends on: CMP-2',
    '### CMP-2: b',
    '- Realises: REQ-1, REQ-2',
    '## Verification',
  ];

  it('[R-BUILD-3] is the one it names, else the last in build order that realises its criteria', () => {
    const owners = checkOwners(
      design(
        ...parts,
        '### CHK-1: named',
        '- Criterion: AC-1.1',
        '- Component: CMP-2',
        '### CHK-2: top',
        '- Criterion: AC-1.1',
        '### CHK-3: only one',
        '- Criterion: AC-2.1',
        '### CHK-4: several',
        '- Criterion: AC-2.1, AC-1.1',
        '### CHK-5: nobody realises it',
        '- Criterion: AC-3.1',
        '### CHK-6: nothing',
        '- Method: manual',
      ),
    );
    expect([...owners]).toEqual([
      ['CHK-1', 'CMP-2'],
      ['CHK-2', 'CMP-1'],
      ['CHK-3', 'CMP-2'],
      ['CHK-4', 'CMP-1'],
    ]);
  });

  it('is built here when its files are made or taken over', () => {
    const actions = ['build', 'adopt', 'reuse', 'skip', 'unknown'];
    const all = design('## Components', ...actions.map((action, at) => `### CMP-${at + 1}: x\n- Action: ${action}`));
    expect(all.components.map(isBuilt)).toEqual([true, true, false, false, false]);
  });
});

describe('the definition of a check', () => {
  const block = [
    '- Criterion: AC-1.1',
    '- Method: command',
    '- Expect: exit 0',
    '- Reason: r',
    '',
    '```sh',
    'run',
    '```',
  ];
  const definition = (lines: readonly string[], head = '### CHK-1: x') =>
    checkDefinition(design('## Verification', head, ...lines).checks[0]!);

  it('[R-RULE-15] has a hash in a format that does not change', () => {
    expect(definition(block)).toBe('cc4ab8ea8b4a9dd68eb3f2f67e0c0263c68038d63437c2104c23594bf663d9ec');
    expect(definition([])).toBe('e3be1b217b8ea3572a779c01abc33098406eca4e51968bebc3edb1e64bbc2c25');
  });

  it('[R-RULE-11] changes with what it does, and with nothing else', () => {
    const changed = [
      block.map((line) => line.replace('AC-1.1', 'AC-1.2')),
      block.map((line) => line.replace('command', 'manual')),
      block.map((line) => line.replace('exit 0', 'exit 1')),
      block.map((line) => line.replace('Reason: r', 'Reason: s')),
      block.map((line) => line.replace('```sh', '```bash')),
      block.map((line) => line.replace('run', 'run ')),
    ];
    expect(new Set([block, ...changed].map((lines) => definition(lines))).size).toBe(changed.length + 1);
    expect(definition(block, '### CHK-9: another title')).toBe(definition(block));
    expect(definition([...block, '', 'Prose.'])).toBe(definition(block));
  });
});
