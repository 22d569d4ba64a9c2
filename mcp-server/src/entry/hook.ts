import { readFileSync } from 'node:fs';
import { configReason } from './hook/config-change.ts';
import { onExpansion } from './hook/expansion.ts';
import { guard } from './hook/guard.ts';
import type { HookInput, HookOutput } from './hook/input.ts';
import { loadApi } from './hook/load-api.ts';

/**
 * The hook program: JSON in, JSON out. Hooks fail open in the client, so every error here becomes a denial where a
 * denial is possible.
 */
const event = process.argv[2] ?? '';
const handlers: Record<string, (input: HookInput) => HookOutput | Promise<HookOutput>> = {
  'pre-tool-use': guard,
  'user-prompt-expansion': onExpansion,
  'config-change': (input) => {
    refuseChange(configReason(input));
    return {};
  },
  'session-start': async (input) => {
    const text = await (await loadApi()).sessionContext(projectOf(input), process.env);
    return text === '' ? {} : { hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: text } };
  },
};

function projectOf(input: HookInput): string {
  return process.env['CLAUDE_PROJECT_DIR'] || input.cwd || process.cwd();
}

/** No await at the top: the program is built as CommonJS, which Node starts in a third of the time of a module. */
void answer();

async function answer(): Promise<void> {
  try {
    const input = JSON.parse(readFileSync(0, 'utf8')) as HookInput;
    const handler = handlers[event];
    if (handler === undefined) throw new Error(`no hook ${event}`);
    if (typeof input !== 'object' || input === null) throw new Error('the input is no object');
    const output = await handler(input);
    if (Object.keys(output).length > 0) process.stdout.write(JSON.stringify(output));
  } catch (error) {
    process.stdout.write(JSON.stringify(onError(error as Error)));
  }
}

/** Exit code 2 keeps a changed settings file out of the running session. */
function refuseChange(reason: string | undefined): void {
  if (reason === undefined) return;
  process.stderr.write(`${reason}\n`);
  process.exitCode = 2;
}

function onError(error: Error): HookOutput {
  const why = `Countersign's guard could not judge this (${error.message}): denied. countersign doctor helps.`;
  if (event === 'pre-tool-use')
    return {
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: why },
    };
  if (event === 'config-change') refuseChange(`Countersign could not read the changed settings (${error.message}).`);
  if (event === 'user-prompt-expansion') return { decision: 'block', reason: `Nothing was decided: ${error.message}` };
  return {};
}
