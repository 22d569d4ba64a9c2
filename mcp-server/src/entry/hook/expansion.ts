import { type HookInput, type HookOutput, projectDir } from './input.ts';
import { loadApi } from './load-api.ts';
import { bind, unbind } from './session.ts';

/** Commands that work on one delivery, which is their first argument. */
const WORKING = new Set(['spec', 'feasibility', 'solution-design', 'build', 'as-built', 'spec-change', 'deploy']);

/** A typed slash command: `/approve` is carried out here, without the model; working commands bind the session. */
export async function onExpansion(input: HookInput): Promise<HookOutput> {
  const name = (input.command_name ?? '').replace(/^countersign:/, '');
  const args = input.command_args ?? '';
  if (name === 'approve') return approve(input, args);
  const [first] = args.trim().split(/\s+/);
  if (name === 'delivery-status' && first === 'unbind') {
    unbind(input.session_id);
    return { decision: 'block', reason: 'This session is no longer bound to a delivery.' };
  }
  if (WORKING.has(name) && first !== undefined && /^[a-z0-9][a-z0-9-]{0,63}$/.test(first))
    bind(input.session_id, first);
  return {};
}

async function approve(input: HookInput, args: string): Promise<HookOutput> {
  // A client that another program drives has no person at it: claude -p '/approve ...' is no decision.
  const entrypoint = process.env['CLAUDE_CODE_ENTRYPOINT'] ?? '';
  if (entrypoint.startsWith('sdk'))
    return {
      decision: 'block',
      reason: `Nothing was decided: this client is driven by a program (${entrypoint}). A person types /approve in an interactive session, or runs countersign approve in a terminal.`,
    };
  const api = await loadApi();
  return { decision: 'block', reason: await api.typedDecision(projectDir(input), args, process.env) };
}
