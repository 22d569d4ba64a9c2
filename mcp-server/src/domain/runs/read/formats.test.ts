import { describe, expect, it } from 'vitest';
import { fieldsOf, list, text } from './fields.ts';
import { looksLikeRuns } from './marks.ts';
import { RunsReader } from './read-runs.ts';

/** The runs of a file of lines, and what was left out. */
function read(...records: unknown[]) {
  const reader = new RunsReader();
  const file = reader.file('a.jsonl');
  file.push(records.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));
  file.end();
  const { runs, skipped } = reader.done();
  return { run: runs[0]!, runs, skipped: skipped.map(({ line, reason }) => [line, reason]) };
}
const at = (line: number, endLine = line) => ({ path: 'a.jsonl', line, endLine });
const leaf = (path: string, value: string) => ({ path, value });

describe('a transcript is told by its first piece', () => {
  it.each([
    '{"parentUuid":null}',
    '{"isSidechain": false}',
    '{"type":"assistant","sessionId":"s"}',
    '{"type": "user", "x": 1, "message": {}}',
    '{"type":"system","subtype":"init"}',
    '{"session":"s","tool":"x"}',
    '{"tool":"x","a":1,"session":"s"}',
    '{"session": "s", "step": 1}',
    '{"category":"TOOL_CALLED"}',
    '{"category": "AGENT_STATUS"}',
    '{"totalToolCallCount": 3}',
    '{"toolName":"x","a":1,"status":"ok"}',
  ])('%s', (head) => {
    expect(looksLikeRuns('a.jsonl', head)).toBe(true);
    expect(looksLikeRuns('a.NDJSON', head)).toBe(true);
    expect(looksLikeRuns('a.json', head)).toBe(true);
    expect(looksLikeRuns('a.txt', head)).toBe(false);
  });

  it.each([
    '{}',
    '{"type":"assistant"}',
    '{"tool":"x"}',
    '{"session":"s"}',
    '{"category":"OTHER"}',
    '{"toolName":"x"}',
  ])('not %s', (head) => expect(looksLikeRuns('a.jsonl', head)).toBe(false));
});

describe('a field that somebody else wrote', () => {
  it('is what it should be, or not there', () => {
    const fields = { a: '', b: 'x', c: 7, d: null, e: ['y'] };
    expect([text(fields, 'a', 'd', 'c', 'b'), text(fields, 'b', 'c'), text(fields, 'e'), text(undefined, 'a')]).toEqual(
      ['7', 'x', undefined, undefined],
    );
    expect([fieldsOf(fields), fieldsOf(['a']), fieldsOf(null), fieldsOf('a')]).toEqual([
      fields,
      undefined,
      undefined,
      undefined,
    ]);
    expect([list([1]), list({ 0: 1 }), list(undefined)]).toEqual([[1], [], []]);
  });
});

describe('the documented form', () => {
  it('has one use of a tool a record, and says what the session was for', () => {
    const { run, skipped } = read(
      {
        session: 's',
        job: 'Names',
        prompt: 'add www',
        inputs: { zone: 'example.org' },
        offered: ['dns.add', { name: 'dns.get' }, 7],
      },
      { session: 's', step: 1, tool: 'dns.add', input: { name: 'www' }, output: { id: 4 }, at: '2026-01-01T00:00:02Z' },
      { session: 's', tool: 'dns.get', output: 'gone', error: 'not found', at: '2026-01-01T00:00:01Z' },
      { session: 's', human: 'go on' },
      { session: 's', failed: true },
      { session: 's', note: 'nothing' },
    );
    expect(run).toEqual({
      id: 's',
      job: 'Names',
      prompt: 'add www',
      inputs: [leaf('zone', 'example.org')],
      inputsAt: at(1),
      calls: [
        {
          tool: 'dns.get',
          label: '',
          effect: 'read',
          input: [],
          output: [leaf('', 'gone')],
          failed: true,
          error: 'not found',
          cut: false,
          at: at(3),
        },
        {
          tool: 'dns.add',
          label: '',
          effect: 'write',
          input: [leaf('name', 'www')],
          output: [leaf('id', '4')],
          failed: false,
          cut: false,
          at: at(2),
        },
      ],
      interventions: [{ kind: 'said', text: 'go on', after: 2, at: at(4) }],
      offered: ['dns.add', 'dns.get'],
      at: at(1, 6),
      failed: true,
    });
    expect(skipped).toEqual([[6, 'unparsed']]);
  });

  it.each([
    [undefined, false],
    [null, false],
    [false, false],
    ['', false],
    ['x', true],
    [true, true],
    [{ code: 1 }, true],
  ])('has a call with the error %j failed: %s', (error, failed) => {
    expect(read({ session: 's', tool: 'x', error }).run.calls[0]!.failed).toBe(failed);
  });

  it('has calls in the order of their records where a time is missing, and sessions that need no name', () => {
    const { runs } = read(
      { tool: 'b', at: '2' },
      { tool: 'a' },
      { session: 7, tool: 'c' },
      { session: 's', tool: 'd', category: 'x' },
    );
    expect(runs.map(({ id, calls }) => [id, calls.map(({ tool }) => tool)])).toEqual([
      ['a.jsonl', ['b', 'a']],
      ['7', ['c']],
    ]);
  });
});

