import { isCheck } from './check-command.ts';
import { handedOn } from './handed-on.ts';
import { onlyLooks } from './harmless.ts';
import { objectOf, type Verb } from './object.ts';
import { operandIndexes } from './operands.ts';
import { optionEffect } from './option-effect.ts';
import { readShell } from './read.ts';
import type { ShellCommand, ShellWord } from './script.ts';
import { type Effect, shells, tools, wrappers } from './tools.ts';

/** What one simple command is: the program behind sudo, env and the like, what it speaks to and does. */
export interface Call {
  program: string;
  /** Words behind the program. */
  args: readonly ShellWord[];
  system?: string;
  effect?: Effect;
  object?: string;
  /** A script that it runs or sources, as written. */
  script?: { path: string; dynamic: boolean; how: 'calls' | 'includes'; at: number };
  /** Runs what it downloads. */
  pipesToShell: boolean;
  /** Its failure says that something is not as it should be. */
  isCheck: boolean;
  /** xargs or parallel with several at once, and how it says so. */
  batch?: string;
}

/** Programs that variables of the script stand for: `dc="docker compose"`. */
export type ProgramNames = ReadonlyMap<string, readonly string[]>;

const noNames: ProgramNames = new Map();
const meaning = (program: string) => (name: string) => [name, [program]] as const;
/** What such variables are called where another file sets them. */
const usualNames: ProgramNames = new Map([
  ...['dc', 'compose', 'compose_cmd', 'compose_command', 'docker_compose'].map(meaning('docker-compose')),
  // Whichever of the engines is there: they take the same words.
  ...['container_engine', 'container_runtime', 'cri'].map(meaning('docker')),
]);
/** A command in a command in a command: deeper, nobody writes them. */
const deepest = 3;

/** Classifies a command; undefined for one without a program that is known when it is read. */
export function classify(command: ShellCommand, names: ProgramNames = noNames, depth = 0): Call | undefined {
  const unwrapped = unwrap(named(command.words, names));
  const [first, ...args] = unwrapped.words;
  if (first === undefined) return undefined;
  const program = programOf(first);
  const tool = Object.hasOwn(tools, program) ? tools[program] : undefined;
  const plain = operandIndexes(program, args).map((index) => (args[index] as ShellWord).text);
  const verb = tool === undefined ? undefined : verbOf(plain, tool.reads, tool.writes);
  const script = scriptOf(first, program, args);
  const inner = depth < deepest ? innerOf(program, args, names, depth) : undefined;
  // What is carried out elsewhere does there what it does; of what is not known, the worst is taken.
  const effect =
    (tool !== undefined && inner?.effect === 'read' ? 'read' : undefined) ??
    optionEffect(program, args) ??
    verb?.effect;
  const system = tool?.system;
  const object =
    tool === undefined || verb === undefined
      ? undefined
      : objectOf(system ?? program, program, args, plain, verb, tool.isNamedFirst === true);
  const call: Call = {
    program,
    args,
    pipesToShell: pipesToShell(command, program, args),
    isCheck: isCheck(command, program, args, plain) || (inner?.isCheck === true && !command.isCondition),
  };
  if (system !== undefined) call.system = system;
  if (effect !== undefined) call.effect = effect;
  if (object !== undefined) call.object = object;
  if (tool === undefined && inner !== undefined) Object.assign(call, inner.main);
  if (script !== undefined) call.script = script;
  if (unwrapped.batch !== undefined) call.batch = unwrapped.batch;
  return call;
}

/** The first word's variable as what it stands for. */
function named(words: readonly ShellWord[], names: ProgramNames): readonly ShellWord[] {
  const [first, ...rest] = words;
  const name = first?.dynamic === true ? /^\$\{?(\w+)\}?$/.exec(first.text)?.[1] : undefined;
  const meant = name === undefined ? undefined : (names.get(name) ?? usualNames.get(name.toLowerCase()));
  if (first === undefined || meant === undefined) return words;
  return [...meant.map((text) => ({ ...first, text, dynamic: false })), ...rest];
}

/** What a command that is carried out elsewhere does: read only if all of it is known to look. */
function innerOf(
  program: string,
  args: readonly ShellWord[],
  names: ProgramNames,
  depth: number,
): { effect: Effect | undefined; isCheck: boolean; main: Pick<Call, 'system' | 'effect' | 'object'> } | undefined {
  const given = handedOn(program, args);
  if (given === undefined || ('text' in given && given.text.length > longestInner)) return undefined;
  const commands = 'text' in given ? readShell(given.text).commands : [{ ...alone, words: given.words }];
  const calls = commands.map((command) => ({ command, call: classify(command, names, depth + 1) }));
  const writes = ({ command, call }: (typeof calls)[number]) =>
    call?.effect === 'write' ||
    command.redirects.some(({ operator, target }) => operator.includes('>') && !/^(?:\/dev\/\w+|\d|-)$/.test(target));
  const looks = ({ call }: (typeof calls)[number]) =>
    call !== undefined && (call.effect === 'read' || (call.effect === undefined && onlyLooks(call.program, call.args)));
  const isWrite = calls.some(writes);
  const effect = isWrite ? 'write' : calls.length > 0 && calls.every(looks) ? 'read' : undefined;
  const main = (calls.find(writes) ?? calls.find(({ call }) => call?.effect !== undefined))?.call;
  return {
    effect,
    isCheck: calls.some(({ call }) => call?.isCheck === true),
    main: {
      ...(main?.system === undefined ? {} : { system: main.system }),
      ...(effect === undefined || main === undefined ? {} : { effect }),
      ...(main?.object === undefined ? {} : { object: main.object }),
    },
  };
}

