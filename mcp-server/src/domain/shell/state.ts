import type { Assignment, Command, Word } from './script.ts';
import { dropPrefix, literalWord, UNKNOWN } from './word.ts';

/** What a line has said so far about one shell's variables and directory. */
export interface ShellState {
  readonly variables: Map<string, readonly Word[]>;
  /** Those that reach the environment of commands. */
  readonly exported: Set<string>;
  /** Those whose value depends on which branch runs; where only `&&` decides, with the list in which it is certain. */
  readonly uncertain: Map<string, number | undefined>;
  /** '' is where the line starts; undefined after a change to somewhere unknown. */
  directory: string | undefined;
}

export function newState(directory: string, variables: Readonly<Record<string, string>>): ShellState {
  const entries = Object.entries(variables).map(([name, value]) => [name, [literalWord(value)]] as const);
  const names = entries.map(([name]) => name);
  return { variables: new Map(entries), exported: new Set(names), uncertain: new Map(), directory };
}

export function copyState(state: ShellState): ShellState {
  return {
    variables: new Map(state.variables),
    exported: new Set(state.exported),
    uncertain: new Map(state.uncertain),
    directory: state.directory,
  };
}

/** What has to be true for a command to run at all. */
export type When = Pick<Command, 'conditional' | 'chained' | 'list'>;

export function assign(state: ShellState, assignment: Assignment, when: When): void {
  const { name, kind } = assignment;
  const before = state.variables.get(name);
  let values = assignment.values;
  if (kind === 'append' || (kind === 'loop' && values.length !== 1)) values = [UNKNOWN];
  // A branch that may not run: the value before it stays possible.
  if (when.conditional || when.chained) {
    state.uncertain.set(name, when.conditional ? undefined : when.list);
    if (before !== undefined && !sameValues(before, values)) values = [UNKNOWN];
  } else state.uncertain.delete(name);
  state.variables.set(name, values);
}

function sameValues(a: readonly Word[], b: readonly Word[]): boolean {
  return a.length === b.length && a.every((word, at) => word.text !== undefined && word.text === b[at]?.text);
}

/** `NAME=value` as an argument of `export`, `env` or `sudo`. */
export function asAssignment(word: Word): Assignment | undefined {
  const head = /^([A-Za-z_]\w*)\+?=/.exec(word.prefix);
  if (head === null) return undefined;
  const kind = head[0].endsWith('+=') ? 'append' : 'scalar';
  return { name: head[1] ?? '', values: [dropPrefix(word, head[0].length)], kind };
}

const DECLARING = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

/** Follows the builtins that change variables or the directory. */
export function applyBuiltin(state: ShellState, words: readonly Word[], when: When): void {
  const name = words[0]?.text ?? '';
  const operands = words.slice(1).filter((word) => !word.prefix.startsWith('-'));
  if (DECLARING.has(name)) {
    const exports = name === 'export' || words.some((word) => /^-[a-z]*x/.test(word.text ?? ''));
    for (const word of operands) {
      const assignment = asAssignment(word);
      if (assignment !== undefined) assign(state, assignment, when);
      const variable = assignment?.name ?? word.text;
      if (exports && variable !== undefined) state.exported.add(variable);
    }
  } else if (name === 'unset') {
    for (const word of operands) if (word.text !== undefined) state.variables.delete(word.text);
  } else if (name === 'cd' || name === 'pushd' || name === 'popd' || name === 'chdir') {
    const target = name === 'popd' || words.some((word) => word.text === '-') ? UNKNOWN : (operands[0] ?? home(state));
    const directory = joinPath(state.directory, target.text);
    state.directory = when.conditional && directory !== state.directory ? undefined : directory;
  }
}

function home(state: ShellState): Word {
  return state.variables.get('HOME')?.[0] ?? UNKNOWN;
}

/** What Linux takes as a path; a longer one would fail there. */
const PATH_MAX = 4096;

/** `path` as seen from `directory`; undefined when either is unknown and matters. */
export function joinPath(directory: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined || path.startsWith('/') || path.startsWith('~')) return path;
  if (directory === undefined) return undefined;
  const bare = path.replace(/^(?:\.\/+)+/, '');
  if (bare === '' || bare === '.') return directory;
  if (directory.length + bare.length > PATH_MAX) return undefined;
  return directory === '' ? bare : `${directory.replace(/\/$/, '')}/${bare}`;
}
