import type { Assignment, Range, Redirect, Script, Word } from './script.ts';

/** Substitutions in substitutions that are still read as such; deeper ones are read flat and marked incomplete. */
const MAX_DEPTH = 64;
/** Subshells with variables of their own; further ones share their parent's. */
const MAX_SHELLS = 256;

/** A command while it is read. */
export interface Draft {
  words: Word[];
  assignments: Assignment[];
  redirects: Redirect[];
  pipedFrom: Range | undefined;
  within: 'list' | 'substitution' | 'process-substitution';
  owner: number | undefined;
  shell: number;
  conditional: boolean;
  chained: boolean;
  list: number;
  covers: Range | undefined;
}

interface PendingHereDocument {
  readonly command: Draft;
  readonly index: number;
  /** Where in the command's redirects the body belongs. */
  readonly at: number;
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
}

/** What every nested reader of one line shares. */
interface Shared {
  readonly commands: Draft[];
  readonly shells: number[];
  incomplete: boolean;
  lists: number;
  depth: number;
  /** Characters that looking ahead for `))` may still cost: what keeps the whole linear. */
  lookahead: number;
  /** Reads a list of commands up to `closer`; set by the grammar, which the words cannot import. */
  readonly list: (reader: Reader, closer: ')' | '', input: Range | undefined) => void;
}

/** A position in a text, and the place its commands have in the line. */
export interface Reader {
  readonly text: string;
  pos: number;
  pending: PendingHereDocument[];
  within: Draft['within'];
  owner: number | undefined;
  shell: number;
  conditional: boolean;
  chained: boolean;
  list: number;
  /** The command that is being read: the owner of what its words substitute. */
  current: number;
  readonly shared: Shared;
}

export function newReader(text: string, list: Shared['list']): Reader {
  return {
    text,
    pos: 0,
    pending: [],
    within: 'list',
    owner: undefined,
    shell: 0,
    conditional: false,
    chained: false,
    list: 0,
    current: 0,
    shared: {
      commands: [],
      shells: [0],
      incomplete: false,
      lists: 1,
      depth: 0,
      lookahead: 4 * text.length + 1000,
      list,
    },
  };
}

export function result(reader: Reader): Script {
  const { commands, shells, incomplete } = reader.shared;
  return { commands, shells, incomplete };
}

/** A new empty command, at its place in the order of the line. */
export function openCommand(reader: Reader, pipedFrom: Range | undefined): Draft {
  const { within, owner, shell, conditional, chained, list } = reader;
  const draft: Draft = {
    words: [],
    assignments: [],
    redirects: [],
    pipedFrom,
    within,
    owner,
    shell,
    conditional,
    chained,
    list,
    covers: undefined,
  };
  reader.current = reader.shared.commands.push(draft) - 1;
  return draft;
}

export function newShell(reader: Reader): number {
  const { shells } = reader.shared;
  return shells.length < MAX_SHELLS ? shells.push(reader.shell) - 1 : reader.shell;
}

/** Runs `read` one level deeper; false, and nothing read, when that is too deep. */
export function deeper(reader: Reader, read: () => void): boolean {
  const { shared } = reader;
  if (shared.depth >= MAX_DEPTH) {
    shared.incomplete = true;
    return false;
  }
  shared.depth++;
  read();
  shared.depth--;
  return true;
}

/** Matches a sticky expression here and moves behind it. */
export function take(reader: Reader, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = reader.pos;
  const match = sticky.exec(reader.text);
  if (match === null) return undefined;
  reader.pos += match[0].length;
  return match;
}

/** Skips blanks, line continuations and, as `#` at the start of a word begins one, comments. */
export function skipBlanks(reader: Reader): void {
  take(reader, /(?:[ \t]|\\\n)*(?:#[^\n]*)?/y);
}
