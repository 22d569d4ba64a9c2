// The fixture's hook: reads the event on stdin, answers on stdout.
import { appendFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const event = JSON.parse(readFileSync(0, 'utf8'));

/** Denies every write to a file called sealed*, whoever asks. */
function guard() {
  const path = String(event.tool_input?.file_path ?? '');
  if (!basename(path).startsWith('sealed')) return undefined;
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: `SAMPLE-GUARD: ${basename(path)} is sealed for ${event.agent_type ?? 'the main agent'}`,
    },
  };
}

/** Does the work of a typed /stamp and ends the turn there: no request to the model. */
function stamp() {
  if (!/^(sample:)?stamp$/.test(event.command_name)) return undefined;
  appendFileSync(join(event.cwd, 'stamped.txt'), `${event.command_args}\n`);
  return { decision: 'block', reason: `SAMPLE-STAMPED ${event.command_args}` };
}

const answer = event.hook_event_name === 'PreToolUse' ? guard() : stamp();
if (answer) process.stdout.write(JSON.stringify(answer));
