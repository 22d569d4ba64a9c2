import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DELIVERY, type Stand } from '../helpers/stand.ts';
import type { Step } from './attack.ts';
import { forge, forgeDeploy, forgeScan } from './forge.ts';

/** What came of a step: whether it was refused, and everything that was said. */
export interface Outcome {
  refused: boolean;
  said: string;
}

const TYPE_IN = fileURLToPath(new URL('type-in.py', import.meta.url));

/** Does a step for real: the bundles of `plugin` in processes of their own, in the stand's repository and home. */
export function perform(stand: Stand, plugin: string, given: Step): Outcome {
  const step = fillIn(given, stand, plugin);
  const data = join(stand.home, '.claude/plugins/data/countersign');
  mkdirSync(data, { recursive: true });
  const client = { CLAUDE_PROJECT_DIR: stand.project, CLAUDE_PLUGIN_DATA: data, CLAUDE_PLUGIN_ROOT: plugin };
  const run = (command: string, args: readonly string[], input = '', env: Record<string, string> = {}) => {
    const done = spawnSync(command, args, {
      cwd: stand.project,
      encoding: 'utf8',
      input,
      env: { ...stand.env, ...env },
      timeout: 60_000,
    });
    return { exit: done.status, said: `${done.stdout}${done.stderr}` };
  };
  const hook = (event: string, input: string, env: Record<string, string> = {}) =>
    run('node', [join(plugin, 'mcp-server/dist/hook.cjs'), event], input, { ...client, ...env });
  const cli = join(plugin, 'mcp-server/dist/cli.mjs');

  if ('ask' in step) {
    const { ask, input, agent, session = 'free' } = step;
    const call = (tool: string, tool_input: unknown) =>
      JSON.stringify({
        session_id: session,
        cwd: stand.project,
        tool_name: tool,
        tool_input,
        ...(agent && { agent_type: agent }),
      });
    if (session === 'bound')
      hook('pre-tool-use', call('mcp__plugin_countersign_countersign__submit', { delivery: DELIVERY }));
    return denialIn(hook('pre-tool-use', call(ask, input)).said);
  }
  if ('garbage' in step) return denialIn(hook('pre-tool-use', step.garbage).said);
  if ('slash' in step) {
    const input = JSON.stringify({ command_name: 'approve', command_args: step.slash, cwd: stand.project });
    const { said } = hook('user-prompt-expansion', input, { CLAUDE_CODE_ENTRYPOINT: step.entrypoint });
    return { refused: /Nothing was/.test(said), said };
  }
  if ('changed' in step) {
    const input = JSON.stringify({ source: 'project_settings', file_path: step.changed, cwd: stand.project });
    const { exit, said } = hook('config-change', input);
    return { refused: exit === 2, said };
  }
  if ('program' in step) {
    const { exit, said } = run('bash', ['-c', step.program]);
    if (exit !== 0) throw new Error(`the program itself failed: ${said}`);
    return { refused: false, said };
  }
  if ('cli' in step) {
    const { exit, said } = run('node', [cli, ...step.cli], '', step.clean ? {} : { CLAUDECODE: '1' });
    return { refused: (exit !== 0 && exit !== 1) || said.startsWith('Nothing was applied'), said };
  }
  if ('terminal' in step)
    return {
      refused: false,
      said: run('python3', [TYPE_IN, JSON.stringify(step.types), 'node', cli, ...step.terminal]).said,
    };
  if ('mcp' in step)
    return callTool(run('node', [join(plugin, 'mcp-server/dist/server.mjs')], session(step), client).said);
  if (step.forge === 'deploy' || step.forge === 'deploy-with-evidence')
    forgeDeploy(stand, step.forge === 'deploy-with-evidence');
  else if (step.forge === 'scan' || step.forge === 'scan-with-evidence')
    forgeScan(stand, step.forge === 'scan-with-evidence');
  else forge(stand, step.forge);
  return { refused: false, said: '' };
}

function denialIn(said: string): Outcome {
  const answer = said === '' ? {} : (JSON.parse(said) as { hookSpecificOutput?: Record<string, string> });
  const { permissionDecision, permissionDecisionReason = '' } = answer.hookSpecificOutput ?? {};
  return { refused: permissionDecision === 'deny', said: permissionDecisionReason };
}

/** A whole MCP session, as lines of JSON-RPC. */
function session({ mcp, input }: Extract<Step, { mcp: string }>): string {
  const clientInfo = { name: 'agent', version: '1' };
  return [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: mcp, arguments: input } },
  ]
    .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
    .join('');
}

function callTool(said: string): Outcome {
  const answer = said.split('\n').find((line) => line.includes('"id":2'));
  if (answer === undefined) throw new Error(`the server did not answer: ${said.slice(0, 500)}`);
  const { result } = JSON.parse(answer) as {
    result: { isError?: boolean; content: { text: string }[]; structuredContent?: { blocks: string[] } };
  };
  const text = result.content.map((one) => one.text).join('\n');
  return { refused: result.isError === true || (result.structuredContent?.blocks.length ?? 0) > 0, said: text };
}

/** A step with its places filled in. */
export function fillIn<T>(value: T, stand: Stand, plugin: string): T {
  const places: Record<string, string> = {
    '{project}': stand.project,
    '{home}': stand.home,
    '{delivery}': DELIVERY,
    '{digest}': stand.digest.slice(0, 12),
    '{plugin}': plugin,
  };
  const fill = (one: unknown): unknown => {
    if (typeof one === 'string')
      return one.replace(/\{(?:project|home|delivery|digest|plugin)\}/g, (name) => places[name]!);
    if (Array.isArray(one)) return one.map(fill);
    if (typeof one === 'object' && one !== null)
      return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, fill(item)]));
    return one;
  };
  return fill(value) as T;
}
