import { describe, expect, it } from 'vitest';
import { project } from './helpers/project.ts';
import { ID, reach } from './helpers/zone-file.ts';

interface Node {
  id: string;
  kind: string;
  title: string;
  state: string;
}

describe('countersign trace', () => {
  it('says of a line of a built file why it is there, who agreed and who wrote it', async () => {
    const work = project();
    await reach(work, 'build');
    work.git('add', '--all');
    work.git('commit', '--quiet', '-m', 'Build the zone file');
    const { exit, ...traced } = work.json('trace', ID, './zone/generate.mjs:3');
    expect(exit).toBe(0);
    const ids = (nodes: unknown) => (nodes as Node[]).map((node) => node.id);
    expect(ids(traced['up'])).toEqual(expect.arrayContaining(['REQ-1', 'REQ-2', 'AC-2.1', 'CMP-2', 'TSK-2.1']));
    const approvals = (traced['down'] as Node[]).filter((node) => node.kind === 'approval');
    expect(approvals.map((node) => `${node.id} ${node.state}`)).toEqual([
      'stage:build open',
      'stage:design open',
      'stage:requirements open',
    ]);
    expect(approvals[0]!.title).toContain('Ada Tester (recorded, ');
    expect(traced['commits']).toMatchObject([{ author: 'Ada Tester', subject: 'Build the zone file' }]);
    expect(work.cli('trace', ID, 'zone/generate.mjs').out).toContain('CMP-2 (build) Generator');
  });

  it('shows where it breaks off, draws it, and refuses what is not there', async () => {
    const work = project();
    await reach(work, 'design');
    expect(work.cli('trace', ID).out).toMatch(/gap\s+CMP-1\s+has no file yet/);
    expect(work.cli('trace', ID, '--mermaid').out).toMatch(/^flowchart LR\n {2}n0\[/);
    const unknown = work.cli('trace', ID, 'REQ-99');
    expect(unknown.exit).toBe(2);
    expect(unknown.err).toContain('"REQ-99"');
  });
});