const longestInner = 4000;
const alone: Omit<ShellCommand, 'words'> = {
  at: 0,
  end: 0,
  within: undefined,
  isCondition: false,
  onFailure: undefined,
  when: [],
  pipedFrom: undefined,
  redirects: [],
};

/** The last part of the path; `$TERRAFORM`, `${KUBECTL_BIN}` and the like go by what their names say. */
function programOf({ text, dynamic }: ShellWord): string {
  const name = text.slice(text.lastIndexOf('/') + 1);
  const variable = dynamic
    ? /^(?:\{\{\s*|\$\{?)([A-Za-z]+)(?:_(?:BIN|CMD|EXE|PATH|bin|cmd))?\s*(?:\}\}|\})?$/.exec(name)?.[1]
    : undefined;
  const known = variable?.toLowerCase();
  return known !== undefined && Object.hasOwn(tools, known) ? known : name;
}

function unwrap(all: readonly ShellWord[]): { words: readonly ShellWord[]; batch: string | undefined } {
  let words = all;
  let batch: string | undefined;
  for (let rounds = 0; rounds < 8; rounds++) {
    // `$SUDO apt install`: scripts that may run as root already.
    const first = (words[0]?.text ?? '').replace(/^\$\{?_?sudo(?:_cmd)?(?::-)?\}?$/i, 'sudo');
    const both = `${first} ${words[1]?.text ?? ''}`;
    const name = Object.hasOwn(wrappers, both) ? both : first;
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (wrapper === undefined) break;
    let index = name === both ? 2 : 1;
    let positional = wrapper.positional ?? 0;
    for (; index < words.length; index++) {
      const text = (words[index] as ShellWord).text;
      if ((name === 'xargs' || name === 'parallel') && /^(?:-P|-j|--max-procs)/.test(text)) batch = name;
      if (wrapper.valued.test(text)) index++;
      else if (text.startsWith('-') || /^[A-Za-z_]\w*=/.test(text)) continue;
      else if (positional > 0) positional--;
      else break;
    }
    // `command -v x` and `exec 2>&1` run nothing.
    if (name === 'command' && /^-[vV]$/.test(words[1]?.text ?? '')) return { words: [], batch };
    // Alone it prints what is set.
    if (name === 'env' && index >= words.length) break;
    words = words.slice(index);
  }
  return { words, batch };
}

function verbOf(plain: readonly string[], reads?: RegExp, writes?: RegExp): Verb | undefined {
  for (let at = 0; at < Math.max(1, Math.min(plain.length, 4)); at++) {
    const sentence = plain.slice(at, at + 6).join(' ');
    const read = reads?.exec(sentence)?.[0];
    const found = read ?? writes?.exec(sentence)?.[0];
    if (found === undefined) continue;
    const words = found.trim() === '' ? [] : found.trim().split(' ');
    return { effect: read === undefined ? 'write' : 'read', at, length: words.length, words };
  }
  return undefined;
}

// Options of ansible-playbook whose value may be a file that is no playbook.
const playbookValued =
  /^(?:-i|--inventory(?:-file)?|-e|--extra-vars|--private-key|--key-file|--vault-password-file|--vault-id)$/;

function scriptOf(first: ShellWord, program: string, args: readonly ShellWord[]): Call['script'] {
  const found = (word: ShellWord | undefined, how: 'calls' | 'includes'): Call['script'] =>
    word === undefined ? undefined : { path: word.text, dynamic: word.dynamic, how, at: word.at };
  const operand = args.find((arg) => !arg.text.startsWith('-'));
  if (program === 'source' || program === '.') return found(operand, 'includes');
  if (shells.test(program) || /^(?:python[\d.]*|node|ruby|perl|pwsh)$/.test(program)) {
    const runsText = args.some((arg) => /^-\w*[cem]$/.test(arg.text));
    return runsText ? undefined : found(operand, 'calls');
  }
  if (program === 'ansible-playbook') {
    // What is only checked or listed is not carried out.
    if (optionEffect(program, args) === 'read') return undefined;
    return found(
      args.find(
        (arg, at) =>
          /\.ya?ml$/.test(arg.text) && !/^[-@]/.test(arg.text) && !playbookValued.test(args[at - 1]?.text ?? ''),
      ),
      'calls',
    );
  }
  const isPath = first.text.includes('/') && !/^\/(?:usr|bin|sbin|opt|etc)\//.test(first.text);
  return isPath && (/\.\w{1,5}$/.test(first.text) || /^\.{1,2}\//.test(first.text)) ? found(first, 'calls') : undefined;
}

function pipesToShell(command: ShellCommand, program: string, args: readonly ShellWord[]): boolean {
  if (!shells.test(program) && !/^(?:python[\d.]*|ruby|perl|node|source|\.|eval)$/.test(program)) return false;
  const downloads = (text: string) => /(?:^|[\s(`"'])(?:curl|wget)\s/.test(text);
  if (command.pipedFrom !== undefined && isDownload(command.pipedFrom)) return true;
  return args.some((arg) => arg.dynamic && downloads(arg.text));
}

/** A download, also through a pipe of filters. */
function isDownload(command: ShellCommand): boolean {
  for (let at: ShellCommand | undefined = command; at !== undefined; at = at.pipedFrom) {
    const [first] = unwrap(at.words).words;
    if (first?.text === 'curl' || first?.text === 'wget') return true;
  }
  return false;
}
