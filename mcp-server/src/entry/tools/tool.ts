import * as z from 'zod';
import type { Answer } from '../../app/answer.ts';
import type { Dialog } from '../../app/dialog.ts';
import type { TreePlace } from '../../app/extract-draft.ts';
import type { ExtractPorts } from '../../app/ports/extraction.ts';
import type { Ports } from '../../app/ports.ts';
import type { Actor } from '../../domain/ledger/event.ts';

/** What a tool does to the world; its MCP annotations follow from it. */
export type Kind = 'read' | 'write' | 'effect' | 'approve';

export interface ToolContext {
  ports: Ports;
  /** Who is on the other side: the client, for the person whose session it is. */
  actor: Actor;
  /** The client's dialog with the person; undefined where it offers none. */
  dialog: Dialog | undefined;
  /** What extraction needs for a folder inside the project. */
  explore(path: string): Promise<Exploration>;
}

export interface Exploration {
  extraction: ExtractPorts;
  root: string;
  place: TreePlace;
  /** Stores text outside the work tree; returns its path. */
  keep(text: string): string;
}

export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  name: string;
  title: string;
  description: string;
  kind: Kind;
  input: Shape;
  handle(input: z.infer<z.ZodObject<Shape>>, context: ToolContext): Answer | Promise<Answer>;
}

/** Declares a tool; the catalogue lists it. */
export const defineTool = <Shape extends z.ZodRawShape>(tool: Tool<Shape>) => tool as unknown as Tool;

/** MCP annotations; what equals the protocol's default is left out, because every client pays for each character. */
const ANNOTATIONS: Record<Kind, object> = {
  read: { readOnlyHint: true },
  write: { destructiveHint: false, openWorldHint: false },
  effect: { destructiveHint: false },
  approve: { destructiveHint: false, openWorldHint: false },
};

/** Clients that know it ask the person whatever the permission mode, and refuse where there is none. */
const META: Partial<Record<Kind, object>> = { approve: { 'anthropic/requiresUserInteraction': true } };

/** Named once: the delivery's id. */
export const delivery = z.string();

/** Every answer has one shape; it is small because the list of tools is in the context of every session. */
const OUTPUT = {
  type: 'object',
  properties: {
    said: { type: 'string' },
    blocks: { type: 'array', items: { type: 'string' } },
    next: { type: 'string' },
  },
};

/** A tool as tools/list shows it. Unknown input is refused by the server, which says so better than a schema. */
export function describe(tool: Tool) {
  const { name, title, description, kind } = tool;
  const {
    $schema: _,
    additionalProperties: __,
    ...inputSchema
  } = z.toJSONSchema(z.strictObject(tool.input), { io: 'input' });
  const meta = META[kind];
  return {
    name,
    title,
    description,
    inputSchema,
    outputSchema: OUTPUT,
    annotations: ANNOTATIONS[kind],
    ...(meta === undefined ? {} : { _meta: meta }),
  };
}
