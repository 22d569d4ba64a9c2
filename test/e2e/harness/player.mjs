// Whose request is it, and what does the script answer? Each conversation goes through its own turns.
import { setTimeout as sleep } from 'node:timers/promises';
import { EXHAUSTED, fill, textOf, toFullTurn, track } from './script.mjs';

/**
 * @typedef {import('./script.mjs').RequestBody} RequestBody
 * @typedef {import('./script.mjs').FullTurn} FullTurn
 * @typedef {'main' | 'agent' | 'side' | 'other'} Kind  main conversation, subagent, the client's own small questions
 *   (titles, probes: they offer no tools), everything that is not POST /v1/messages
 * @typedef {{ type: 'text', text: string } | { type: 'tool_use', id?: string, name: string, input: unknown }} Content
 * @typedef {{ content: Content[], error?: FullTurn['error'], problem?: string }} Answer
 */

const WAIT_MS = 60_000;

/** @param {import('./script.mjs').Script} script @param {() => boolean} over  true when nobody waits for answers any more */
export function createPlayer(script, over) {
  const main = track(script.main ?? []);
  const unbound = [...(script.agents ?? [])];
  /** @type {Map<string, (body: RequestBody) => FullTurn>} */
  const agents = new Map();

  /** @param {string} id @param {RequestBody} body */
  const agentTrack = (id, body) => {
    const known = agents.get(id);
    if (known) return known;
    const opening = `${textOf(body.system)}\n${textOf(body.messages?.[0]?.content)}`;
    const at = unbound.findIndex(({ match }) => !match || opening.includes(match));
    const [bound] = at < 0 ? [] : unbound.splice(at, 1);
    const fresh = track(bound?.turns ?? []);
    agents.set(id, fresh);
    return fresh;
  };

  /** @param {import('node:http').IncomingHttpHeaders} headers @param {RequestBody} body @returns {{ kind: Kind, agent?: string, next: () => FullTurn }} */
  const classify = (headers, body) => {
    const agent = headers['x-claude-code-agent-id'];
    if (typeof agent === 'string') return { kind: 'agent', agent, next: () => agentTrack(agent, body)(body) };
    if (!body.tools?.length) {
      const { side = 'ok' } = script;
      return { kind: 'side', next: () => toFullTurn(typeof side === 'function' ? side(body) : side) };
    }
    const paused = startedInBackground(body);
    return { kind: 'main', next: () => (paused ? toFullTurn('Waiting for the agent.') : main(body)) };
  };

  /** @param {import('node:http').IncomingHttpHeaders} headers @param {RequestBody} body */
  return (headers, body) => {
    const { next, ...whose } = classify(headers, body);
    return { ...whose, reply: perform(next, body, over) };
  };
}

/**
 * Since 2.1.198 an agent runs in the background: its call returns at once and its end comes later as a message. No turn
 * is spent on the request in between, so one script serves every version. @param {RequestBody} body
 */
function startedInBackground(body) {
  const { content } = body.messages?.at(-1) ?? {};
  if (!Array.isArray(content)) return false;
  return content.some((block) => block.type === 'tool_result' && /^Async agent launched/.test(textOf(block.content)));
}

/**
 * Plays one turn. A script that fails answers with the reason, which ends the conversation: the client would repeat a
 * request that got no answer.
 * @param {() => FullTurn} next @param {RequestBody} body @param {() => boolean} over @returns {Promise<Answer>}
 */
async function perform(next, body, over) {
  try {
    const { blocks = [EXHAUSTED], when, error } = next();
    if (when && !(await until(() => over() || when()))) throw new Error(`waited ${WAIT_MS} ms in vain for ${when}`);
    return { content: blocks.map((block) => toContent(block, body)), ...(error && { error }) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { content: [{ type: 'text', text: `[script: ${problem}]` }], problem };
  }
}

/** @param {import('./script.mjs').Block} block @param {RequestBody} body @returns {Content} */
function toContent(block, body) {
  if (typeof block === 'string') return { type: 'text', text: block };
  const { tool, input = {}, id } = block;
  return { type: 'tool_use', ...(id && { id }), name: tool, input: fill(input, body) };
}

/** @param {() => unknown} condition @returns {Promise<boolean>} did it hold in time */
async function until(condition) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(50)) if (await condition()) return true;
  return false;
}
