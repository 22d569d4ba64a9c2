import * as z from 'zod';
import { RISKS } from '../policy/demand.ts';
import { TRACKS } from '../stage.ts';
import { readKind } from './template.ts';

/** What an answer makes of a capability or a system. */
const needSchema = z.strictObject({
  required: z.enum(['yes', 'no']).optional(),
  /** The new `If not available`. */
  otherwise: z.string().min(1).optional(),
});

const answerSchema = z.strictObject({
  answer: z.string().min(1),
  /**
   * What follows from the answer in the text: by a limit's name its value, by `CON-n` or `AC-n.m` the sentence, by `CAP-n` or
   * `SYS-n` whether it is required and what happens without it.
   */
  sets: z.record(z.string(), z.union([z.string().min(1), z.number(), needSchema])).default({}),
});
export type QuestionAnswer = z.infer<typeof answerSchema>;

const answersSchema = z.strictObject({
  countersign: z.literal('answers/1'),
  title: z.string().min(1),
  owner: z.string().min(1),
  risk: z.enum(RISKS).optional(),
  track: z.enum(TRACKS).optional(),
  refs: z.array(z.string()).optional(),
  problem: z.string().min(1).optional(),
  goal: z.string().min(1).optional(),
  /** By question: the answer alone, or with what follows from it. */
  answers: z.record(
    z.string().regex(/^Q-[1-9]\d*$/, 'is no question'),
    z.union([
      z
        .string()
        .min(1)
        .transform((answer): QuestionAnswer => ({ answer, sets: {} })),
      answerSchema,
    ]),
  ),
});
/** Answers to a template's questions, and what each of them makes of the text (docs/templates.md). */
export type Answers = z.infer<typeof answersSchema>;

/** Reads answers.yaml, or a file that a person wrote like it. */
export function readAnswers(text: string): { answers: Answers } | { problem: string } {
  return readKind(text, 'answers', answersSchema, 'answers') ?? { problem: 'countersign: expected answers/1' };
}
