// A server with tools on two pages, by the official SDK. It leaves a file to show that it was started, and tells its argument.
import { writeFileSync } from 'node:fs';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

writeFileSync(process.argv[2], 'started');
const server = new Server({ name: 'net', version: '1.0.0' }, { capabilities: { tools: {} } });
const tool = (name) => ({ name, description: process.env.API_KEY, inputSchema: { type: 'object' } });
server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
  params?.cursor === undefined
    ? { tools: [tool('list_vlans')], nextCursor: '2' }
    : { tools: [tool('create_vlan'), tool(`used ${process.argv[3].split('=')[1]}`)] },
);
server.setRequestHandler(CallToolRequestSchema, () => {
  throw new Error('no probe calls a tool');
});
await server.connect(new StdioServerTransport());
