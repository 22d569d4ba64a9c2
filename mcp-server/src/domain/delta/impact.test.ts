import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import type { ArtifactName } from '../stage.ts';
import { deltaOf } from './delta.ts';
import { impactOf } from './impact.ts';

const REQUIREMENTS = `## Problem

It is slow.

## Requirements

### REQ-1: One

It SHALL do one.

- **AC-1.1** One.

### REQ-2: Two

It SHALL do two.

- **AC-2.1** Two.

## Constraints

- **CON-1** No packages.
`;

const DESIGN = `## Decisions

### DEC-1: Plain

- Choice: no packages (CON-1) in CMP-1

## Components

### CMP-1: Base

- Action: build
- Realises: REQ-1
- Paths: base/

### CMP-2: Top

- Action: build
- Depends on: CMP-1
- Realises: REQ-2
- Paths: top/

### CMP-3: Side

- Action: build
- Realises: REQ-2
- Paths: side.txt

## Verification

### CHK-1: One

- Criterion: AC-1.1
- Component: CMP-1

### CHK-2: Two

- Criterion: AC-2.1
- Component: CMP-2

### CHK-3: Side

- Criterion: AC-2.1
- Component: CMP-3
`;

const file = (path: string) => ({ path, sha256: 'a'.repeat(64) });
const workspace = { files: [file('base/a'), file('side.txt'), file('top/b')], scripts: new Map() };

function impact(artifact: ArtifactName, from: string, to: string) {
  const texts = { 'requirements.md': REQUIREMENTS, 'design.md': DESIGN } as Record<string, string>;
  const before = texts[artifact]!;
  expect(before).toContain(from);
  const after = before.replace(from, to);
  const now = readDesign(artifact === 'design.md' ? after : DESIGN);
  const changes = deltaOf(before, after);
  return impactOf([{ artifact, changes }], { before: readDesign(DESIGN), now, workspace, track: 'standard' });
}

describe('the impact of an edit', () => {
  it('reaches what realises a requirement, and runs again the checks of what depends on it', () => {
    const { stale, stays, paths, because } = impact('requirements.md', 'do one', 'do it once');
    expect(stale).toEqual({
      components: ['CMP-1'],
      tasks: ['TSK-1.1', 'TSK-1.2', 'TSK-2.2'],
      files: ['base/a'],
      checks: ['CHK-1', 'CHK-2'],
      approvals: ['stage:requirements', 'stage:feasibility', 'stage:design', 'stage:build', 'stage:as-built'],
    });
    expect(stays).toEqual({
      components: ['CMP-2', 'CMP-3'],
      tasks: ['TSK-2.1', 'TSK-3.1', 'TSK-3.2'],
      files: ['side.txt', 'top/b'],
      checks: ['CHK-3'],
      approvals: [],
    });
    expect(paths).toEqual(['base/']);
    expect(because).toEqual({ 'CMP-1': ['REQ-1'] });
  });

  it.each([
    [
      'a criterion reaches all that realises its requirement',
      'requirements.md',
      'Two.\n',
      'Twice.\n',
      ['CMP-2', 'CMP-3'],
    ],
    [
      'a constraint reaches components through the decision that cites it',
      'requirements.md',
      'No packages.',
      'No shell.',
      ['CMP-1'],
    ],
    ['a check reaches the component it verifies', 'design.md', '### CHK-3: Side', '### CHK-3: Aside', ['CMP-3']],
    ['a component reaches itself alone', 'design.md', 'CMP-2: Top', 'CMP-2: Roof', ['CMP-2']],
  ] as const)('%s', (_, artifact, from, to, components) => {
    expect(impact(artifact, from, to).stale.components).toEqual(components);
  });

  it('keeps the approvals upstream of what was edited', () => {
    expect(impact('design.md', 'CMP-2: Top', 'CMP-2: Roof').stays.approvals).toEqual([
      'stage:requirements',
      'stage:feasibility',
    ]);
  });

  it('admits the paths of a component that is gone, and has no task for it', () => {
    const [block] = /### CMP-3[^#]*/.exec(DESIGN)!;
    const { stale, paths } = impact('design.md', block, '');
    expect(paths).toEqual(['side.txt']);
    expect(stale.files).toEqual(['side.txt']);
    expect(stale.tasks).toEqual([]);
  });

  it('says what leads nowhere instead of guessing', () => {
    const { unplaced, stale } = impact('requirements.md', 'It is slow.', 'It is late.');
    expect(unplaced).toEqual(['Problem']);
    expect(stale.components).toEqual([]);
  });
});

const WIDE = `## Decisions

### DEC-1: One

- Choice: CMP-10 and CMP-3, for CAP-2 and CON-1

### DEC-2: Of no component

- Choice: as DEC-1 says, not AC-2.1

## Components

### CMP-10: Ten

- Action: adopt
- Realises: REQ-2
- Paths: z/, https://git.example/other.git@main:x/

### CMP-3: Three

- Action: build
- Depends on: CMP-10
- Realises: REQ-1, SYS-1
- Paths: a/, z/

### CMP-4: Four

- Action: skip
- Depends on: CMP-3
- Realises: REQ-1
- Paths: four/

### CMP-5: Five

- Action: reuse
- Depends on: CMP-10, CMP-3
- Paths: five/

### CMP-6: Six

- Action: build
- Depends on: CMP-5
- Paths: six/

## Verification

### CHK-10: Ten

- Criterion: AC-2.1
- Component: CMP-10

### CHK-2: Six

- Criterion: AC-1.1
- Component: CMP-6

### CHK-3: Five

- Criterion: AC-3.1
- Component: CMP-5

### CHK-4: Nobody's

- Criterion: AC-9.1
`;

