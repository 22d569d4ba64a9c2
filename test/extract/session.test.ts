import { cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { fixtures } from './fixtures.ts';

const folder = join(fixtures, 'agent-runs');
const TOOL = 'mcp__plugin_countersign_countersign__extract';
const CALL = 'toolu_01';

/** Puts a transcript where the client keeps those of a folder; later ones are newer. */
function keep(work: Project, name: string, { from = work.root, at = 0 } = {}): string {
  const path = join(work.home, '.claude', 'projects', from.replace(/[^A-Za-z0-9]/g, '-'), name);
  mkdirSync(dirname(path), { recursive: true });
  cpSync(join(folder, name), path);
  utimesSync(path, 1_700_000_000 + at, 1_700_000_000 + at);
  return path;
}

/** Where the first step of `session:latest` was seen, asked through the server as the client asks. */
async function asked(work: Project, call = CALL): Promise<string | undefined> {
  const { client } = await connect(work);
  const answer = await client.callTool({
    name: 'extract',
    arguments: { path: 'session:latest', view: 'story' },
    _meta: { 'claudecode/toolUseId': call },
  });
  const { data } = answer.structuredContent as { data: { view: { stories: { steps: { at: string }[] }[] } } };
  return data.view.stories[0]?.steps[0]?.at;
}

const told = (work: Project, transcript_path: string, path = 'session:latest') =>
  work.hook('pre-tool-use', { tool_name: TOOL, tool_input: { path }, tool_use_id: CALL, transcript_path });

describe('the session that asks for itself', () => {
  it('[R-RUNS-5] is the one that the client names to the hook of the call, wherever it was started and whatever was written last', async () => {
    const work = project();
    const own = keep(work, 'session-1.jsonl', { from: '/another/folder' });
    keep(work, 'session-2.jsonl', { at: 9 });
    expect(await asked(work)).toBe('session-2.jsonl:4');
    expect(told(work, own)).toBeUndefined();
    expect(await asked(work)).toBe('session-1.jsonl:4');
    expect(await asked(work, 'toolu_of_another_session')).toBe('session-2.jsonl:4');
  });

  it('[R-RUNS-5] is not taken from elsewhere: a planted note, or one about another path, changes nothing', async () => {
    const work = project();
    keep(work, 'session-2.jsonl', { at: 9 });
    const planted = join(work.home, 'planted.jsonl');
    cpSync(join(folder, 'session-1.jsonl'), planted);
    told(work, planted);
    expect(await asked(work)).toBe('session-2.jsonl:4');
    told(work, keep(work, 'session-1.jsonl'), '.');
    expect(await asked(work)).toBe('session-2.jsonl:4');
  });

  it('[R-RUNS-5] is found by the id that the client gives to programs, before the newest', () => {
    const work = project();
    keep(work, 'session-1.jsonl');
    keep(work, 'session-2.jsonl', { at: 9 });
    work.env['CLAUDE_CODE_SESSION_ID'] = 'session-1';
    expect(work.cli('extract', 'session:latest').out).toContain('session-1.jsonl:4');
  });

  it('[R-RUNS-5] is read with what the agents below it did, from the files that lie beside it', () => {
    const work = project();
    const main = keep(work, 'session-1.jsonl');
    const [, sessionId] = /"sessionId":\s*"([^"]+)"/.exec(readFileSync(main, 'utf8'))!;
    const record = (type: string, content: object) =>
      JSON.stringify({
        type,
        sessionId,
        isSidechain: true,
        agentId: 'a1',
        timestamp: '2026-05-01T23:00:00Z',
        message: { content: [content] },
      });
    const below = join(dirname(main), 'session-1', 'subagents', 'agent-a1.jsonl');
    mkdirSync(dirname(below), { recursive: true });
    const use = { type: 'tool_use', id: 'toolu_below', name: 'mcp__dns__add_record', input: { name: 'www1' } };
    const result = { type: 'tool_result', tool_use_id: 'toolu_below', content: 'added' };
    writeFileSync(below, `${record('assistant', use)}\n${record('user', result)}\n`);
    const { out } = work.cli('extract', 'session:latest', '--json');
    const { facts, skipped } = JSON.parse(out) as ExtractReport;
    expect(facts.flatMap((fact) => fact.evidence.map((one) => `${fact.kind} ${one.path}:${one.line}`))).toContain(
      'step session-1/subagents/agent-a1.jsonl:1',
    );
    expect(facts.filter(({ kind }) => kind === 'workflow')).toHaveLength(1);
    expect(skipped).toEqual([]);
  });
});