describe('a request', () => {
  it.each([
    [{ method: 'get', url: 'https://ipam.example.org/api/vlans/12/?x=1#y' }, 'GET /api/vlans/*/'],
    [{ http_method: 'POST', endpoint: '/vlans' }, 'POST /vlans'],
    [{ verb: 'PATCH', path: '/a1/b' }, 'PATCH /*/b'],
    [{ method: 'DELETE' }, 'DELETE'],
    [{ url: '/vlans' }, ''],
    [{ cmd: 'terraform plan -out x' }, 'terraform plan'],
    [['GET'], ''],
  ])('%j is called %j', (input, label) => {
    expect(read({ session: 's', tool: 'x', input }).run.calls[0]!.label).toBe(label);
  });
});

describe('a session of FlowAgent', () => {
  it('has its header, calls with their answers, and where it waited', () => {
    const { run, skipped } = read(
      {
        sessionId: 'f',
        agentName: 'Helper',
        status: 'done',
        inputs: { number: 7 },
        tools: ['a'],
        availableTools: [{ lastKnownName: 'b' }],
        totalToolCallCount: 2,
      },
      { category: 'USER_MESSAGE', sessionId: 'f', data: { message: 'help' } },
      { category: 'AGENT_REASONING', sessionId: 'f', data: { text: 'hm' } },
      {
        category: 'TOOL_CALLED',
        sessionId: 'f',
        timestamp: 1,
        data: { toolName: 'get_x', toolCallId: 'c1', input: '{"id": 1}', output: { v: 2 } },
      },
      {
        category: 'TOOL_CALLED',
        sessionId: 'f',
        timestamp: 2,
        data: { name: 'set_x', input: '{broken', status: 'FAILED', error: 'no' },
      },
      { category: 'TOOL_CALLED', session_id: 'f', timestamp: 3, data: { input: 'plain' } },
      { category: 'AGENT_STATUS', sessionId: 'f', data: { status: 'waiting for approval', question: 'Sure?' } },
      { category: 'AGENT_STATUS', sessionId: 'f', data: { state: 'running' } },
      { category: 'HUMAN_INPUT', sessionId: 'f', data: { text: 'yes' } },
      { category: 'OTHER', sessionId: 'f' },
    );
    const call = (tool: string, effect: string | undefined, line: number, more: object) => ({
      tool,
      label: '',
      effect,
      input: [],
      output: [],
      failed: false,
      cut: false,
      at: at(line),
      ...more,
    });
    expect(run).toEqual({
      id: 'f',
      job: 'Helper',
      prompt: 'help',
      inputs: [leaf('number', '7')],
      inputsAt: at(1),
      calls: [
        call('get_x', 'read', 4, { input: [leaf('id', '1')], output: [leaf('v', '2')] }),
        call('set_x', 'write', 5, { input: [leaf('', '{broken')], output: [leaf('', '')], failed: true, error: 'no' }),
        call('unknown', undefined, 6, { input: [leaf('', 'plain')] }),
      ],
      interventions: [
        { kind: 'asked', text: 'Sure?', after: 3, at: at(7) },
        { kind: 'said', text: 'yes', after: 3, at: at(9) },
      ],
      offered: ['a', 'b'],
      at: at(1, 10),
      failed: false,
    });
    expect(skipped).toEqual([[10, 'unparsed']]);
  });

  it.each([
    [{ status: 'failed' }, true],
    [{ status: 'Timed out' }, true],
    [{ status: 'done', errorMessage: 'x' }, true],
    [{ status: 'done' }, false],
  ])('with the header %j failed: %s', (header, failed) => {
    const call = { category: 'TOOL_CALLED', sessionId: 'f', data: { toolName: 'x', output: '' } };
    expect(read({ sessionId: 'f', ...header }, call).run.failed).toBe(failed);
    const status = { category: 'AGENT_STATUS', sessionId: 'f', data: { status: 'error' } };
    expect(read(call, status).run.failed).toBe(true);
  });
});

