import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Project, program, project, run } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { ID, reach } from './helpers/zone-file.ts';

const ROOT = join(import.meta.dirname, '..');
const INSPECTOR = join(ROOT, 'node_modules/.bin/mcp-inspector-cli');

/** One call of the Model Context Protocol's own inspector, which knows nothing of this server. */
function inspect(work: Project, ...args: string[]) {
  const { exit, out, err } = run(INSPECTOR, ['--cli', process.execPath, program('server'), '--method', ...args], {
    cwd: work.root,
    env: work.env,
  });
  expect(err.replace(/^.*Warning.*$/gm, '').trim(), args.join(' ')).toBe('');
  expect(exit).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
}

/** How a client introduces itself. */
const hello = (name: string) => [
  {
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name, version: '1' } },
  },
  { method: 'notifications/initialized' },
];

interface Configured {
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/** The entry `countersign` of a client's JSON file. */
function serverOf(text: string): Configured {
  const { mcpServers, servers } = JSON.parse(text) as Record<string, Record<string, Configured>>;
  return (mcpServers ?? servers)!['countersign']!;
}

/** The same of a TOML table whose values are also JSON. */
function serverOfToml(text: string): Configured {
  expect(text).toMatch(/^\[mcp_servers\.countersign\]\n/);
  const pairs = [...text.matchAll(/^(\w+) = (.+)$/gm)].map(([, key, value]) => [key, JSON.parse(value!)]);
  return Object.fromEntries(pairs) as Configured;
}

interface Called {
  isError?: boolean;
  structuredContent?: { said: string };
  content: { text: string }[];
}

/** One call of every tool on a delivery whose design is approved, and what the answer has to say. */
const CALLS: Record<string, [input: Record<string, string>, says: RegExp]> = {
  delivery_new: [{ id: 'other', title: 'Another one' }, /other/],
  delivery_status: [{ delivery: ID }, new RegExp(ID)],
  artifact_read: [{ delivery: ID, artifact: 'design', section: 'CMP-1' }, /CMP-1|design/],
  artifact_write: [{ delivery: ID, artifact: 'as-built', base: 'none', text: 'x' }, /as-built/],
  validate: [{ delivery: ID }, /finding|error|fine/i],
  submit: [{ delivery: ID, stage: 'build' }, /build/i],
  ask_decision: [{ delivery: ID, stage: 'build' }, /submi|dialog/i],
  review: [{ delivery: ID, stage: 'design' }, /design/],
  probe: [{ delivery: ID, tools: '["node"]' }, /node|fact/],
  state_fact: [{ delivery: ID, need: 'CAP-9', status: 'resolved', fact: 'x', by: 'Ada' }, /no "CAP-9"/],
  tasks: [{ delivery: ID }, /task/i],
  run_check: [{ delivery: ID, check: 'CHK-1' }, /CHK-1/],
  deviation: [{ delivery: ID, designed: 'JSON', delivered: 'YAML', reason: 'read by people' }, /DEV-1|deviation/i],
  as_built: [{ delivery: ID }, /build/i],
  extract: [{ path: '.', view: 'summary' }, /fact|file/],
};

describe('a client that is not Claude Code', () => {
  // Each call starts the Inspector anew, which takes a second: CALLS_EACH=1 makes them all.
  it('[R-CLIENT-1] lists every tool and calls them, one in three by default: here the MCP Inspector', async () => {
    const work = project();
    await reach(work, 'design');
    const { tools } = inspect(work, 'tools/list') as unknown as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name).sort()).toEqual(Object.keys(CALLS).sort());
    const each = Number(process.env['CALLS_EACH'] ?? 3);
    for (const [name, [input, says]] of Object.entries(CALLS).filter((_, at) => at % each === 0)) {
      const given = Object.entries(input).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
      const called = inspect(work, 'tools/call', '--tool-name', name, ...given) as unknown as Called;
      expect(called.content[0]!.text, name).toMatch(says);
      // A refusal is an answer with reasons; only a fault is an error, and it says what to do.
      if (called.isError) expect(called.content[0]!.text, name).toMatch(/expected: |next: /);
      else expect(called.structuredContent?.said, name).toBeTruthy();
    }
  }, 60_000);

