import { describe, expect, it } from 'vitest';
import type { Reading } from '../run.ts';
import { looksLikeRuns } from './marks.ts';
import { RunsReader } from './read-runs.ts';

function read(files: Record<string, string>, size = 1 << 16): Reading {
  const reader = new RunsReader();
  for (const [path, text] of Object.entries(files)) {
    const file = reader.file(path);
    for (let at = 0; at < text.length; at += size) file.push(text.slice(at, at + size));
    file.end();
  }
  return reader.done();
}
const lines = (...records: unknown[]) => records.map((one) => JSON.stringify(one)).join('\n');

const user = (content: unknown, more = {}) => ({
  type: 'user',
  sessionId: 's1',
  message: { role: 'user', content },
  ...more,
});
const use = (id: string, name: string, input: unknown, more = {}) => ({
  type: 'assistant',
  sessionId: 's1',
  message: { id: `m${id}`, role: 'assistant', content: [{ type: 'tool_use', id, name, input }] },
  ...more,
});
const result = (id: string, content: unknown, is_error = false) =>
  user([{ type: 'tool_result', tool_use_id: id, content, is_error }]);

describe('a session of Claude Code', () => {
  const session = lines(
    { type: 'summary', summary: 'x', leafUuid: 'u' },
    user('Create VLAN 120 at site A, write to ann@example.org'),
    { type: 'assistant', sessionId: 's1', message: { id: 'm0', content: [{ type: 'thinking', thinking: 'hm' }] } },
    use('1', 'Bash', { command: 'terraform -chdir=net plan -var vlan=120', description: 'Plan' }),
    result('1', 'Plan: 1 to add', false),
    use('2', 'mcp__netbox__create_vlan', { vid: 120, contact: 'ann@example.org', api_token: 'abcDEF123456' }),
    result('2', [{ type: 'text', text: '{"id": 7, "status": {"value": "active"}}' }]),
    user('use site B as well'),
    use('3', 'AskUserQuestion', { questions: [{ question: 'Which site?', header: 'Site', options: [] }] }),
    use('4', 'Bash', { command: './deploy.sh prod' }),
    result('4', "The user doesn't want to proceed with this tool use.", true),
    {
      type: 'assistant',
      sessionId: 's1',
      isSidechain: true,
      agentId: 'a7',
      message: { content: [{ type: 'tool_use', id: '5', name: 'Grep', input: { pattern: 'x' } }] },
    },
    user([{ type: 'text', text: '[Request interrupted by user]' }]),
    { type: 'something-new', sessionId: 's1' },
    use('2', 'mcp__netbox__create_vlan', { vid: 120 }),
  );
  const { runs, skipped } = read({ 'a.jsonl': session });
  const [run] = runs;

  it('gives calls with their answers and lines, each id once', () => {
    expect(run?.calls.map(({ tool, label, effect, at }) => [tool, label, effect, at.line, at.endLine])).toEqual([
      ['Bash', 'terraform plan', 'read', 4, 5],
      ['mcp__netbox__create_vlan', '', 'write', 6, 7],
      ['Bash', 'deploy.sh', undefined, 10, 11],
      ['Grep', '', 'read', 12, 12],
    ]);
    expect(run?.calls[1]?.output).toEqual([
      { path: 'id', value: '7' },
      { path: 'status.value', value: 'active' },
    ]);
    expect(run?.calls[0]?.input).toContainEqual({ path: 'command vlan', value: '120' });
    expect(run?.calls[3]?.agent).toBe('a7');
  });

  it('tells where a person stepped in, and what the run was for', () => {
    expect(run?.interventions.map(({ kind, text, after }) => [kind, text, after])).toEqual([
      ['said', 'use site B as well', 2],
      ['asked', 'Which site?', 2],
      ['refused', 'the person did not allow a call', 3],
      ['stopped', 'the person interrupted', 4],
    ]);
    expect(run?.prompt).toBe('Create VLAN 120 at site A, write to [email 1]');
  });

  it('keeps no secret and no personal data', () => {
    expect(JSON.stringify(run)).not.toMatch(/abcDEF123456|ann@example/);
    expect(run?.calls[1]?.input).toContainEqual({ path: 'contact', value: '[email 1]' });
    expect(run?.calls[1]?.input).toContainEqual({ path: 'api_token', value: '[redacted]', secret: true });
  });

  it('says which records it does not know', () => {
    expect(skipped).toEqual([{ path: 'a.jsonl', reason: 'unparsed', line: 14 }]);
  });
});

