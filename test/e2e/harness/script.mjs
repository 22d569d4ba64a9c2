// What the scripted model says: turns, blocks, and placeholders that pick values out of the conversation so far.

/**
 * @typedef {Record<string, any>} RequestBody  body of POST /v1/messages
 * @typedef {string | { tool: string, input?: unknown, id?: string }} Block  text, or one tool call
 * @typedef {{ blocks?: Block[], when?: () => unknown, error?: { status: number, type: string, message: string } }} FullTurn
 *   `when` holds the answer back until it returns (or resolves to) something truthy
 * @typedef {string | Block[] | FullTurn} PlainTurn
 * @typedef {PlainTurn | ((body: RequestBody, n: number) => PlainTurn | undefined)} Turn
 * @typedef {Turn[] | ((body: RequestBody, n: number) => PlainTurn | undefined)} Turns
 * @typedef {{ match?: string, turns: Turns }} AgentScript
 *   belongs to the first new subagent in whose system prompt or first message `match` occurs
 * @typedef {{ main?: Turns, agents?: AgentScript[], side?: string | ((body: RequestBody) => PlainTurn) }} Script
 */

/** What the model answers when its script has no turn left: it ends the conversation, so nothing loops. */
export const EXHAUSTED = '[script exhausted]';

/** @param {Turns | Script | undefined} script @returns {Script} */
export function toScript(script) {
  return Array.isArray(script) || typeof script === 'function' ? { main: script } : (script ?? {});
}

/** One conversation's place in its list of turns. @param {Turns} turns @returns {(body: RequestBody) => FullTurn} */
export function track(turns) {
  let n = 0;
  return (body) => {
    const index = n++;
    const turn = typeof turns === 'function' ? turns(body, index) : turns[index];
    return toFullTurn(typeof turn === 'function' ? turn(body, index) : turn);
  };
}

/** @param {PlainTurn | undefined} turn @returns {FullTurn} */
export function toFullTurn(turn) {
  if (turn === undefined) return { blocks: [EXHAUSTED] };
  if (typeof turn === 'string') return { blocks: [turn] };
  return Array.isArray(turn) ? { blocks: turn } : turn;
}

/** Text of a message's content: its text, tool results and tool inputs, one a line. @param {unknown} content @returns {string} */
export function textOf(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => block.text ?? (block.type === 'tool_use' ? JSON.stringify(block.input) : textOf(block.content)))
    .join('\n');
}

/** Text of the newest tool result in a request, '' when there is none. @param {RequestBody} body */
export function lastToolResult(body) {
  const results = (body.messages ?? []).flatMap((/** @type {any} */ message) =>
    Array.isArray(message.content) ? message.content.filter((/** @type {any} */ b) => b.type === 'tool_result') : [],
  );
  return textOf(results.at(-1)?.content);
}

/** System prompt and every message as texts, newest first. @param {RequestBody} body @returns {string[]} */
function texts(body) {
  return [textOf(body.system), ...(body.messages ?? []).map((/** @type {any} */ m) => textOf(m.content))].reverse();
}

/** Last match of the pattern in the newest text that has one; group 1 where there is one. @param {string[]} haystacks @param {string} pattern */
function pick(haystacks, pattern) {
  const regex = new RegExp(pattern, 'g');
  for (const text of haystacks) {
    const hit = [...text.matchAll(regex)].at(-1);
    if (hit) return hit[1] ?? hit[0];
  }
  throw new Error(`nothing said so far matches /${pattern}/`);
}

/**
 * Fills the placeholders in every string of a tool input: `<<last>>` is the newest tool result, `<<last:REGEX>>` its
 * last match, `<<seen:REGEX>>` the newest match anywhere in the conversation. A function is called with the request.
 * @param {unknown} value @param {RequestBody} body @returns {unknown}
 * @throws when a pattern matches nothing
 */
export function fill(value, body) {
  if (typeof value === 'function') return value(body);
  if (Array.isArray(value)) return value.map((item) => fill(item, body));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, body)]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/<<(last|seen)(?::(.+?))?>>/g, (_, source, pattern) => {
    const haystacks = source === 'last' ? [lastToolResult(body)] : texts(body);
    return pattern === undefined ? (haystacks[0] ?? '') : pick(haystacks, pattern);
  });
}
