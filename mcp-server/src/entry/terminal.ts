import { createInterface } from 'node:readline/promises';
import { pathToFileURL } from 'node:url';

/** What a person sees and types. */
export interface Terminal {
  /** Whether a person can answer: both ends are a terminal. */
  interactive: boolean;
  colour: boolean;
  /** Whether it is known to follow links in text; undefined is no. */
  links?: boolean;
  /** Columns; without end where nobody said, such as in a pipe, so that programs get lines whole. */
  width: number;
  /** Shows text on standard output, whole or in pieces, which may be UTF-8 already. */
  show(text: string | Iterable<string | Uint8Array>): void;
  ask(question: string): Promise<string>;
}

export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout } = process;
  return {
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    colour: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    links: stdout.isTTY === true && followsLinks(env),
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

/** Terminals that name themselves and follow links in text (OSC 8); others may show the sequence as it is. */
const LINKING = /^(?:iTerm\.app|WezTerm|vscode|ghostty|Hyper|Tabby|rio)$/;

export function followsLinks(env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_HYPERLINK'];
  if (forced !== undefined) return forced !== '0';
  // A multiplexer has the variables of the terminal it was started in, and may be looked at in another.
  if (env['TERM'] === 'dumb' || env['TMUX'] || /^(?:screen|tmux)/.test(env['TERM'] ?? '')) return false;
  if (env['WT_SESSION'] || env['KONSOLE_VERSION'] || env['TERM'] === 'xterm-kitty' || env['TERM'] === 'foot')
    return true;
  return LINKING.test(env['TERM_PROGRAM'] ?? '') || Number(env['VTE_VERSION'] ?? 0) >= 5000;
}

/** Text that leads to a file, in terminals that follow links. @param path absolute */
export function linked(terminal: Pick<Terminal, 'links'>, path: string, text: string): string {
  return terminal.links === true ? `\u001b]8;;${pathToFileURL(path).href}\u001b\\${text}\u001b]8;;\u001b\\` : text;
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
