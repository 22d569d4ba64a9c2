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
