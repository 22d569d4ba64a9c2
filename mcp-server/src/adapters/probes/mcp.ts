import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, type Hands, isRefusal, type Refusal, type Target } from './probe.ts';
import { refusalOf } from './system.ts';

const config = z.object({
  mcpServers: z.record(
    z.string(),
    z.object({
      command: z.string().optional(),
      args: z.array(z.string()).optional(),
      env: z.record(z.string(), z.string()).optional(),
      type: z.string().optional(),
      url: z.string().optional(),
      headers: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const answer = z.object({ id: z.number().optional(), result: z.unknown().optional() });
const initialized = z.object({ serverInfo: z.object({ name: z.string(), version: z.string() }) });
const listed = z.object({ tools: z.array(z.object({ name: z.string() })), nextCursor: z.string().optional() });

const PROTOCOL = '2025-06-18';
/** More pages than a list of tools can have. */
const MAX_PAGES = 100;

/**
 * Servers of .mcp.json that policy names (Model Context Protocol, over standard input and output or streamable HTTP): which tools
 * they offer. No tool is called, and what a server says of its tools is not believed.
 */
export const mcp = defineProbe({
  name: 'mcp',
  answers: 'which tools the MCP servers of the project offer',
  needs: '.mcp.json; probes.mcp.servers, because it starts programs and sends headers',
  strips: 'descriptions, schemas, arguments, environment and headers of servers',
  calls: { rpc: { post: '' } },
  targets({ root, read, settings, env }) {
    const servers = serversOf(read(join(root, '.mcp.json')));
    if (servers === undefined)
      return { outcome: 'not-probed', reason: 'the project has no .mcp.json that can be read' };
    return Object.entries(servers).map(([name, { command, args = [], env: own = {}, ...remote }]): Target => {
      const id = factId('mcp', name);
      if (!settings.mcp.servers.includes(name))
        return { id, refused: 'countersign.yaml does not allow to start it (probes.mcp.servers)' };
      const used: string[] = [];
      const fill = (text: string) => expand(text, env, used);
      if (command === undefined) return remoteTarget(id, remote, fill, used);
      const variables = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, fill(value)]));
      const argv = [fill(command), ...args.map(fill)];
      return { id, program: { argv, env: variables }, secrets: [...Object.values(variables), ...used] };
    });
  },
  async look({ id }, hands) {
    const talk = hands.converse() ?? overHttp(hands);
    const hello = await talk.ask({
      method: 'initialize',
      params: { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'countersign-probe', version: '1' } },
    });
    const server = initialized.safeParse(resultOf(hello));
    if (!server.success) return hands.found({ id, kind: 'system', ...refusal(talk, 'it does not speak the protocol') });
    await talk.tell({ method: 'notifications/initialized' });
    const offers = await toolsOf(talk);
    if (offers === undefined) return hands.found({ id, kind: 'system', ...refusal(talk, 'it lists no tools') });
    hands.found({
      id,
      kind: 'system',
      outcome: 'present',
      health: 'running',
      version: server.data.serverInfo.version,
      offers,
    });
  },
});

/** A server behind an address, with the headers that the project's file gives it. */
function remoteTarget(
  id: string,
  { type = 'http', url, headers = {} }: Pick<z.infer<typeof config>['mcpServers'][string], 'type' | 'url' | 'headers'>,
  fill: (text: string) => string,
  used: readonly string[],
): Target {
  const at = fill(url ?? '');
  if (!/^(?:http|streamable-http)$/.test(type) || !/^https?:/.test(at) || !URL.canParse(at))
    return { id, refused: 'only programs and addresses with streamable HTTP are asked' };
  const { username, password } = new URL(at);
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
  const secrets = [...Object.values(sent), ...used];
  const refused =
    username + password === '' ? refusalOf(at, secrets.length > 0) : 'its address holds a user or a password';
  return refused === undefined ? { id, system: { url: at }, headers: sent, secrets } : { id, refused };
}

type Talk = Pick<NonNullable<ReturnType<Hands['converse']>>, 'ask'> & {
  tell(message: { method: string }): unknown;
  /** Why it is over: a phrase, or what an address answered. */
  ended(): string | Refusal | undefined;
};

function refusal(talk: Talk, otherwise: string): Refusal {
  const why = talk.ended() ?? otherwise;
  return typeof why === 'string' ? { outcome: 'not-probed', reason: why } : why;
}

/** Streamable HTTP (protocol 2025-06-18, "Transports"): one POST a message; the answer is JSON, or a stream of events with it. */
function overHttp({ text }: Hands): Talk {
  let session: Record<string, string> = {};
  let last = 0;
  let over: Refusal | undefined;
  const post = async (message: object) => {
    const headers = { accept: 'application/json, text/event-stream', ...session };
    const answer = await text('rpc', { headers, body: { jsonrpc: '2.0', ...message } });
    if (isRefusal(answer)) over ??= answer;
    else if (session['mcp-protocol-version'] === undefined) {
      const id = answer.headers['mcp-session-id'];
      session = { 'mcp-protocol-version': PROTOCOL, ...(id === undefined ? {} : { 'mcp-session-id': id }) };
    }
    return isRefusal(answer) ? undefined : answer.value;
  };
  return {
    async ask(message) {
      const id = ++last;
      const said = await post({ id, ...message });
      const lines = /^\s*\{/.test(said ?? '')
        ? [said!]
        : (said ?? '').split('\n').map((line) => line.replace(/^data:/, ''));
      return lines.map(jsonOf).find((one) => (one as { id?: unknown } | undefined)?.id === id);
    },
    tell: post,
    ended: () => over,
  };
}

async function toolsOf(talk: Talk): Promise<string[] | undefined> {
  const names: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const said = await talk.ask({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } });
    const list = listed.safeParse(resultOf(said));
    if (!list.success) return undefined;
    names.push(...list.data.tools.map((tool) => tool.name));
    cursor = list.data.nextCursor;
    if (cursor === undefined) return names;
  }
  return names;
}

const resultOf = (said: unknown) => answer.safeParse(said).data?.result;

const serversOf = (text: string | undefined) => config.safeParse(jsonOf(text ?? '')).data?.mcpServers;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `${NAME}` and `${NAME:-default}`, as the client expands them; what came from the environment is added to `used`. */
function expand(text: string, env: NodeJS.ProcessEnv, used: string[]): string {
  return text.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, name: string, otherwise = '') => {
    const value = env[name];
    if (value !== undefined) used.push(value);
    return value ?? otherwise;
  });
}