describe('sessions of FlowAgent', () => {
  const message = (sessionId: string | undefined, at: number, toolName: string, data = {}) => ({
    ...(sessionId === undefined ? {} : { sessionId }),
    timestamp: `2026-01-01T00:00:0${at}Z`,
    category: 'TOOL_CALLED',
    type: 'TOOL',
    data: { toolName, input: { vid: at }, output: { ok: true }, status: 'SUCCESS', ...data },
  });

  it('are told apart when they are mixed', () => {
    const { runs } = read({
      'm.jsonl': lines(
        message('a', 1, 'find'),
        message('b', 2, 'find'),
        message('a', 3, 'create', { status: 'ERROR', output: 'no' }),
      ),
    });
    expect(runs.map(({ id, calls }) => [id, calls.map((one) => `${one.tool} ${one.failed}`)])).toEqual([
      ['a', ['find false', 'create true']],
      ['b', ['find false']],
    ]);
  });

  it.each([
    [
      'first',
      { sessionId: 'z', agentName: 'VLAN helper', status: 'COMPLETED', inputs: { vid: 5 }, totalToolCallCount: 2 },
      {},
    ],
    [
      'last',
      {},
      { sessionId: 'z', agentName: 'VLAN helper', status: 'COMPLETED', inputs: { vid: 5 }, totalToolCallCount: 2 },
    ],
  ])('take their id and inputs from the object around their messages, %s', (_, before, after) => {
    const document = {
      ...before,
      messages: [
        message(undefined, 1, 'find'),
        { category: 'AGENT_REASONING', data: {} },
        message(undefined, 2, 'create'),
      ],
      ...after,
    };
    const { runs, skipped } = read({ 'z.json': JSON.stringify([document], undefined, 2) }, 13);
    expect(runs).toMatchObject([{ id: 'z', job: 'VLAN helper', inputs: [{ path: 'vid', value: '5' }] }]);
    expect(runs[0]?.calls.map((one) => one.tool)).toEqual(['find', 'create']);
    expect(skipped).toEqual([]);
  });
});

describe('the generic form', () => {
  it('reads calls, failures, inputs, offers and people', () => {
    const { runs } = read({
      'g.jsonl': lines(
        { session: 1, job: 'Add a record', inputs: { name: 'www' }, offered: ['dns.add', 'dns.drop'] },
        {
          session: 1,
          step: 1,
          tool: 'dns.add',
          input: { name: 'www' },
          output: '',
          error: 'timeout',
          at: '2026-01-01T00:00:00Z',
        },
        { session: 1, human: 'try again' },
        { session: 1, step: 1, tool: 'dns.add', input: { name: 'www' }, output: 'serial: 12', error: null },
      ),
    });
    expect(runs).toMatchObject([
      {
        id: '1',
        job: 'Add a record',
        offered: ['dns.add', 'dns.drop'],
        interventions: [{ kind: 'said', text: 'try again', after: 1 }],
        calls: [
          { failed: true, error: 'timeout' },
          {
            failed: false,
            output: [
              { path: '', value: 'serial: 12' },
              { path: 'serial', value: '12' },
            ],
          },
        ],
      },
    ]);
  });
});

describe('sessions with one id', () => {
  it('are one across files where ids are unique, and two where only a file knows them', () => {
    const step = (tool: string) => lines({ session: 1, step: 1, tool, input: {} });
    expect(read({ 'a.jsonl': step('x'), 'b.jsonl': step('y') }).runs.map(({ calls }) => calls.length)).toEqual([1, 1]);
    const parts = {
      'a.jsonl': lines(use('1', 'Grep', {})),
      'b.jsonl': lines(use('1', 'Grep', {}), use('2', 'Glob', {})),
    };
    expect(read(parts).runs.map(({ calls }) => calls.length)).toEqual([2]);
  });
});

describe('bad input', () => {
  it.each([
    ['cut off', lines(use('1', 'Bash', { command: 'ls' }), user('x')).slice(0, -9)],
    ['without any sense', '{"type":"assistant"\n\u0000\n[1,2,{"session":3}]\n"x"\nnull\n{"session":"a","tool":7}'],
    ['of nested lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ])('%s gives what it can and throws nothing', (_, text) => {
    for (const path of ['x.jsonl', 'x.json']) expect(() => read({ [path]: text }, 7)).not.toThrow();
  });

  it('of binary data is said by its length alone', () => {
    const { runs } = read({ 'b.jsonl': lines(use('1', 'Write', { file_path: 'a.png', content: 'QUJD'.repeat(500) })) });
    expect(runs[0]?.calls[0]?.input).toContainEqual({ path: 'content', value: '(2000 characters of binary data)' });
  });

  it('that the client cut is marked', () => {
    const { runs } = read({
      'c.jsonl': lines(use('1', 'Bash', { command: 'ls' }), result('1', 'a\n... [400 lines truncated] ...')),
    });
    expect(runs[0]?.calls[0]?.cut).toBe(true);
  });

  it('of more calls than are kept says so', () => {
    const many = Array.from({ length: 5002 }, (_, at) => ({ session: 's', step: at, tool: 't', input: {} }));
    const { runs, skipped } = read({ 'm.jsonl': lines(...many) });
    expect(runs[0]?.calls).toHaveLength(5000);
    expect(skipped).toEqual([{ path: 'm.jsonl', reason: 'too-large', line: 5001 }]);
  });
});

describe('looksLikeRuns', () => {
  it.each([
    ['s.jsonl', '{"parentUuid":null,"isSidechain":false,"userType":"external"', true],
    ['s.jsonl', '{"type":"summary","summary":"x","leafUuid":"y"}', true],
    ['f.json', '[{"sessionId":"a","status":"COMPLETED","inputs":{},"totalToolCallCount":3', true],
    ['f.json', '{"messages":[{"timestamp":"x","category":"TOOL_CALLED"', true],
    ['g.ndjson', '{"session":"a","step":1,"tool":"x"}', true],
    ['package.json', '{"name":"x","session":"y"}', false],
    ['settings.json', '{"toolName":"hammer"}', false],
    ['data.jsonl', '{"id":1,"text":"hello"}', false],
    ['s.txt', '{"parentUuid":null}', false],
  ])('%s %s: %s', (path, head, expected) => {
    expect(looksLikeRuns(path, head)).toBe(expected);
  });
});
