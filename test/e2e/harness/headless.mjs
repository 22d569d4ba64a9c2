// One `claude -p` run: the prompt goes in, the stream of events and the requests to the model come out.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApi } from './api.mjs';
import { cleanEnvironment, prepareHome } from './environment.mjs';
import { finish } from './processes.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} claude  the client's binary
 * @property {string} project  working directory
 * @property {string} home
 * @property {string} logs  folder for requests.jsonl and what else the run leaves
 * @property {import('./script.mjs').Turns | import('./script.mjs').Script | undefined} [script]
 * @property {string[]} [plugins]  folders to load with --plugin-dir; none for an installed plugin
 * @property {string} [mode]  permission mode
 * @property {string[]} [args]  further arguments for the client
 * @property {Record<string, string>} [env]
 */

/** Arguments that both ways of running share. @param {RunOptions} options @param {string} mode */
export function commonArguments({ plugins = [], args = [] }, mode) {
  return [...plugins.flatMap((folder) => ['--plugin-dir', folder]), '--permission-mode', mode, ...args];
}

/**
 * Runs the client to its end. A run that outlives `timeoutMs` is killed with its whole process group.
 * @param {RunOptions & { prompt: string, timeoutMs?: number }} options
 * @throws when the time is up, or the script asked for text that was never said
 */
export async function headless(options) {
  const { claude, project, home, logs, script, prompt, mode = 'bypassPermissions', timeoutMs = 120_000 } = options;
  mkdirSync(logs, { recursive: true });
  prepareHome(home, [project]);
  const api = await startApi({ script, log: join(logs, 'requests.jsonl') });
  const argv = ['-p', prompt, '--output-format', 'stream-json', '--verbose', '--include-hook-events'];
  const env = cleanEnvironment(home, { api: api.url, extra: options.env });
  const child = finish(claude, [...argv, ...commonArguments(options, mode)], { cwd: project, env, timeoutMs });
  const { exitCode, timedOut, ...output } = await child.finally(api.close);
  writeFileSync(join(logs, 'events.jsonl'), output.stdout);
  writeFileSync(join(logs, 'stderr.txt'), output.stderr);
  if (timedOut) throw new Error(`claude -p ${JSON.stringify(prompt)} did not end within ${timeoutMs} ms`);
  if (api.problems.length) throw new Error(`the script did not fit the conversation: ${api.problems.join('; ')}`);
  return report(exitCode, output, api.requests);
}

/** @param {number | null} exitCode @param {{ stdout: string, stderr: string }} output @param {import('./api.mjs').Recorded[]} requests */
function report(exitCode, { stdout, stderr }, requests) {
  /** @type {Record<string, any>[]} */
  const events = stdout.split('\n').filter(Boolean).map(parseEvent);
  // `parent` is set on what a subagent did: the id of the tool call that started it.
  /** @param {string} role @param {string} type */
  const blocks = (role, type) =>
    events
      .filter((event) => event.type === role && Array.isArray(event.message?.content))
      .flatMap(({ message, parent_tool_use_id: parent }) =>
        message.content.map((/** @type {object} */ block) => ({ ...block, parent })),
      )
      .filter((block) => block.type === type);
  return {
    exitCode,
    stderr,
    events,
    requests,
    /** Requests of the main conversation, and those of subagents. */
    main: requests.filter((request) => request.kind === 'main'),
    agent: requests.filter((request) => request.kind === 'agent'),
    /** The event that lists the session's tools, plugins, servers and commands. */
    init: events.find((event) => event.type === 'system' && event.subtype === 'init'),
    result: events.findLast((event) => event.type === 'result'),
    toolUses: blocks('assistant', 'tool_use'),
    toolResults: blocks('user', 'tool_result'),
    hooks: events.filter((event) => event.type === 'system' && String(event.subtype).startsWith('hook_')),
  };
}

/** @param {string} line */
function parseEvent(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { type: 'unparsed', line };
  }
}
