import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, type Hands, type Target } from './probe.ts';

const config = z.object({
  mcpServers: z.record(
    z.string(),
    z.object({
      command: z.string().optional(),
      args: z.array(z.string()).optional(),
      env: z.record(z.string(), z.string()).optional(),
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
 * Servers of .mcp.json that policy names (Model Context Protocol over standard input and output): which tools they offer. No tool
 * is called, and what a server says of its tools is not believed.
 */
export const mcp = defineProbe({
  name: 'mcp',
  answers: 'which tools the MCP servers of the project offer',
  needs: '.mcp.json; probes.mcp.servers, because it starts programs',
  strips: 'descriptions, schemas, arguments and environment of servers',
  calls: {},
  targets({ root, read, settings, env }) {
    const servers = serversOf(read(join(root, '.mcp.json')));
    if (servers === undefined)
      return { outcome: 'not-probed', reason: 'the project has no .mcp.json that can be read' };
    return Object.entries(servers).map(([name, { command, args = [], env: own = {} }]): Target => {
      const id = factId('mcp', name);
      if (!settings.mcp.servers.includes(name))
        return { id, refused: 'countersign.yaml does not allow to start it (probes.mcp.servers)' };
      if (command === undefined) return { id, refused: 'only servers that are started as programs are asked' };
      const used: string[] = [];
      const fill = (text: string) => expand(text, env, used);
      const variables = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, fill(value)]));
      const argv = [fill(command), ...args.map(fill)];
      return { id, program: { argv, env: variables, secrets: [...Object.values(variables), ...used] } };
    });
  },
  async look({ id }, hands) {
    const talk = hands.converse();
    if (talk === undefined) return;
    const hello = await talk.ask({
      method: 'initialize',
      params: { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'countersign-probe', version: '1' } },
    });
    const server = initialized.safeParse(resultOf(hello));
    if (!server.success)
      return hands.found({
        id,
        kind: 'system',
        outcome: 'not-probed',
        reason: talk.ended() ?? 'it does not speak the protocol',
      });
    talk.tell({ method: 'notifications/initialized' });
    const offers = await toolsOf(talk);
    if (offers === undefined)
      return hands.found({ id, kind: 'system', outcome: 'not-probed', reason: talk.ended() ?? 'it lists no tools' });
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

async function toolsOf(talk: NonNullable<ReturnType<Hands['converse']>>): Promise<string[] | undefined> {
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

function serversOf(text: string | undefined) {
  try {
    return config.safeParse(JSON.parse(text ?? '')).data?.mcpServers;
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
