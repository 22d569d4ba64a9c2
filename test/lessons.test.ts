import { expect, it } from 'vitest';
import { lessonsFor } from '../mcp-server/src/app/lessons.ts';
import { compose } from '../mcp-server/src/entry/compose.ts';
import { project } from './helpers/project.ts';

const SYSTEMS =
  '\n| ID | System | Purpose | Required | If not available |\n| --- | --- | --- | --- | --- |\n| SYS-1 | Source of truth | a | yes | b |\n';

it('[R-LESSON-1] earlier deliveries with the same systems tell what they learned, and others do not', () => {
  const work = project();
  for (const id of ['first', 'second', 'other']) {
    work.cli('new', id);
    const path = `deliveries/${id}/requirements.md`;
    const text = work.read(path);
    if (id !== 'other') work.write(path, text.replace('## Systems\n', `## Systems\n${SYSTEMS}`));
  }
  for (const id of ['first', 'other'])
    work.write(`deliveries/${id}/as-built.md`, `## Learnings\n\nRead it back, says ${id}.\n`);
  const { ports } = compose(work.root, work.env);
  expect(lessonsFor(ports, 'second')).toEqual([
    {
      delivery: 'first',
      shared: ['source of truth'],
      learnings: ['Read it back, says first.'],
      residual: [],
      deviations: [],
    },
  ]);
  expect(lessonsFor(ports, 'other')).toEqual([]);
});