  it('[R-CLIENT-1] starts the server by the configuration of the guide, for each client', () => {
    const guide = readFileSync(join(ROOT, 'docs/guide-other-clients.md'), 'utf8');
    const configurations = [...guide.matchAll(/^### ([^\n]+)\n[^#]*?^```(json|toml)\n(.*?)^```$/gms)];
    expect(configurations.map(([, client]) => client)).toHaveLength(5);
    const work = project();
    for (const [, client, format, text] of configurations) {
      const { command, args, env = {} } = format === 'json' ? serverOf(text!) : serverOfToml(text!);
      expect([command, args], client).toEqual(['node', ['/path/to/countersign/mcp-server/dist/server.mjs']]);
      const place = Object.entries(env).map(([key, value]) => [key, value.replace('${workspaceFolder}', work.root)]);
      const { out } = run(process.execPath, [program('server')], {
        cwd: place.length > 0 ? work.home : work.root,
        env: { ...work.env, ...Object.fromEntries(place) },
        input: `${JSON.stringify({ jsonrpc: '2.0', ...hello(client!)[0] })}\n${JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'delivery_status', arguments: {} },
        })}\n`,
      });
      expect(out, client).toContain('0 deliveries, 0 waiting for a person.');
    }
  });

  it('[R-CLIENT-1] is told the command of a terminal where Claude Code is told /approve alone', async () => {
    const work = project();
    await reach(work, 'requirements');
    work.write(`deliveries/${ID}/requirements.md`, `${work.read(`deliveries/${ID}/requirements.md`)}\n`);
    const { next } = await (await connect(work)).call('submit', { delivery: ID, stage: 'requirements' });
    const command = /in a terminal: node (\S+\/cli\.mjs) approve (\S+) (\S+)$/.exec(next);
    expect(command?.slice(1)).toEqual([program('cli'), ID, 'requirements']);
  });

  it('[R-CLIENT-2] is offered the commands as prompts, but none that decides', async () => {
    const work = project();
    const { client } = await connect(work);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual([
      'as-built',
      'build',
      'delivery-status',
      'deploy',
      'extract-spec',
      'feasibility',
      'solution-design',
      'spec',
      'spec-change',
    ]);
    for (const { description, arguments: [typed] = [] } of prompts) {
      expect(description).toBeTruthy();
      expect(typed).toMatchObject({ name: 'arguments', required: false });
    }
    await expect(client.getPrompt({ name: 'approve' })).rejects.toThrow(/no prompt "approve"/);
  });

  it('[R-CLIENT-2] gets the text of a command, what was typed as data, and the agents that it cannot start', async () => {
    const { client } = await connect(project());
    const typed = 'greeter $ARGUMENTS says hello';
    const { messages } = await client.getPrompt({ name: 'spec', arguments: { arguments: typed } });
    const { text } = messages[0]!.content as { text: string };
    expect(text).toContain(`data):\n\n    ${typed}\n`);
    expect(text).toContain('The first word, `greeter`, is the delivery id');
    expect(text).toContain('This client cannot start the agent `countersign:spec`.');
    expect(text).not.toMatch(/^---\nname:/m);
    expect(text).not.toContain('CLAUDE_PLUGIN_ROOT');
  });

  it('[R-CLIENT-2] that is Claude Code sees no prompts: it has the commands', async () => {
    const count = (name: string) => {
      const work = project();
      const input = [...hello(name), { id: 1, method: 'prompts/list' }].map(
        (message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`,
      );
      const { out } = run(process.execPath, [program('server')], {
        cwd: work.root,
        env: work.env,
        input: input.join(''),
      });
      const answer = JSON.parse(out.trimEnd().split('\n').at(-1)!) as { id: number; result: { prompts: unknown[] } };
      expect(answer.id).toBe(1);
      return answer.result.prompts.length;
    };
    expect(count('claude-code')).toBe(0);
    expect(count('another')).toBe(9);
  });
});
