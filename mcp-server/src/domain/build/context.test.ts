import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { buildSteps, taskContext } from './context.ts';
import { buildOrder } from './order.ts';

const DESIGN = `## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| IPAM | NetBox | api | 4 |

## Components

### CMP-1: Data

- Action: build
- Realises: REQ-1
- Paths: data/

### CMP-2: Writer

- Action: build
- Depends on: CMP-1
- Realises: REQ-1
- Paths: src/a.py, src/b.py

### CMP-3: Caller

- Action: reuse
- Depends on: CMP-2

### CMP-4: Other

- Action: build
- Paths: other/

## Decisions

Not for who builds.

## Verification

### CHK-1: Writes

- Component: CMP-2
- Criterion: AC-2.1
- Method: manual

### CHK-2: Elsewhere

- Component: CMP-4
- Criterion: AC-3.1
- Method: manual

## Failure modes

It fails.
`;
const REQUIREMENTS = [1, 2, 3]
  .map((n) => `### REQ-${n}: Title ${n}\n\nIt SHALL act.\n\n- **AC-${n}.1** seen\n`)
  .join('\n');

const design = () => readDesign(DESIGN);
const requirements = () => readRequirements(`## Requirements\n\n${REQUIREMENTS}`);
const context = (id: string, known = true) =>
  taskContext(design(), known ? requirements() : undefined, design().components.find((one) => one.id === id)!);

describe('what whoever builds a component has to know', () => {
  it('is the component, what it realises and what its checks show, its neighbours, and what all share', () => {
    expect(
      context('CMP-2')
        .split('\n')
        .filter((line) => /^#|^- it|^- dep|^Neigh|^It f/.test(line)),
    ).toEqual([
      '### CMP-2: Writer',
      '### REQ-1: Title 1',
      '### REQ-2: Title 2',
      '### CHK-1: Writes',
      'Neighbours:',
      '- it depends on CMP-1 Data: data/',
      '- depends on it: CMP-3 Caller: no path here',
      '## Bindings',
      '## Failure modes',
      'It fails.',
    ]);
    expect(context('CMP-1')).toContain('- depends on it: CMP-2 Writer: src/a.py, src/b.py');
  });

  it('is no more than that', () => {
    const text = context('CMP-4');
    for (const other of ['Neighbours', 'CMP-1', 'REQ-1', 'CHK-1', 'Decisions', '\n\n\n'])
      expect(text).not.toContain(other);
    expect(text).toContain('### REQ-3: Title 3');
    expect(context('CMP-4', false)).not.toContain('REQ-3:');
    expect(text).toBe(text.trim());
  });
});

describe('the steps of a build', () => {
  it('come after those of what a component depends on', () => {
    const { order } = buildOrder(design().components);
    expect(Object.fromEntries(buildSteps(order))).toEqual({ 'CMP-1': 1, 'CMP-2': 2, 'CMP-3': 3, 'CMP-4': 1 });
  });
});
