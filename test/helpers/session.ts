import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type ElicitRequest, ElicitRequestSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { onTestFinished } from 'vitest';
import { type Project, program } from './project.ts';

/** What a tool answered: its structured content, or the text of an error. */
export interface ToolAnswer {
  said: string;
  blocks: string[];
  next: string;
  data: Record<string, unknown>;
  /** Text of a fault; undefined when the tool answered. */
  error?: string;
}

/** An MCP client of the official SDK, connected to the server bundle over real pipes. */
export interface Session {
  client: Client;
  call(name: string, input?: object): Promise<ToolAnswer>;
  /** Writes an artifact over what is there, as an agent does: read, then write with its base. */
  put(delivery: string, artifact: string, text: string): Promise<ToolAnswer>;
  close(): Promise<void>;
}

/** @param onDialog how the person answers the client's dialogs; without it the client offers none */
export async function connect(
  project: Project,
  env: Record<string, string> = {},
  onDialog?: (form: ElicitRequest['params']) => Promise<ElicitResult>,
): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program('server')],
    cwd: project.root,
    env: { ...project.env, CLAUDE_PROJECT_DIR: project.root, ...env },
    stderr: 'pipe',
  });
  const capabilities = onDialog === undefined ? {} : { elicitation: {} };
  const client = new Client({ name: 'test-client', version: '1.0.0' }, { capabilities });
  if (onDialog !== undefined) client.setRequestHandler(ElicitRequestSchema, ({ params }) => onDialog(params));
  await client.connect(transport);
  onTestFinished(() => client.close());
  const call = async (name: string, input: object = {}): Promise<ToolAnswer> => {
    const result = await client.callTool({ name, arguments: input as Record<string, unknown> });
    const [content] = result.content as { type: string; text: string }[];
    if (result.isError === true) return { said: '', blocks: [], next: '', data: {}, error: content?.text ?? '' };
    return result.structuredContent as unknown as ToolAnswer;
  };
  return {
    client,
    call,
    async put(delivery, artifact, text) {
      const { data } = await call('artifact_read', { delivery, artifact });
      return call('artifact_write', { delivery, artifact, base: data['base'], text });
    },
    close: () => client.close(),
  };
}
