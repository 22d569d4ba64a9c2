import { describe, expect, it } from 'vitest';
import { RunsReader } from './read-runs.ts';

/** Each run on a line: its id, job, prompt, tools with what they were given and gave, people, tools offered; then what was left out. */
function told(path: string, ...texts: string[]): string[] {
  const reader = new RunsReader();
  for (const [at, text] of texts.entries()) {
    const file = reader.file(at === 0 ? path : `${at}-${path}`);
    for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) file.push(piece);
    file.end();
  }
  const { runs, skipped } = reader.done();
  const leaves = (list: readonly { path: string; value: string }[]) =>
    list.map(({ path: name, value }) => `${name}=${value}`).join(' ');
  return [
    ...runs.map((run) =>
      [
        [run.id, run.job, run.prompt, ...(run.failed ? ['failed'] : [])].filter((one) => one !== undefined).join(' / '),
        `inputs ${leaves(run.inputs)}`,
        ...run.calls.map(
          (call) =>
            `${call.tool}(${leaves(call.input)})${call.failed ? ` fails: ${call.error}` : ` > ${leaves(call.output)}`} ${call.at.line}-${call.at.endLine}${call.agent === undefined ? '' : ` by ${call.agent}`}`,
        ),
        ...run.interventions.map(({ kind, text, after }) => `${kind}: ${text} @${after}`),
        `offered ${run.offered.join(' ')}`,
      ].join(' | '),
    ),
    ...skipped.map(({ path: file, line, reason }) => `skipped ${file}:${line} ${reason}`),
  ];
}

const called = (id: string | undefined, data: object, more: object = {}) => ({
  category: 'TOOL_CALLED',
  ...(id === undefined ? {} : { sessionId: id }),
  data,
  ...more,
});

