import type { Command, Range, Redirect, Script, Segment, Word } from './script.ts';
import type { ShellState } from './state.ts';
import { baseName, joinWords, literalWord, makeWord, UNKNOWN } from './word.ts';

/** What a command finds on its standard input. */
export type Input = { readonly kind: 'none' | 'unknown' } | { readonly kind: 'text'; readonly text: string };

/** Outputs that feed outputs that feed ...: further ones count as unknown. */
const MAX_CHAIN = 16;
/** The output of more commands than this counts as unknown. */
const MAX_COMMANDS = 64;

/** A script with what is needed to follow its variables and pipes. */
export interface Resolver {
  readonly script: Script;
  readonly stateOf: (shell: number) => ShellState;
  /** Input redirections behind a group, by the index of each command in it. */
  readonly inherited: ReadonlyMap<number, Redirect>;
  /** Characters that variables may still add; what keeps doubling definitions from growing without end. */
  readonly budget: { left: number };
}

/** The words with what the line itself says about variables and substitutions put in; the rest stays dynamic. */
export function resolveWords(resolver: Resolver, words: readonly Word[], state: ShellState, chain = 0): Word[] {
  return words.flatMap((word, at) =>
    word.text === undefined ? fields(resolver, word, state, at === 0, chain) : [word],
  );
}

/** One word of which no field splitting happens: an assignment's value, a redirection's target. */
export function resolveWord(resolver: Resolver, word: Word, state: ShellState): Word {
  if (word.text !== undefined) return word;
  const quoted = makeWord(word.segments.map((segment) => ({ ...segment, quoted: true })));
  const resolved = fields(resolver, quoted, state, false, 0);
  return resolved.length === 1 ? resolved[0]! : word;
}

function fields(resolver: Resolver, word: Word, state: ShellState, command: boolean, chain: number): Word[] {
  const out: Segment[][] = [[]];
  const last = () => out[out.length - 1]!;
  for (const segment of word.segments) {
    const values = segment.kind === 'literal' ? undefined : valuesOf(resolver, segment, state, command, chain);
    if (values === undefined) last().push(segment);
    else if (segment.quoted) {
      for (const [at, text] of values.entries()) {
        if (at > 0) out.push([]);
        last().push({ kind: 'literal', text, quoted: true });
      }
    } else {
      for (const [at, piece] of values
        .join(' ')
        .split(/[ \t\n]+/)
        .entries()) {
        if (at > 0) out.push([]);
        if (piece !== '') last().push({ kind: 'literal', text: piece, quoted: false });
      }
    }
  }
  return out.filter((segments) => segments.length > 0).map(makeWord);
}

function valuesOf(
  resolver: Resolver,
  segment: Segment,
  state: ShellState,
  command: boolean,
  chain: number,
): readonly string[] | undefined {
  let values: readonly string[] | undefined;
  if (segment.kind === 'variable') {
    const known = state.variables.get(segment.name);
    // A default is believed only where it names the program: there it is the better guess than nothing.
    if (known === undefined && command && segment.fallback !== undefined) values = [segment.fallback];
    else if (known !== undefined && (segment.all || known.length === 1)) {
      const texts = known.map((value) => value.text);
      values = texts.includes(undefined) ? undefined : (texts as string[]);
    }
  } else if (segment.kind === 'commands') {
    const text = segment.as === 'output' ? outputOf(resolver, segment, chain) : undefined;
    values = text === undefined ? undefined : [text.replace(/\n+$/, '')];
  }
  if (values === undefined) return undefined;
  resolver.budget.left -= values.reduce((sum, value) => sum + value.length + 1, 0);
  return resolver.budget.left > 0 ? values : undefined;
}

/** What the commands in a substitution print, when that can be told without running them. */
export function outputOf(resolver: Resolver, range: Range, chain = 0): string | undefined {
  if (chain > MAX_CHAIN || range.to - range.from > MAX_COMMANDS) return undefined;
  const { commands } = resolver.script;
  const first = commands[range.from];
  const pipeEnds: number[] = [];
  for (let at = range.from; at < range.to; at++) {
    const command = commands[at]!;
    if (command.owner !== first?.owner || command.within !== first?.within) continue;
    // What a later command of the range reads through a pipe is not printed.
    while (command.pipedFrom !== undefined && (pipeEnds.at(-1) ?? -1) >= command.pipedFrom.from) pipeEnds.pop();
    pipeEnds.push(at);
    if (pipeEnds.length > MAX_CHAIN) return undefined;
  }
  let text = '';
  for (const at of pipeEnds) {
    const printed = printedBy(resolver, at, chain);
    if (printed === undefined) return undefined;
    text += printed;
  }
  return pipeEnds.length > 0 ? text : undefined;
}