const FINDINGS = `## Findings

| Need | Status |
| --- | --- |
| CAP-2 | resolved |
| SYS-1 of CAP-2 | resolved |
| said | of CAP-2 |
`;

describe('the impact on a design of several layers', () => {
  const wide = {
    files: ['a/x', 'five/x', 'four/x', 'six/x', 'z/y'].map(file),
    scripts: new Map(),
  };
  const of = (before: string | undefined, now: string | undefined, artifact: ArtifactName, from: string, to: string) =>
    impactOf([{ artifact, changes: deltaOf(from, to) }], {
      before: before === undefined ? undefined : readDesign(before),
      now: now === undefined ? undefined : readDesign(now),
      workspace: wide,
      track: 'standard',
    });
  const edit = (artifact: ArtifactName, text: string, from: string, to: string) => {
    expect(text).toContain(from);
    return of(WIDE, WIDE, artifact, text, text.replaceAll(from, to));
  };

  it('is told in the order of numbers, with each reason once, and asks for no task of what is only reused', () => {
    expect(edit('feasibility.md', FINDINGS, 'resolved', 'blocked')).toEqual({
      stale: {
        components: ['CMP-3', 'CMP-10'],
        tasks: ['TSK-3.1', 'TSK-5.2', 'TSK-6.2', 'TSK-10.1', 'TSK-10.2'],
        files: ['a/x', 'z/y'],
        checks: ['CHK-2', 'CHK-3', 'CHK-10'],
        approvals: ['stage:feasibility', 'stage:design', 'stage:build', 'stage:as-built'],
      },
      stays: {
        components: ['CMP-4', 'CMP-5', 'CMP-6'],
        tasks: ['TSK-6.1'],
        files: ['five/x', 'four/x', 'six/x'],
        checks: ['CHK-4'],
        approvals: ['stage:requirements'],
      },
      paths: ['a/', 'z/'],
      because: { 'CMP-3': ['CAP-2', 'SYS-1'], 'CMP-10': ['CAP-2'] },
      unplaced: [],
    });
  });

  it('of a row that only mentions an id is not guessed', () => {
    expect(edit('feasibility.md', FINDINGS, '| said | of CAP-2 |', '| said | of CAP-3 |').unplaced).toEqual([
      'Findings',
    ]);
  });

  it('of a decision is what it names', () => {
    const after = WIDE.replace('DEC-1: One', 'DEC-1: Uno');
    expect(of(WIDE, after, 'design.md', WIDE, after).because).toEqual({
      'CMP-3': ['DEC-1'],
      'CMP-10': ['DEC-1'],
    });
  });

  it('of a decision that names none is nothing', () => {
    const after = WIDE.replace('DEC-2: Of no', 'DEC-2: Of none');
    expect(of(WIDE, after, 'design.md', WIDE, after)).toMatchObject({ because: {}, unplaced: ['DEC-2'] });
  });

  it('of a check that no component has is nothing', () => {
    const after = WIDE.replace('CHK-4: Nobody', 'CHK-4: Anybody');
    expect(of(WIDE, after, 'design.md', WIDE, after)).toMatchObject({ because: {}, unplaced: ['CHK-4'] });
  });

  it('where there was no design before, or is none now, is that of the one there is', () => {
    const added = of(undefined, WIDE, 'design.md', '', WIDE);
    const removed = of(WIDE, undefined, 'design.md', WIDE, '');
    const because = {
      'CMP-3': ['CMP-3', 'DEC-1'],
      'CMP-4': ['CMP-4'],
      'CMP-5': ['CHK-3', 'CMP-5'],
      'CMP-6': ['CHK-2', 'CMP-6'],
      'CMP-10': ['CHK-10', 'CMP-10', 'DEC-1'],
    };
    const paths = ['a/', 'five/', 'six/', 'z/'];
    expect(added).toMatchObject({ because, paths, stale: { checks: ['CHK-2', 'CHK-3', 'CHK-10'] } });
    expect(added.stale.tasks).toEqual(['TSK-3.1', 'TSK-5.2', 'TSK-6.1', 'TSK-6.2', 'TSK-10.1', 'TSK-10.2']);
    expect(removed).toMatchObject({ because, paths, stale: { checks: [], tasks: [] } });
    expect(of(undefined, undefined, 'design.md', WIDE, '')).toMatchObject({ because: {}, paths: [] });
  });

  it('of artifacts without a change is nothing', () => {
    const { stale, stays } = of(WIDE, WIDE, 'design.md', WIDE, WIDE);
    expect(stale).toEqual({ components: [], tasks: [], files: [], checks: [], approvals: [] });
    expect(stays.approvals).toHaveLength(5);
    expect(stays.components).toEqual(['CMP-3', 'CMP-4', 'CMP-5', 'CMP-6', 'CMP-10']);
  });
});
