import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import type { Workspace } from '../build/manifest.ts';
import { checkStatuses } from '../build/manifest.ts';
import { assess } from '../delivery.ts';
import { DEFAULT_POLICY } from '../policy/policy.ts';
import { buildTrace } from './build.ts';
import { gapsOf } from './gaps.ts';
import { mermaid } from './mermaid.ts';
import { sliceOf } from './slice.ts';

const REQUIREMENTS = `---
countersign: requirements/1
title: Two things
owner: Ada
---

## Requirements

### REQ-1: First

THE SYSTEM SHALL do one thing.

- **AC-1.1** One.

### REQ-2: Second

THE SYSTEM SHALL do another thing.

- **AC-2.1** Another.
- **AC-2.2** Not checked.

### REQ-3: Forgotten
`;

const DESIGN = `---
countersign: design/1
---

## Decisions

### DEC-1: How

- Choice: shell for CMP-1
- Rationale: REQ-1 is small

### DEC-2: Idle

- Choice: nothing

## Components

### CMP-1: Script

- Action: build
- Realises: REQ-1, REQ-2
- Paths: app/, lib/*.sh

### CMP-2: Stray

- Action: build
- Paths: stray.txt

## Verification

### CHK-1: One

- Criterion: AC-1.1
- Method: command

\`\`\`sh
true
\`\`\`

### CHK-2: Another

- Criterion: AC-2.1
- Method: command

\`\`\`sh
true
\`\`\`
`;

const hash = (char: string) => char.repeat(64);
const workspace: Workspace = {
  files: [
    { path: 'app/main.sh', sha256: hash('a') },
    { path: 'lib/x.sh', sha256: hash('b') },
  ],
  scripts: new Map(),
};

function delivery(files = workspace, design = DESIGN) {
  const story = new LedgerBuilder({ track: 'light' });
  const before = checkStatuses(readDesign(design), files, story.ledger()).find((one) => one.check.id === 'CHK-1');
  if (before !== undefined)
    story.add('checked', {
      check: 'CHK-1',
      component: 'CMP-1',
      definition: before.definition,
      inputs: before.inputs,
      result: 'passed',
      exit: 0,
      durationMs: 1,
      evidence: hash('e'),
    });
  const ledger = story.ledger();
  const artifacts = { 'requirements.md': REQUIREMENTS, 'design.md': design };
  const read = { id: 'two', ledger, policy: DEFAULT_POLICY, artifacts, workspace: files, gone: [], now: 0 };
  return buildTrace(assess(read), files, ledger);
}

const ids = (nodes: readonly { id: string }[] | undefined) => nodes?.map((node) => node.id);

describe('a trace', () => {
  it('leads from a requirement to its files, its own checks and their evidence', () => {
    const slice = sliceOf(delivery(), 'REQ-1')!;
    expect(ids(slice.down)).toEqual([
      'AC-1.1',
      'DEC-1',
      'CMP-1',
      'TSK-1.1',
      'TSK-1.2',
      'app/main.sh',
      'lib/x.sh',
      'CHK-1',
      hash('e'),
      'stage:as-built',
      'stage:design',
    ]);
    expect(slice.up).toEqual([]);
  });

  it('says of a file why it is there, what proves it and who is asked', () => {
    const slice = sliceOf(delivery(), 'app/main.sh')!;
    expect(ids(slice.up)).toEqual(['REQ-1', 'REQ-2', 'AC-1.1', 'AC-2.1', 'AC-2.2', 'DEC-1', 'CMP-1', 'TSK-1.1']);
    expect(ids(slice.down)).toEqual(['TSK-1.2', 'CHK-1', 'CHK-2', hash('e'), 'stage:as-built', 'stage:design']);
  });

  it('leads from evidence back to the requirement it speaks for, and to no other', () => {
    const up = ids(sliceOf(delivery(), hash('e'))!.up)!;
    expect(up).toContain('REQ-1');
    expect(up).toContain('app/main.sh');
    expect(up).not.toContain('REQ-2');
  });

  it('knows nothing of what is not there', () => {
    expect(sliceOf(delivery(), 'REQ-9')).toBeUndefined();
  });

  it('lists gaps, orphans and what is uncovered in one table', () => {
    expect(gapsOf(delivery()).map(({ kind, id, text }) => `${kind} ${id} ${text}`)).toEqual([
      'gap REQ-3 has no acceptance criterion',
      'gap REQ-3 is realised by no component',
      'gap AC-2.2 is verified by no check',
      'gap CMP-2 has no file yet',
      'orphan CMP-2 realises no requirement',
      'orphan DEC-2 is cited by no component and names no requirement',
      'uncovered CMP-2 is verified by no check',
      'uncovered CHK-2 was not run',
    ]);
  });

  it('is drawn for Mermaid without letting a title end its label', () => {
    const trace = delivery(workspace, DESIGN.replace('CMP-1: Script', 'CMP-1: "quoted"] --> x'));
    const text = mermaid(trace, trace.of('component'));
    expect(text).toBe(
      'flowchart LR\n  n0["CMP-1 #34;quoted#34;#93; --#62; x (build)"]:::component\n  n1["CMP-2 Stray (build)"]:::component\n',
    );
  });

  it('has links in proportion to what there is', () => {
    const many = (count: number) => {
      const blocks = Array.from(
        { length: count },
        (_, at) => `### CMP-${at + 1}: C\n\n- Action: build\n- Paths: f/${at}.txt\n`,
      );
      const design = `---\ncountersign: design/1\n---\n\n## Components\n\n${blocks.join('\n')}`;
      const files = Array.from({ length: count }, (_, at) => ({ path: `f/${at}.txt`, sha256: hash('a') }));
      return delivery({ files, scripts: new Map() }, design);
    };
    const [one, four] = [many(100), many(400)].map((trace) => trace.links().length);
    expect(four! - one!).toBe(300 * 4);
  });
});