function printedBy(resolver: Resolver, index: number, chain: number): string | undefined {
  const command = resolver.script.commands[index]!;
  if (command.words.length === 0 && command.redirects.length === 0) return '';
  if (command.redirects.some((redirect) => redirect.operator.includes('>') && redirect.fd !== '2')) return undefined;
  return standardOutput(resolver, index, chain);
}

/** What the command itself prints, wherever that goes; undefined when only the run would tell. */
export function standardOutput(resolver: Resolver, index: number, chain = 0): string | undefined {
  const command = resolver.script.commands[index]!;
  const words = resolveWords(resolver, command.words, resolver.stateOf(command.shell), chain + 1);
  const args = words.slice(1);
  switch (words[0] === undefined ? undefined : baseName(words[0])) {
    case 'echo':
      return echoed(args);
    case 'printf':
      return formatted(args);
    case 'cat':
    case 'tee': {
      const input = inputOf(resolver, index, chain + 1);
      const reads = words[0]?.text === 'tee' || args.every((word) => word.text === '-');
      return reads && input.kind === 'text' ? input.text : undefined;
    }
    case 'which':
      return args.length === 1 ? args[0]?.text : undefined;
    case 'command':
    case 'type':
      return args.length === 2 && /^-[vpP]$/.test(args[0]?.text ?? '') ? args[1]?.text : undefined;
    default:
      return undefined;
  }
}

function echoed(args: readonly Word[]): string | undefined {
  let from = 0;
  while (/^-[neE]+$/.test(args[from]?.text ?? '')) from++;
  const text = joinWords(args.slice(from));
  return text === undefined ? undefined : `${text.replaceAll('\\n', '\n')}\n`;
}

function formatted(args: readonly Word[]): string | undefined {
  const [format, ...values] = args;
  if (format?.text === undefined) return undefined;
  const rest = values.map((value) => value.text);
  if (rest.includes(undefined)) return undefined;
  let out = '';
  do {
    const before = rest.length;
    out += format.text.replace(/%%|%[sbq]|%[-+ #0-9.]*[a-zA-Z]|\\n|\\t/g, (code) =>
      code === '%%' ? '%' : code === '\\n' ? '\n' : code === '\\t' ? '\t' : (rest.shift() ?? ''),
    );
    if (rest.length === before) break;
  } while (rest.length > 0);
  return out;
}

/** What the command reads: its last input redirection, that of a group around it, or the pipe before it. */
export function inputOf(resolver: Resolver, index: number, chain = 0): Input {
  const command = resolver.script.commands[index];
  if (command === undefined || chain > MAX_CHAIN) return { kind: 'unknown' };
  const own = command.redirects.findLast((redirect) => redirect.operator.startsWith('<') && redirect.operator !== '<&');
  const redirect = own ?? (command.pipedFrom === undefined ? resolver.inherited.get(index) : undefined);
  if (redirect !== undefined) return redirected(resolver, redirect, command);
  if (command.pipedFrom === undefined) return { kind: 'none' };
  const text = outputOf(resolver, command.pipedFrom, chain + 1);
  return text === undefined ? { kind: 'unknown' } : { kind: 'text', text };
}

function redirected(resolver: Resolver, redirect: Redirect, command: Command): Input {
  const state = resolver.stateOf(command.shell);
  const source = redirect.body ?? redirect.target;
  const files = source.segments.find((segment) => segment.kind === 'commands' && segment.as === 'input-file');
  const resolved =
    files?.kind === 'commands'
      ? literalOrUnknown(outputOf(resolver, files))
      : redirect.operator === '<' || redirect.operator === '<>'
        ? UNKNOWN
        : resolveWord(resolver, source, state);
  if (resolved.text === undefined) return { kind: 'unknown' };
  return { kind: 'text', text: redirect.operator === '<<<' ? `${resolved.text}\n` : resolved.text };
}

function literalOrUnknown(text: string | undefined): Word {
  return text === undefined ? UNKNOWN : literalWord(text);
}
