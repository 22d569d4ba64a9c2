// A Messages API on 127.0.0.1 that plays a script and keeps every request, so that the real client runs offline.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { createPlayer } from './player.mjs';
import { toScript } from './script.mjs';

/**
 * @typedef {import('./script.mjs').RequestBody} RequestBody
 * @typedef {{ kind: import('./player.mjs').Kind, agent?: string, method: string, path: string, body: RequestBody, reply?: unknown }} Recorded
 */

/**
 * @param {{ script?: import('./script.mjs').Turns | import('./script.mjs').Script | undefined, log?: string }} [options]
 *   `log`: a file that takes one JSON line a request
 */
export async function startApi({ script, log } = {}) {
  let closed = false;
  const player = createPlayer(toScript(script), () => closed);
  /** @type {Recorded[]} */
  const requests = [];
  /** @type {string[]} where script and conversation did not fit */
  const problems = [];

  /** @param {Recorded} entry */
  const record = (entry) => {
    requests.push(entry);
    if (log) appendFileSync(log, `${JSON.stringify(entry)}\n`);
  };

  /** @param {http.IncomingMessage} req @param {http.ServerResponse} res */
  const answer = async (req, res) => {
    const raw = await readAll(req);
    const method = req.method ?? 'GET';
    const path = new URL(req.url ?? '/', 'http://localhost').pathname;
    if (method !== 'POST' || path !== '/v1/messages') {
      record({ kind: 'other', method, path, body: raw ? parse(raw) : {} });
      return json(res, 200, otherAnswer(path, raw), method === 'HEAD');
    }
    const body = parse(raw);
    const { kind, agent, reply } = player(req.headers, body);
    const { content, error, problem } = await reply;
    // The client that asked is gone, perhaps its folders too.
    if (closed) return undefined;
    if (problem) problems.push(problem);
    record({ kind, ...(agent && { agent }), method, path, body, reply: error ?? content });
    if (error) return json(res, error.status, { type: 'error', error });
    const message = toMessage(content, body);
    return body.stream ? stream(res, message) : json(res, 200, message);
  };

  const server = http.createServer((req, res) => {
    answer(req, res).catch((error) => {
      // A client that hangs up in the middle of its request is no problem of the script.
      if (error.code !== 'ECONNRESET') problems.push(String(error));
      res.destroy();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    problems,
    close: () =>
      new Promise((resolve) => {
        closed = true;
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

let serial = 0;
/** @param {string} prefix */
const id = (prefix) => `${prefix}_${String(++serial).padStart(8, '0')}`;

/** @param {import('./player.mjs').Answer['content']} blocks @param {RequestBody} body */
function toMessage(blocks, body) {
  const content = blocks.map((block) => (block.type === 'tool_use' ? { id: id('toolu'), ...block } : block));
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
        ? [
            { type: 'text', text: '' },
            { type: 'text_delta', text: block.text },
          ]
        : [
            { ...block, input: {} },
            { type: 'input_json_delta', partial_json: JSON.stringify(block.input) },
          ];
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
