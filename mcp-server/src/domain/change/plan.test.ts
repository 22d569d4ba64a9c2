import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import type { ArtifactDelta, Impact } from '../delta/impact.ts';
import { planBytes, planOf, requirementHashes, touchedRequirements } from './plan.ts';

describe('the plan of a change', () => {
  const component = (n: number, paths: string) => `### CMP-${n}: C\n\n- Action: build\n- Paths: ${paths}\n`;
  const check = (n: number, method: string, more = '') =>
    `### CHK-${n}: c\n\n- Criterion: AC-1.1\n- Method: ${method}\n${more}\n`;
  const before = () => readDesign(`## Components\n\n${component(1, 'gone/')}\n${component(3, 'old/')}`);
  const now = () =>
    readDesign(
      `## Components\n\n${component(1, 'a/, b/')}\n${component(2, 'b/, c/')}\n## Verification\n\n${check(1, 'command', '\n```sh\nmake check\n```\n')}\n${check(2, 'manual')}`,
    );
  const impact = {
    because: { 'CMP-1': ['REQ-1'], 'CMP-2': ['REQ-1', 'CMP-2'], 'CMP-3': ['REQ-9'] },
    stale: { checks: ['CHK-1', 'CHK-2', 'CHK-9'] },
  } as unknown as Impact;
  const change = (key: string) => ({ change: 'MODIFIED' as const, key, title: `T ${key}`, pieces: [], moved: false });
  const deltas = [
    { artifact: 'requirements.md', changes: [change('REQ-1'), change('REQ-9'), change('Goal')] },
    { artifact: 'design.md', changes: [change('CMP-2')] },
  ] as unknown as ArtifactDelta[];

  it('has for each change the components that it reaches with their paths, and the checks that decide', () => {
    const plan = planOf({ n: 2, title: 'Author' }, deltas, impact, { before: before(), now: now() });
    const reached = (artifact: string, key: string, components: string[], paths: string[]) => ({
      artifact,
      change: 'MODIFIED',
      key,
      title: `T ${key}`,
      pieces: [],
      components,
      paths,
    });
    expect(plan).toEqual({
      schema: 'countersign/change-plan@1',
      n: 2,
      title: 'Author',
      changes: [
        reached('requirements.md', 'REQ-1', ['CMP-1', 'CMP-2'], ['a/', 'b/', 'c/']),
        reached('requirements.md', 'REQ-9', ['CMP-3'], ['old/']),
        reached('requirements.md', 'Goal', [], []),
        reached('design.md', 'CMP-2', ['CMP-2'], ['b/', 'c/']),
      ],
      impact,
      checks: [
        { id: 'CHK-1', command: 'make check' },
        { id: 'CHK-2', command: 'manual' },
        { id: 'CHK-9', command: '' },
      ],
    });
    expect(JSON.parse(planBytes(plan))).toEqual(JSON.parse(JSON.stringify(plan)));
  });

  it('can be made without any design', () => {
    const { changes, checks } = planOf({ n: 1, title: '' }, deltas, impact, { before: undefined, now: undefined });
    expect(changes[0]).toMatchObject({ components: ['CMP-1', 'CMP-2'], paths: [] });
    expect(checks[0]).toEqual({ id: 'CHK-1', command: '' });
  });
});

describe('the requirements that a change touches', () => {
  const text = (first: string, criterion: string) =>
    `## Goal\n\nGoal.\n\n## Requirements\n\n### REQ-1: A\n\n${first}\n\n- **AC-1.1** ${criterion}\n\n### REQ-2: B\n\nIt SHALL end.\n`;

  it('have a hash of their own text with their criteria', () => {
    const [base, same, statement, criterion] = [
      text('It SHALL act.', 'seen'),
      text('It SHALL act.', 'seen').replace('Goal.', 'Another.'),
      text('It SHALL wait.', 'seen'),
      text('It SHALL act.', 'heard'),
    ].map(requirementHashes);
    expect([...base!.keys()]).toEqual(['REQ-1', 'REQ-2']);
    expect(same).toEqual(base);
    for (const other of [statement!, criterion!]) {
      expect(other.get('REQ-1')).not.toBe(base!.get('REQ-1'));
      expect(other.get('REQ-2')).toBe(base!.get('REQ-2'));
    }
  });

  it('are each named once, a new one without a hash', () => {
    const base = text('It SHALL act.', 'seen');
    const known = requirementHashes(base);
    const deltas = [
      { changes: [{ key: 'AC-1.1' }, { key: 'REQ-1' }, { key: 'CMP-1' }] },
      { changes: [{ key: 'REQ-7' }, { key: 'XAC-3.1' }, { key: 'AC-2.3' }, { key: 'AC-12.1' }] },
    ] as unknown as ArtifactDelta[];
    expect(touchedRequirements(base, deltas)).toEqual({
      'REQ-1': known.get('REQ-1'),
      'REQ-7': '',
      'REQ-12': '',
      'REQ-2': known.get('REQ-2'),
    });
  });
});
