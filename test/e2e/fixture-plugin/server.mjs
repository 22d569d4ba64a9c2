// The fixture's MCP server: stdio, one JSON-RPC message a line, Node built-ins only.
import { createInterface } from 'node:readline';

const ECHO = {
  name: 'echo',
  description: 'Gives the text back, with the project it was asked in.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  annotations: { readOnlyHint: true },
};

const METHODS = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'sample', version: '0.1.0' },
  }),
  'tools/list': () => ({ tools: [ECHO] }),
  'tools/call': ({ arguments: { text } }) => ({
    content: [{ type: 'text', text: `SAMPLE-ECHO ${text} ticket=T-${text.length} in ${process.env.SAMPLE_PROJECT}` }],
  }),
  ping: () => ({}),
};

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = METHODS[method]
    ? { result: METHODS[method](params ?? {}) }
    : { error: { code: -32601, message: `unknown method ${method}` } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
}
