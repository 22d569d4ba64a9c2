import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import { admittedPaths } from './admitted.ts';
import { buildTasks } from './tasks.ts';

/** Two that do not wait for each other, and one that rests on the first. */
const design = readDesign(
  [
    '## Components',
    '### CMP-1: Data',
    '- Action: build',
    '- Paths: data.json, https://git.example.org/other.git@1a2b3c4',
    '### CMP-2: Page',
    '- Action: build',
    '- Paths: page/',
    '### CMP-3: Program',
    '- Action: build',
    '- Depends on: CMP-1',
    '- Paths: program.mjs',
  ].join('\n'),
);

/** Without checks, a component is verified when its files are there. */
function admitted(started: readonly number[], present: readonly string[]): string[] {
  const story = new LedgerBuilder();
  for (const n of started) story.add('started', { task: `TSK-${n}.1`, component: `CMP-${n}` });
  const workspace = { files: present.map((path) => frozen(path, path)), scripts: new Map() };
  return admittedPaths(buildTasks(design, workspace, story.ledger()), story.ledger());
}

describe('the paths that may be built', () => {
  it('are those of every task that is started, and none before', () => {
    expect(admitted([], [])).toEqual([]);
    expect(admitted([1], [])).toEqual(['data.json']);
    expect(admitted([1, 2], [])).toEqual(['data.json', 'page/']);
  });

  it('stay open while nothing rests on them, because checks may pass before the last file is written', () => {
    expect(admitted([1, 2], ['data.json', 'page/a.html'])).toEqual(['data.json', 'page/']);
  });

  it('close when a component that rests on them is started, and open again with the task', () => {
    expect(admitted([1, 2, 3], ['data.json', 'page/a.html'])).toEqual(['page/', 'program.mjs']);
    expect(admitted([1, 3], [])).toEqual(['data.json']);
  });
});
