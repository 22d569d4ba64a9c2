import type { Answer } from '../../app/answer.ts';
import type { Ports } from '../../app/ports.ts';
import type { Terminal } from '../terminal.ts';

export interface Option {
  type: 'string' | 'boolean';
  summary: string;
  /** What a string option takes, for the help text. */
  takes?: string;
  /** It may be given several times, and is then a list. */
  multiple?: true;
}

export interface VerbInput {
  args: string[];
  options: Record<string, string | boolean | string[] | undefined>;
}

export interface VerbContext {
  /** The project's ports; throws when there is no repository. */
  ports(): Ports;
  env: NodeJS.ProcessEnv;
  cwd: string;
  terminal: Terminal;
  /** How this program is called: a shell-ready prefix for commands that are printed. */
  self: string;
}

/** What a verb came to: an answer for programs, and text for people where the answer's own words are not enough. */
export interface VerbResult {
  answer: Answer;
  text?: string;
  /** What --json prints in place of the answer, where a contract of its own fixes the object (docs/cli.md). */
  document?: object;
  /** The same as a text, or that in UTF-8, that is there already, in pieces. */
  documentText?: Iterable<string | Uint8Array>;
  /** Overrides what follows from the answer: 1 when something blocks, else 0. */
  exit?: number;
}

/** One verb of the CLI: a file of its own, loaded only when it is called, and one line in the catalogue. */
export interface Verb {
  usage: string;
  options?: Record<string, Option>;
  /** Commands to show under --help, without the program's name. */
  examples: readonly string[];
  /** How many positional arguments it takes. */
  arity: readonly [number, number];
  run(input: VerbInput, context: VerbContext): VerbResult | Promise<VerbResult>;
}

/** A verb in the catalogue. */
export interface VerbEntry {
  summary: string;
  load: () => Promise<Verb>;
}