describe('sessions of FlowAgent in one document', () => {
  it('have their messages by where they stand, whether the session says its id before or behind them', () => {
    const document = {
      sessions: [
        { sessionId: 'a', agentName: 'First', status: 'done', messages: [called(undefined, { toolName: 'get_x' })] },
        { messages: [called(undefined, { toolName: 'get_y' })], sessionId: 'b', name: 'Second', errorMessage: 'no' },
        {
          messages: [called(undefined, { toolName: 'get_z' })],
          totalToolCallCount: 1,
          agentId: 'Third',
          status: 'Timed out',
        },
        {
          session_id: 7,
          status: 'failed',
          messages: [called('c', { toolName: 'own' }), called(undefined, { toolName: 'other' })],
        },
      ],
    };
    expect(told('a.json', JSON.stringify(document, undefined, 1))).toEqual([
      'a / First | inputs  | get_x() >  8-13 | offered ',
      'b / Second / failed | inputs  | get_y() >  18-23 | offered ',
      expect.stringMatching(/^a\.json#\d+ \/ Third \/ failed \| inputs {2}\| get_z\(\) > {2}31-36 \| offered $/),
      'c | inputs  | own() >  46-52 | offered ',
      '7 | inputs  | other() >  53-58 | offered ',
    ]);
  });

  it('have calls with what they were given, gave, and failed by', () => {
    const records = [
      called('s', { toolName: 'a', toolCallId: '1', input: ' [{"x": 1}]', output: { y: 2 } }),
      called('s', { toolName: 'again', toolCallId: '1' }),
      called('s', { name: 'b', callId: '2', input: { x: 1 }, output: 'gone', status: 'REJECTED' }),
      called('s', { name: 'again', callId: '2' }),
      called('s', { tool: 'c', id: '3', input: 'x [1]', error: { code: 5 }, output: 'z' }),
      called('s', { tool: 'again', id: '3' }),
      called('s', { tool: 'd', error: null, output: null }, { messageId: '4' }),
      called('s', { tool: 'again' }, { messageId: '4' }),
      called('s', { tool: 'e', status: 'timed_out' }, { _id: '5' }),
      called('s', { tool: 'again' }, { _id: '5' }),
      called('s', { input: '{no' }, { id: '6' }),
      called('s', { tool: 'again' }, { id: '6' }),
      called('s', { tool: 'f', status: 'not failed' }),
    ];
    expect(told('a.jsonl', records.map((one) => JSON.stringify(one)).join('\n'))).toEqual([
      [
        's',
        'inputs ',
        'a([0].x=1) > y=2 1-1',
        'b(x=1) fails: gone 3-3',
        'c(=x [1]) fails: {"code":5} 5-5',
        'd() > = 7-7',
        'e() fails:  9-9',
        'unknown(={no) >  11-11',
        'f() >  13-13',
        'offered ',
      ].join(' | '),
    ]);
  });

  it('have what was said to them and where they waited, and records of other kinds are left out', () => {
    const record = (category: string, data: object, more: object = {}) => ({ category, sessionId: 's', data, ...more });
    const records = [
      record('USER_MESSAGE', { input: 'please' }),
      called('s', { toolName: 'a' }),
      record('HUMAN_INPUT', { text: 'yes' }),
      record('USER_MESSAGE', {}),
      record('AGENT_STATUS', { state: 'paused', message: 'go on?' }),
      record('AGENT_STATUS', { status: 'input required' }),
      record('AGENT_STATUS', {}, { type: 'waiting' }),
      record('AGENT_STATUS', { status: 'running' }),
      record('AGENT_STATUS', { status: 'errored' }),
      record('A_USER', {}),
      { sessionId: 's', status: 'x', type: 'result' },
    ];
    expect(told('a.jsonl', records.map((one) => JSON.stringify(one)).join('\n'))).toEqual([
      's / please / failed | inputs  | a() >  2-2 | said: yes @1 | said: USER_MESSAGE @1 | asked: go on? @1 | asked: input required @1 | asked: waiting @1 | offered ',
      'skipped a.jsonl:10 unparsed',
    ]);
  });
});

describe('sessions of Claude Code', () => {
  const line = (type: string, message: unknown, more: object = {}) => ({ type, sessionId: 's', message, ...more });
  const use = (id: string, name: string, input: object = {}) => ({ type: 'tool_use', id, name, input });
  const result = (id: string, content: unknown, more: object = {}) => ({
    type: 'tool_result',
    tool_use_id: id,
    content,
    ...more,
  });
  const read = (...records: object[]) => told('a.jsonl', records.map((one) => JSON.stringify(one)).join('\n'));

  it('have calls with their answers, the agent below, and what people said, asked and stopped', () => {
    expect(
      read(
        { type: 'system', subtype: 'init', session_id: 's', tools: ['Read', { name: 'mcp__a__b' }, { id: 'x' }] },
        { type: 'system', subtype: 'other', session_id: 's', tools: ['No'] },
        line('user', { content: 'make it' }),
        line('assistant', { content: [{ type: 'text', text: 'ok' }, use('1', 'Read', { path: 'a' }), null] }),
        line('user', { content: [result('1', 'text of a')] }),
        line('assistant', { content: [use('2', 'mcp__a__get_b', { n: 1 })] }, { isSidechain: true, agentId: 'helper' }),
        line(
          'user',
          { content: [result('2', [{ type: 'text', text: 'one' }, { type: 'image' }, {}])] },
          { isSidechain: true },
        ),
        line('assistant', { content: [use('3', 'do_it')] }, { isSidechain: true }),
        line('user', { content: [result('3', undefined, { is_error: true })] }),
        line('assistant', { content: [use('4', 'AskUserQuestion', { questions: [{ question: 'Sure?' }] })] }),
        line('assistant', { content: [use('5', 'AskUserQuestion', { questions: [{ header: 'Head' }] })] }),
        line('assistant', { content: [use('6', 'AskUserQuestion')] }),
        line('assistant', {
          content: [use('7', 'TodoWrite'), use('8', 'mcp__plugin_countersign_x__y'), { type: 'tool_use' }],
        }),
        line('user', { content: [result('8', 'Permission denied: x', { is_error: true })] }),
        line('user', { content: [result('3', 'was rejected by the user')] }),
        line('user', {
          content: [
            { type: 'text', text: '[Request interrupted by user]' },
            { type: 'text', text: '  ' },
          ],
        }),
        line('user', {
          content: [
            { type: 'text', text: '<command-name>x' },
            { type: 'text', text: 'go on' },
            { type: 'other', text: 'no' },
          ],
        }),
        line('user', { content: 'meta' }, { isMeta: true }),
        line('user', { content: 'below' }, { isSidechain: true }),
        { type: 'result', session_id: 's', is_error: true },
      ),
    ).toEqual([
      [
        's / make it / failed',
        'inputs ',
        'Read(path=a) > =text of a 4-5',
        'mcp__a__get_b(n=1) > =one (image) (something) 6-7 by helper',
        'do_it() > =was rejected by the user 8-15 by below',
        'unknown() >  13-13',
        'asked: Sure? @3',
        'asked: Head @3',
        'asked: a question @3',
        'refused: the person did not allow a call @4',
        'stopped: the person interrupted @4',
        'said: go on @4',
        'offered Read mcp__a__b',
      ].join(' | '),
    ]);
  });

  it('are told by their type and an id or a message, and records of other kinds are left out', () => {
    const call = line('assistant', { content: [use('1', 'x')] });
    expect(
      read(
        call,
        { type: 'summary', leafUuid: 'l', summary: 'x' },
        { type: 'odd', sessionId: 's' },
        { type: 'odd', session_id: 's' },
        { type: 'odd', message: {} },
        { type: 'odd', messageId: 'm' },
        { type: 'odd', parentUuid: 'm' },
        { type: 'odd' },
        { type: 'progress' },
        { type: 'result', session_id: 's', is_error: false },
        { type: 7, sessionId: 's' },
      ),
    ).toEqual([
      's | inputs  | x() >  1-1 | offered ',
      ...[3, 4, 5, 6, 7, 8, 11].map((at) => `skipped a.jsonl:${at} unparsed`),
    ]);
  });

  it('have calls in the order of their times where all have one', () => {
    const at = (id: string, timestamp?: string) => line('assistant', { content: [use(id, `t${id}`)] }, { timestamp });
    const tools = (...records: object[]) =>
      read(...records)[0]!
        .match(/t\d/g)
        ?.join(' ');
    expect(tools(at('1', '2'), at('2', '1'), at('3', '2'), at('4', '0'))).toBe('t4 t2 t1 t3');
    expect(tools(at('1', '2'), at('2'), at('3', '1'))).toBe('t1 t2 t3');
  });
});

describe('sessions in several files', () => {
  const call = (tool: string, more: object = {}) => JSON.stringify({ session: 's', tool, ...more });

  it('of the documented form are apart, of others one', () => {
    expect(told('a.jsonl', call('x'), call('y'))).toHaveLength(2);
    const flow = (tool: string) => JSON.stringify(called('s', { tool }));
    expect(told('a.jsonl', flow('x'), flow('y'))).toEqual(['s | inputs  | x() >  1-1 | y() >  1-1 | offered ']);
  });

  it('say what was left out, each file its first twenty', () => {
    const broken = Array.from({ length: 25 }, () => '{').join('\n');
    const said = told('a.jsonl', `${call('x')}\n${broken}`, `${call('x')}\n{`);
    expect(said.filter((one) => one.startsWith('skipped a.jsonl:'))).toHaveLength(20);
    expect(said.at(-1)).toBe('skipped 1-a.jsonl:2 unparsed');
  });

  it('have what a person wrote first as their prompt, and what comes after that as theirs', () => {
    const text = ['first', 'second'].map((prompt) => JSON.stringify({ session: 's', prompt }));
    expect(told('a.jsonl', [...text, call('x')].join('\n'))).toEqual([
      's / first | inputs  | x() > = 3-3 | said: second @0 | offered ',
    ]);
    expect(told('a.jsonl', [call('x'), ...text].join('\n'))).toEqual([
      's | inputs  | x() > = 1-1 | said: first @1 | said: second @1 | offered ',
    ]);
  });

  it('stand where they began, as far as the same file goes on with them', () => {
    const reader = new RunsReader();
    for (const [path, count] of [
      ['a.jsonl', 2],
      ['b.jsonl', 5],
    ] as const) {
      const file = reader.file(path);
      const records = Array.from({ length: count }, (_, at) => JSON.stringify(called('s', { tool: `${path}${at}` })));
      file.push(records.join('\n'));
      file.end();
    }
    const { runs } = reader.done();
    expect(runs.map(({ at, calls }) => [at, calls.length])).toEqual([[{ path: 'a.jsonl', line: 1, endLine: 2 }, 7]]);
    expect(Object.keys(runs[0]!.calls[0]!)).not.toContain('agent');
  });

  it('keep five thousand calls, and say where they were cut', () => {
    const calls = Array.from({ length: 5002 }, (_, at) => call(`t${at}`));
    const said = told('a.jsonl', calls.join('\n'));
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('t4999()');
    expect(said[0]).not.toContain('t5000()');
    expect(said[1]).toBe('skipped a.jsonl:5001 too-large');
  });

  it('keep five hundred interventions and offered tools', () => {
    const many = Array.from({ length: 501 }, (_, at) => JSON.stringify({ session: 's', human: `h${at}` }));
    const offered = JSON.stringify({ session: 's', offered: Array.from({ length: 501 }, (_, at) => `t${at}`) });
    const [run] = told('a.jsonl', [call('x'), ...many, offered].join('\n'));
    expect([run!.match(/said: /g)!.length, run!.match(/ t\d+/g)!.length]).toEqual([500, 500]);
  });

  it('take names, methods and addresses by their own keys', () => {
    const read = (input: object) => {
      const reader = new RunsReader();
      const file = reader.file('a.jsonl');
      file.push(call('x', { input }));
      file.end();
      return reader.done().runs[0]!.calls[0]!.label;
    };
    expect(read({ mymethod: 'GET', url: '/a' })).toBe('');
    expect(read({ methods: 'GET', url: '/a' })).toBe('');
    expect(read({ method: 'GET', urls: '/a' })).toBe('GET');
    expect(read({ httpMethod: 'get', uri: 'HTTPS://h/see/http://x/y' })).toBe('GET /see/http://x/y');
    expect(read({ method: 'GET', path: `/${'p'.repeat(100)}` })).toBe(`GET /${'p'.repeat(79)}`);
    expect(read({ method: 7, url: '/a' })).toBe('');
    expect(read(null as unknown as object)).toBe('');
  });
});
