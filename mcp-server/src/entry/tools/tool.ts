import { z } from 'zod';
import type { Answer } from '../../app/answer.ts';
import type { Ports } from '../../app/ports.ts';
import type { Actor } from '../../domain/ledger/event.ts';

/** What a tool does to the world; its MCP annotations follow from it. */
export type Kind = 'read' | 'write' | 'effect';

export interface ToolContext {
  ports: Ports;
  /** Who is on the other side: the client, for the person whose session it is. */
  actor: Actor;
}

export interface Tool<Shape extends z.ZodRawShape = z.ZodRawShape> {
  name: string;
  title: string;
  description: string;
  kind: Kind;
  input: Shape;
  /** Fields of `data` worth promising. */
  data: z.ZodRawShape;
  handle(input: z.infer<z.ZodObject<Shape>>, context: ToolContext): Answer | Promise<Answer>;
}

/** Declares a tool; the catalogue lists it. */
export const defineTool = <Shape extends z.ZodRawShape>(tool: Tool<Shape>) => tool as unknown as Tool;

export const annotations = (kind: Kind) => ({
  readOnlyHint: kind === 'read',
  destructiveHint: false,
  idempotentHint: kind === 'read',
  openWorldHint: kind === 'effect',
});

/** The shape of every answer. */
export const outputShape = (data: z.ZodRawShape) => ({
  said: z.string(),
  blocks: z.array(z.string()),
  next: z.string(),
  data: z.looseObject(data),
});

/** Named once: the delivery's id. */
export const delivery = z.string();
