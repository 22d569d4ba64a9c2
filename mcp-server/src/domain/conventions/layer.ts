import * as z from 'zod';
import { limitKind } from '../artifact/limit-value.ts';
import { environmentName } from '../deploy/environment.ts';
import { RISKS } from '../policy/demand.ts';
import { gateSchema, gatesSchema } from '../policy/policy.ts';
import { TRACKS } from '../stage.ts';
import { readKind } from '../yaml/kind.ts';

const sentence = z.string().trim().min(1).max(2000);

/** What new requirements begin with, whatever they are started from. */
export const startSchema = z.strictObject({
  /** At most these; by a limit's name. A template's or another layer's smaller value stays. */
  limits: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'is no name of a limit'),
      z.union([
        z.int().min(0).transform(String),
        z.string().refine((text) => limitKind(text) !== undefined, 'cannot be measured'),
      ]),
    )
    .default({}),
  constraints: z.array(sentence).max(50).default([]),
  questions: z.array(sentence).max(50).default([]),
});
export type StartConventions = z.infer<typeof startSchema>;

/** Conventions of an organisation or a team (docs/policy.md). Every key can only add to, or tighten, what is there. */
export const layerSchema = z.strictObject({
  countersign: z.literal('conventions/1'),
  /** Whose they are, for messages. */
  name: z.string().min(1).max(80),
  track: z.enum(TRACKS).optional(),
  gates: gatesSchema.default({}),
  risks: z.partialRecord(z.enum(RISKS), gatesSchema).default({}),
  environments: z.record(environmentName, gateSchema).default({}),
  /** Rules that count as errors, whatever a repository makes of them. */
  errors: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'is no rule id')).default([]),
  requirements: startSchema.default({ limits: {}, constraints: [], questions: [] }),
});
export type Layer = z.infer<typeof layerSchema>;

/** Conventions of one person, in their own configuration: they decide no gate, because nobody else sees them. */
const personalSchema = layerSchema.pick({ countersign: true, track: true, requirements: true });
export type Personal = z.infer<typeof personalSchema>;

const wrongKind = { problem: 'countersign: expected conventions/1' };

export function readLayer(text: string): { layer: Layer } | { problem: string } {
  return readKind(text, 'conventions', layerSchema, 'layer') ?? wrongKind;
}

export function readPersonal(text: string): { personal: Personal } | { problem: string } {
  return readKind(text, 'conventions', personalSchema, 'personal') ?? wrongKind;
}
