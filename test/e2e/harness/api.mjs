// A Messages API on 127.0.0.1 that plays a script and keeps every request, so that the real client runs offline.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXHAUSTED, fill, PlaceholderError, textOf, toFullTurn, toScript, track } from './script.mjs';

/**
 * @typedef {import('./script.mjs').RequestBody} RequestBody
 * @typedef {import('./script.mjs').FullTurn} FullTurn
 * @typedef {'main' | 'agent' | 'side' | 'other'} Kind  main conversation, subagent, the client's own small questions
 *   (titles, probes: they offer no tools), everything that is not POST /v1/messages
 * @typedef {{ kind: Kind, agent?: string, method: string, path: string, body: RequestBody, reply?: unknown }} Recorded
 */

const WAIT_MS = 60_000;

/**
 * @param {{ script?: import('./script.mjs').Turns | import('./script.mjs').Script, log?: string }} [options]
 *   `log`: a file that takes one JSON line a request
 */
export async function startApi({ script, log } = {}) {
  const player = createPlayer(toScript(script));
  /** @type {Recorded[]} */
  const requests = [];
  /** @type {string[]} what the script and the client disagreed about */
  const problems = [];

  /** @param {Recorded} entry */
  const record = (entry) => {
    requests.push(entry);
    if (log) appendFileSync(log, `${JSON.stringify(entry)}\n`);
  };

  const server = http.createServer(async (req, res) => {
    const raw = await readAll(req);
    const method = req.method ?? 'GET';
    const path = new URL(req.url ?? '/', 'http://localhost').pathname;
    if (method !== 'POST' || path !== '/v1/messages') {
      record({ kind: 'other', method, path, body: raw ? parse(raw) : {} });
      return json(res, 200, otherAnswer(path, raw), method === 'HEAD');
    }
    const body = parse(raw);
    const { kind, agent, next } = player(req.headers, body);
    const entry = { kind, ...(agent && { agent }), method, path, body };
    const turn = next();
    if (turn.when && !(await until(turn.when))) problems.push(`a turn waited ${WAIT_MS} ms in vain: ${turn.when}`);
    if (turn.error) {
      record({ ...entry, reply: turn.error });
      return json(res, turn.error.status, { type: 'error', error: turn.error });
    }
    const message = toMessage(turn, body, problems);
    record({ ...entry, reply: message.content });
    return body.stream ? stream(res, message) : json(res, 200, message);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    problems,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/** Decides whose request it is and hands out that conversation's next turn. @param {import('./script.mjs').Script} script */
function createPlayer(script) {
  const main = track(script.main ?? []);
  const waiting = [...(script.agents ?? [])];
  /** @type {Map<string, (body: RequestBody) => FullTurn>} */
  const agents = new Map();

  /** @param {string} id @param {RequestBody} body */
  const agentTrack = (id, body) => {
    const known = agents.get(id);
    if (known) return known;
    const opening = `${textOf(body.system)}\n${textOf(body.messages?.[0]?.content)}`;
    const at = waiting.findIndex(({ match }) => !match || opening.includes(match));
    const fresh = track(at < 0 ? [] : waiting.splice(at, 1)[0].turns);
    agents.set(id, fresh);
    return fresh;
  };

  /** @param {http.IncomingHttpHeaders} headers @param {RequestBody} body @returns {{ kind: Kind, agent?: string, next: () => FullTurn }} */
  return (headers, body) => {
    const agent = headers['x-claude-code-agent-id'];
    if (typeof agent === 'string') return { kind: 'agent', agent, next: () => agentTrack(agent, body)(body) };
    if (!body.tools?.length) {
      const { side = 'ok' } = script;
      return { kind: 'side', next: () => toFullTurn(typeof side === 'function' ? side(body) : side) };
    }
    return { kind: 'main', next: () => (startedInBackground(body) ? toFullTurn('Waiting for the agent.') : main(body)) };
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

let serial = 0;
/** @param {string} prefix */
const id = (prefix) => `${prefix}_${String(++serial).padStart(8, '0')}`;

/** @param {FullTurn} turn @param {RequestBody} body @param {string[]} problems */
function toMessage(turn, body, problems) {
  let content;
  try {
    content = (turn.blocks ?? [EXHAUSTED]).map((block) =>
      typeof block === 'string'
        ? { type: 'text', text: block }
        : { type: 'tool_use', id: block.id ?? id('toolu'), name: block.tool, input: fill(block.input ?? {}, body) },
    );
  } catch (error) {
    if (!(error instanceof PlaceholderError)) throw error;
    problems.push(error.message);
    content = [{ type: 'text', text: `[script: ${error.message}]` }];
  }
  return {
    id: id('msg'),
    type: 'message',
    role: 'assistant',
    model: body.model,
    content,
    stop_reason: content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  };
}

/** The same message as server-sent events, each block in one delta. @param {http.ServerResponse} res @param {ReturnType<typeof toMessage>} message */
function stream(res, message) {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': id('req') });
  /** @param {string} type @param {object} data */
  const send = (type, data = {}) => res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  send('message_start', { message: { ...message, content: [], stop_reason: null } });
  for (const [index, block] of message.content.entries()) {
    const [empty, delta] =
      block.type === 'text'
        ? [{ type: 'text', text: '' }, { type: 'text_delta', text: block.text }]
        : [{ ...block, input: {} }, { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }];
    send('content_block_start', { index, content_block: empty });
    send('content_block_delta', { index, delta });
    send('content_block_stop', { index });
  }
  send('message_delta', { delta: { stop_reason: message.stop_reason, stop_sequence: null }, usage: message.usage });
  send('message_stop');
  res.end();
}

/** @param {string} path @param {string} raw */
function otherAnswer(path, raw) {
  if (path === '/v1/messages/count_tokens') return { input_tokens: Math.ceil(raw.length / 4) };
  if (path === '/v1/models') return { data: [], has_more: false };
  return {};
}

/** @param {http.ServerResponse} res @param {number} status @param {unknown} value @param {boolean} [headOnly] */
function json(res, status, value, headOnly = false) {
  res.writeHead(status, { 'content-type': 'application/json', 'request-id': id('req') });
  res.end(headOnly ? undefined : JSON.stringify(value));
}

/** @param {string} raw @returns {RequestBody} */
function parse(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return { unparsed: raw };
  }
}

/** @param {AsyncIterable<Buffer>} readable */
async function readAll(readable) {
  const chunks = [];
  for await (const chunk of readable) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {() => unknown} condition */
async function until(condition) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(50)) if (await condition()) return true;
  return false;
}
