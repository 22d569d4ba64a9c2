import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finishedTale } from '../../../../test/helpers/report-samples.ts';
import { assess } from '../delivery.ts';
import { buildTrace } from './build.ts';
import { gapsOf } from './gaps.ts';
import { mermaid } from './mermaid.ts';
import { sliceOf } from './slice.ts';

/** A trace that was read and found right; `npx vitest run -u` writes it anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/trace.txt');

it('the trace of a finished delivery leads from each thing to all that it comes from and leads to', async () => {
  const tale = finishedTale();
  // What the design asks for beyond that, so that every kind of break shows.
  tale.write(
    'requirements.md',
    `${tale.artifacts['requirements.md']}\n## Requirements of tomorrow\n`.replace(
      '## Risks',
      '### REQ-8: Nothing answers it\n\nIt SHALL last.\n\n### REQ-9: Half\n\nIt SHALL be.\n\n- **AC-9.1** it is\n\n## Risks',
    ),
  );
  tale.write(
    'design.md',
    tale.artifacts['design.md']!.replace(
      '## Components\n',
      '## Components\n\n### CMP-8: Idle\n\n- Kind: k\n- Action: build\n- Paths: idle/\n\n### CMP-9: Left\n\n- Kind: k\n- Action: skip\n',
    ).replace(
      '## Verification\n',
      '## Verification\n\n### CHK-9: Loose\n\n- Component: CMP-8\n- Method: manual\n\nLook.\n',
    ),
  );
  const read = tale.read();
  const state = assess(read);
  const trace = buildTrace(state, read.workspace, read.ledger);
  const named = (nodes: readonly { id: string }[]) => nodes.map(({ id }) => id.slice(0, 24)).join(' ');
  const lines = [
    mermaid(trace),
    ...[...trace.nodes.values()].map((node) => JSON.stringify(node)),
    '',
    ...gapsOf(trace).map(({ kind, id, title, text }) => `${kind} ${id} "${title}" ${text}`),
    '',
    ...[...trace.nodes.keys()].flatMap((id) => {
      const { of, up, down } = sliceOf(trace, id)!;
      return [of.id, `    from ${named(up)}`, `    to ${named(down)}`];
    }),
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(EXPECTED);
});
