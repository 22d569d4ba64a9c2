import { utimesSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { ID, reach } from '../helpers/zone-file.ts';

interface Provenance {
  component: string;
  task: string;
  plugin: string;
  files: { path: string; sha256: string; commit: string | null; by: Record<string, string> }[];
}

function provenance(work: Project, component: string): Provenance {
  const event = work
    .events(ID)
    .findLast((one) => one.type === 'built' && (one['body'] as { component: string }).component === component);
  const { evidence } = event!['body'] as { evidence: string };
  return JSON.parse(work.read(`deliveries/${ID}/evidence/${evidence}.json`)) as Provenance;
}

/** An agent's tool writes a file, as the client lets the guard see it. */
function writes(work: Project, path: string, text: string): void {
  work.write('../transcript.jsonl', '{"type":"assistant","message":{"model":"some-model-4-2","content":[]}}\n');
  work.hook('pre-tool-use', {
    tool_name: 'mcp__plugin_countersign_countersign__tasks',
    tool_input: { delivery: ID },
  });
  const answer = work.hook('pre-tool-use', {
    tool_name: 'Write',
    tool_input: { file_path: work.path(path), content: text },
    agent_type: 'countersign:builder',
    transcript_path: work.path('../transcript.jsonl'),
  });
  expect(answer?.hookSpecificOutput?.permissionDecisionReason).toBeUndefined();
  work.write(path, text);
}

it('ties each delivered file to component, task, writer, content and commit [R-PROV-1]', async () => {
  const work = project();
  await reach(work, 'design');
  const mcp = await connect(work);
  await mcp.call('tasks', { delivery: ID, start: 'TSK-1.1' });
  writes(work, 'zone/hosts.json', HOSTS);
  await mcp.call('run_check', { delivery: ID, check: 'CHK-1' });
  const first = provenance(work, 'CMP-1');
  expect(first).toMatchObject({ component: 'CMP-1', task: 'TSK-1.1', plugin: expect.stringMatching(/^\d+\.\d+/) });
  expect(first.files).toEqual([
    {
      path: 'zone/hosts.json',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      commit: null,
      by: {
        kind: 'agent',
        name: 'test-client 1.0.0',
        agent: 'countersign:builder',
        model: 'some-model-4-2',
        known: 'guard',
      },
    },
  ]);
  // The next one is written by a person, committed, and nobody saw it.
  work.write('zone/generate.mjs', GENERATOR);
  work.git('add', '-A');
  work.git('commit', '-qm', 'Generator');
  for (const check of ['CHK-2', 'CHK-3']) await mcp.call('run_check', { delivery: ID, check });
  expect(provenance(work, 'CMP-2').files[0]).toMatchObject({
    commit: work.git('rev-parse', 'HEAD').trim(),
    by: { kind: 'human', name: 'Ada Tester', known: 'commit' },
  });
  expect(work.events(ID).filter((one) => one.type === 'built')).toHaveLength(2);
  const { data } = await mcp.call('submit', { delivery: ID, stage: 'build' });
  work.types((data['digest'] as string).slice(0, 12));
  await mcp.call('as_built', { delivery: ID });
  const record = work.read(`deliveries/${ID}/as-built.md`);
  expect(record).toMatch(
    /`zone\/hosts\.json` \| [0-9a-f]{12} \| agent test-client 1\.0\.0 \(countersign:builder, model some-model-4-2\), seen by the guard/,
  );
  expect(record).toMatch(/`zone\/generate\.mjs` \| [0-9a-f]{12} \| human Ada Tester, by its commit/);
  expect(work.cli('verify').exit).toBe(0);
});

it('does not take a later edit for the write that the guard saw, nor a denied one for a write', async () => {
  const work = project();
  await reach(work, 'design');
  const mcp = await connect(work);
  await mcp.call('tasks', { delivery: ID, start: 'TSK-1.1' });
  writes(work, 'zone/hosts.json', HOSTS);
  const later = Date.now() / 1000 + 3600;
  utimesSync(work.path('zone/hosts.json'), later, later);
  await mcp.call('run_check', { delivery: ID, check: 'CHK-1' });
  expect(provenance(work, 'CMP-1').files[0]!.by).toMatchObject({ known: 'task', name: 'test-client 1.0.0' });
});
