import { createInterface } from 'node:readline/promises';

/** What a person sees and types. */
export interface Terminal {
  /** Whether a person can answer: both ends are a terminal. */
  interactive: boolean;
  colour: boolean;
  /** Columns; without end where nobody said, such as in a pipe, so that programs get lines whole. */
  width: number;
  /** Shows text on standard output, whole or in pieces. */
  show(text: string | Iterable<string>): void;
  ask(question: string): Promise<string>;
}

export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout } = process;
  return {
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    colour: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    width: stdout.isTTY === true ? stdout.columns || 80 : Number(env['COLUMNS']) || Number.POSITIVE_INFINITY,
    show(text) {
      if (typeof text === 'string') {
        stdout.write(text.endsWith('\n') ? text : `${text}\n`);
        return;
      }
      for (const piece of text) stdout.write(piece);
      stdout.write('\n');
    },
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stdout });
      try {
        return (await lines.question(question)).trim();
      } finally {
        lines.close();
      }
    },
  };
}

/** Escape sequences, control characters but for tab and line feed, and marks that turn the direction of text. */
const STEERING = new RegExp(
  [
    '\\u001b\\[[0-9;?]*[ -/]*[@-~]',
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]',
    '[\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]',
  ].join('|'),
  'g',
);

/** Text from files without what could steer a terminal. */
export function printable(text: string): string {
  return text.replace(STEERING, '');
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export function paint(terminal: Pick<Terminal, 'colour'>, style: keyof typeof CODES, text: string): string {
  return terminal.colour ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
}
