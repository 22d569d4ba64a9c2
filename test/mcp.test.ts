import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { ID, reach } from './helpers/zone-file.ts';

const READ = ['delivery_status', 'artifact_read', 'validate', 'review'];
const EFFECT = ['tasks', 'probe', 'run_check'];

describe('the list of tools', () => {
  it('has at most 15 and stays under 9,000 characters, as it goes over the wire', async () => {
    const mcp = await connect(project());
    const list = await mcp.client.listTools();
    expect(list.tools.length).toBeLessThanOrEqual(15);
    expect(JSON.stringify(list).length).toBeLessThan(9000);
  });

  it('gives every tool an output schema and the annotations of its kind', async () => {
    const { tools } = await (await connect(project())).client.listTools();
    for (const { name, title, description, inputSchema, outputSchema, annotations } of tools) {
      expect(title, name).toBeTruthy();
      expect(description, name).toBeTruthy();
      expect(inputSchema.type, name).toBe('object');
      expect(outputSchema?.properties, name).toMatchObject({ said: {}, blocks: {}, next: {} });
      expect(annotations?.readOnlyHint ?? false, name).toBe(READ.includes(name));
      if (READ.includes(name)) continue;
      expect(annotations?.destructiveHint, name).toBe(false);
      expect(annotations?.openWorldHint ?? true, name).toBe(EFFECT.includes(name));
    }
  });

  it('offers no way to approve, in no name, title or value', async () => {
    const { tools } = await (await connect(project())).client.listTools();
    for (const { name, title, inputSchema } of tools) {
      expect(`${name} ${title}`).not.toMatch(/approve|reject|revoke|decide|\bsign|accept/i);
      expect(JSON.stringify(inputSchema)).not.toMatch(/approve|reject|revoke|decide|\bsign|accept/i);
    }
    const submit = tools.find((tool) => tool.name === 'submit');
    expect(submit?.description).toContain('no tool can approve');
  });

  it('is made of files that reach the use case that decides through the dialog alone', () => {
    const folder = join(import.meta.dirname, '../mcp-server/src');
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const importers = (of: RegExp) =>
      files.filter((path) => !path.includes('.test.') && path !== 'app/ports.ts' && of.test(read(path))).sort();
    // Types alone decide nothing.
    const deciding = importers(/(?:^import (?!type )[^;]*from |import\()'[^']*\/(?:decide|sign)\.ts'/m);
    // A person at a terminal, a typed command, and the demonstration that says it is simulated.
    const doors = /^(?:app|entry\/verbs)\/|^entry\/(?:demo\/walk|hook\/typed-decision)\.ts$/;
    expect(deciding.filter((path) => !doors.test(path))).toEqual([]);
    expect(importers(/\/ask-decision\.ts'/).filter((path) => path.startsWith('entry/tools/'))).toEqual([
      'entry/tools/ask-decision.ts',
      'entry/tools/catalogue.ts',
    ]);
    expect(read('app/ask-decision.ts')).not.toMatch(/sign\.ts|signatures/);
    expect(read('entry/server.ts')).not.toMatch(/decide|hook\/api|verbs\//);
  });
});

describe('a call', () => {
  it('of no tool is an error that lists the tools', async () => {
    const mcp = await connect(project());
    for (const name of ['approve', 'constructor', '__proto__', ''])
      expect((await mcp.call(name)).error).toMatch(/^there is no tool .*\nexpected: delivery_new, /);
  });

  it.each([
    ['delivery_new', {}, 'id: '],
    ['delivery_new', { id: 'x', title: 'x', surprise: 1 }, 'Unrecognized key'],
    ['submit', { delivery: ID, stage: 'coding' }, 'stage: '],
    ['artifact_read', { delivery: 7, artifact: 'x' }, 'delivery: '],
    ['state_fact', { delivery: ID, need: 'CAP-1', status: 'maybe', fact: 'x', by: 'Ada' }, 'status: '],
    ['probe', { delivery: ID, tools: 'node' }, 'tools: '],
  ])('%s with bad input %j says what is wrong and what it takes', async (name, input, words) => {
    const { error } = await (await connect(project())).call(name, input);
    expect(error).toContain(`${name} was called with`);
    expect(error).toContain(words);
    expect(error).toContain('expected: an object with: ');
    expect(error).not.toContain('    at ');
  });

  it.each([
    ['artifact_read', { delivery: ID, artifact: 'notes.md' }, 'one of: requirements.md'],
    ['artifact_read', { delivery: ID, artifact: 'requirements', section: 'Nowhere' }, 'has no section "Nowhere"'],
    ['probe', { delivery: ID, tools: ['rm'] }, 'does not know rm'],
    ['state_fact', { delivery: ID, need: 'CAP-9', status: 'resolved', fact: 'x', by: 'Ada' }, 'have no "CAP-9"'],
    [
      'state_fact',
      { delivery: ID, need: 'CAP-1', status: 'resolved', fact: 'x', by: 'Claude' },
      'nobody who can be asked again',
    ],
    ['delivery_new', { id: ID, title: 'x' }, 'there is already a delivery'],
    ['delivery_new', { id: 'y', title: 'x', template: 'none' }, 'there is no template "none"'],
    ['delivery_status', { delivery: 'nope' }, `one of: ${ID}`],
  ])('%s of what is not there says what is: %j', async (name, input, words) => {
    const work = project();
    await reach(work, 'created');
    expect((await (await connect(work)).call(name, input)).error).toContain(words);
  });

  it('outside a repository is a clear error, and the server goes on', async () => {
    const bare = project({ git: false });
    const mcp = await connect(bare);
    for (const name of ['delivery_status', 'delivery_status'])
      expect((await mcp.call(name)).error).toMatch(/is not in a git repository\nexpected: .*\nnext: git init/);
    expect((await mcp.client.listTools()).tools.length).toBeGreaterThan(5);
    bare.git('init', '--quiet');
    expect((await mcp.call('delivery_status')).said).toContain('0 deliveries');
  });

  it('gives back text of files as data, and cuts what is long', async () => {
    const work = project();
    await reach(work, 'created');
    const path = `deliveries/${ID}/requirements.md`;
    work.write(path, `${work.read(path)}\n${'long '.repeat(20_000)}`);
    const { data, next } = await (await connect(work)).call('artifact_read', {
      delivery: ID,
      artifact: 'requirements',
    });
    expect(String(data['text']).length).toBeLessThan(41_000);
    expect(next).toContain(`read the rest from ${path}`);
  });
});

describe('resources', () => {
  it('are the artifacts that are there, and can be read', async () => {
    const work = project();
    await reach(work, 'created');
    const { client } = await connect(work);
    const { resources } = await client.listResources();
    expect(resources.map((one) => one.uri)).toEqual([
      `countersign://${ID}/requirements.md`,
      `countersign://${ID}/design.md`,
    ]);
    for (const { uri } of resources) {
      const [content] = (await client.readResource({ uri })).contents as { text: string }[];
      expect(content!.text).toBe(work.read(`deliveries/${uri.slice('countersign://'.length)}`));
    }
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toMatchObject([{ uriTemplate: 'countersign://{delivery}/{artifact}' }]);
  });
});

describe('the server process', () => {
  it('writes JSON-RPC and nothing else to standard output, whatever it is sent, and ends with its input', async () => {
    const work = project();
    await reach(work, 'design');
    work.write('zone/hosts.json', '[]');
    const child = spawn(process.execPath, [program('server')], { cwd: work.root, env: work.env });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const call = (id: number, name: string, input: object) => ({
      id,
      method: 'tools/call',
      params: { name, arguments: input },
    });
    const clientInfo = { name: 'raw', version: '1' };
    const messages: object[] = [
      { id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
      { method: 'notifications/initialized' },
      call(1, 'run_check', { delivery: ID, check: 'CHK-1' }),
      call(2, 'nonsense', {}),
      { id: 3, method: 'no/such/method' },
      { id: 4, method: 'resources/read', params: { uri: 'file:///etc/passwd' } },
      call(5, 'validate', { delivery: ID }),
    ];
    const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
    child.stdin.end(`not json\n${messages.map(line).join('')}`);
    const exit = await new Promise((resolve) => child.once('close', resolve));
    const answers = out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { jsonrpc: string; id?: number });
    expect(answers.every((answer) => answer.jsonrpc === '2.0')).toBe(true);
    expect(answers.flatMap((answer) => answer.id ?? []).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(exit).toBe(0);
    expect(`${out}${err}`).not.toContain('    at ');
  });
});