describe('a session of Claude Code', () => {
  const use = (id: string, name: string, input: unknown = {}, more: object = {}) => ({
    type: 'assistant',
    sessionId: 's',
    message: {
      content: [
        { type: 'text', text: 'hm' },
        { type: 'tool_use', id, name, input },
      ],
    },
    ...more,
  });
  const said = (content: unknown, more: object = {}) => ({
    type: 'user',
    sessionId: 's',
    message: { content },
    ...more,
  });
  const result = (id: string, content: unknown, more: object = {}) =>
    said([{ type: 'tool_result', tool_use_id: id, content, ...more }]);

  it('has calls, answers and the agents below, without what keeps the agent’s own books', () => {
    const { run } = read(
      { type: 'system', subtype: 'init', session_id: 's', tools: ['Bash', 'Read'] },
      said('Make it'),
      use('1', 'Bash', { command: 'ls' }),
      result('1', [{ type: 'text', text: 'a' }, { type: 'image' }, {}]),
      use('2', 'TodoWrite'),
      use('3', 'mcp__plugin_countersign_x__status'),
      use('4', 'Grep', {}, { isSidechain: true, agentId: 'a7' }),
      use('5', 'Glob', {}, { isSidechain: true }),
      result('5', { odd: 1 }, { is_error: true }),
      result('9', 'of nothing'),
      { type: 'result', session_id: 's', is_error: true },
    );
    expect(
      run.calls.map(({ tool, agent, output, failed, error, at: place }) => [tool, agent, output, failed, error, place]),
    ).toEqual([
      ['Bash', undefined, [leaf('', 'a (image) (something)')], false, undefined, at(3, 4)],
      ['Grep', 'a7', [], false, undefined, at(7)],
      ['Glob', 'below', [leaf('odd', '1')], true, '{"odd":1}', at(8, 9)],
    ]);
    expect([run.prompt, run.failed, run.offered]).toEqual(['Make it', true, ['Bash', 'Read']]);
  });

  it('shows where a person stepped in, and what was not a person', () => {
    const { run } = read(
      use('1', 'Bash', { command: 'ls' }),
      said('<system-reminder>x</system-reminder>'),
      said('Caveat: The messages below were generated'),
      said('This session is being continued from'),
      said('  '),
      said('meta', { isMeta: true }),
      said('below', { isSidechain: true }),
      said('really said'),
      said([{ type: 'text', text: '[Request interrupted by user for tool use]' }]),
      use('2', 'AskUserQuestion', { questions: [{ header: 'Site' }] }),
      use('3', 'AskUserQuestion'),
      use('4', 'Edit'),
      result('4', 'Permission denied by rule', { is_error: true }),
      use('5', 'Edit'),
      result('5', 'Permission denied by rule'),
    );
    expect(
      run.interventions.map(({ kind, text: words, after, at: place }) => [kind, words, after, place.line]),
    ).toEqual([
      ['said', 'really said', 1, 8],
      ['stopped', 'the person interrupted', 1, 9],
      ['asked', 'Site', 1, 10],
      ['asked', 'a question', 1, 11],
      ['refused', 'the person did not allow a call', 2, 13],
    ]);
    expect(run.prompt).toBeUndefined();
  });

  it('is silent in records that say nothing about the work, and says which it does not know', () => {
    const { skipped } = read(
      use('1', 'Bash'),
      { type: 'summary', leafUuid: 'x' },
      { type: 'file-history-snapshot', messageId: 'm' },
      { type: 'hook_started', sessionId: 's' },
      { type: 'news', sessionId: 's' },
      '{broken',
      [1],
      { other: true },
      { around: [] },
    );
    expect(skipped).toEqual([
      [5, 'unparsed'],
      [6, 'unparsed'],
      [7, 'unparsed'],
      [8, 'unparsed'],
    ]);
  });

  it('says of a broken file twenty times where, and no more', () => {
    expect(read(use('1', 'Bash'), ...Array<string>(30).fill('{broken')).skipped).toHaveLength(20);
  });
});
