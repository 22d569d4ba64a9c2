import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { guard } from '../../mcp-server/src/entry/hook/guard.ts';
import { bind } from '../../mcp-server/src/entry/hook/session.ts';
import type { Stand } from './stand.ts';

/** One call as the client would ask about it. */
export interface Call {
  tool: string;
  input: Record<string, unknown>;
  agent?: string;
  session?: string;
  cwd?: string;
}

/** Lets this process be the hook's for a stand: the environment that the client gives it. */
export function enter(stand: Stand): void {
  for (const name of ['XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'CLAUDE_CONFIG_DIR', 'CLAUDE_PLUGIN_ROOT'])
    delete process.env[name];
  process.env['HOME'] = stand.home;
  process.env['CLAUDE_PROJECT_DIR'] = stand.project;
  process.env['CLAUDE_PLUGIN_DATA'] = join(stand.home, '.claude/plugins/data/countersign');
  mkdirSync(join(stand.home, '.claude'), { recursive: true });
}

export const bindTo = (session: string, delivery: string) => bind(session, delivery);

/** The reason of a denial; undefined when the call may go on. */
export async function denial(stand: Stand, call: Call): Promise<string | undefined> {
  const { tool, input, agent, session = 'free', cwd = stand.project } = call;
  const answer = await guard({
    session_id: session,
    cwd,
    tool_name: tool,
    tool_input: input,
    ...(agent === undefined ? {} : { agent_type: agent }),
  });
  return answer.hookSpecificOutput?.permissionDecisionReason;
}
