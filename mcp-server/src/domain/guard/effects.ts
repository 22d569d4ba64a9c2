import { type Arguments, readArguments } from '../shell/options.ts';
import type { Word } from '../shell/script.ts';
import type { Invocation } from '../shell/walk.ts';
import { toolOf } from './commands.ts';
import { matchAny, matchWord } from './pattern.ts';
import type { Tool } from './tool.ts';

/** One thing that says what a command would change: an inventory, a context, a workspace, an account. */
export interface Target {
  /** As in the table: `inventory`, `host`, `context`, `workspace`, `profile`, ... */
  readonly kind: string;
  /** As written; undefined when only the run would tell. */
  readonly value: string | undefined;
}

/** A command that changes the world, or the rehearsal of one. */
export interface Effect {
  readonly tool: string;
  /** The operands that make it one (`apply`, `state rm`), '' for a verbless tool; undefined when they are dynamic. */
  readonly verb: string | undefined;
  /** What the line says about the target; what it leaves to files and the session's environment is not in here. */
  readonly targets: readonly Target[];
  /** The words, undefined for a dynamic one. */
  readonly argv: readonly (string | undefined)[];
  /** Where it starts, as `Write.path`; undefined when unknown. */
  readonly directory: string | undefined;
  /** Programs that take it somewhere else, with the host or container: no target above is then a local name. */
  readonly places: readonly { readonly program: string; readonly name: string | undefined }[];
}

export interface Judged {
  /** `runs`: an effect if the command that it starts elsewhere does more than read. */
  readonly kind: 'effect' | 'dry-run' | 'runs';
  readonly effect: Effect;
}

const HELP = new Set(['--help', '-help', '-h']);

/** Judges one command by the table; undefined for one without an effect, such as one that the table does not know. */
export function judge(invocation: Invocation): Judged | undefined {
  const tool = invocation.name === undefined ? undefined : toolOf(invocation.name);
  if (tool === undefined) return undefined;
  const style = { valued: tool.valued ?? '', go: tool.go === true };
  const args = readArguments(invocation.argv.slice(1), style);
  const idle = tool.verbless ? args.options.every(({ name }) => /^(?:--version|--help|-h)$/.test(name)) : true;
  if (args.operands.length === 0 && idle) return undefined;
  const asksHelp = (word: Word) =>
    HELP.has(word.text ?? '') &&
    !(word.text === '-h' && (tool.elsewhere !== undefined || tool.valued?.includes('-h ')));
  const targets = targetsOf(tool, invocation, args);
  const taken = judgeOperands(tool, args, targets);
  if (taken === undefined) return undefined;
  const before =
    args.afterDashes === undefined ? invocation.argv : invocation.argv.slice(0, -args.afterDashes.length - 1);
  if (before.some(asksHelp)) return undefined;
  const effect: Effect = {
    tool: tool.tool,
    verb: taken.operands === 0 ? '' : verbOf(args.operands.slice(0, taken.operands)),
    targets,
    argv: invocation.argv.map((word) => word.text),
    directory: invocation.directory,
    places: invocation.places.map(({ program, name }) => ({ program, name: name?.text })),
  };
  if (rehearses(tool, args)) return { kind: 'dry-run', effect };
  return { kind: taken.runs ? 'runs' : 'effect', effect };
}

const GROUPS = /^(?:compose|container|image|volume|network|system|builder|buildx|context)$/;

interface Taken {
  readonly operands: number;
  readonly runs?: true;
}

/** How many operands make it an effect; undefined when they make none. */
function judgeOperands(tool: Tool, args: Arguments, targets: readonly Target[]): Taken | undefined {
  const { operands } = args;
  const runs = matchAny(tool.runs ?? [], args);
  if (runs?.match === 'yes') return { operands: runs.operands, runs: true };
  if (tool.reads !== undefined && matchAny(tool.reads, args)?.match === 'yes') return undefined;
  if (tool.verbless) return { operands: 0 };
  if (tool.verbs !== undefined) return judgeVerbs(tool.verbs, args);
  if (tool.mutates === undefined) return { operands: Math.min(2, operands.length) };
  const mutates = matchAny(tool.mutates, args);
  if (mutates !== undefined) return { operands: mutates.operands };
  const { elsewhere } = tool;
  if (elsewhere === undefined || matchAny(elsewhere.reads, args)?.match === 'yes') return undefined;
  const away = targets.some(
    ({ kind, value }) => elsewhere.kinds.includes(kind) && (value === undefined || !isOneOf(elsewhere.local, value)),
  );
  if (!away) return undefined;
  return { operands: Math.min(GROUPS.test(operands[0]?.text ?? '') ? 2 : 1, operands.length) };
}

function judgeVerbs(verbs: NonNullable<Tool['verbs']>, { operands, certain }: Arguments): Taken | undefined {
  for (const [at, word] of operands.entries()) {
    if (at === 0) continue;
    // What may be an option's value is no verb: `--level show`.
    if (at >= certain && certain > 0) return { operands: certain };
    if (word.text === undefined || matchWord(verbs.mutates, word) === 'yes') return { operands: at + 1 };
    if (matchWord(verbs.reads, word) === 'yes') return undefined;
  }
  if (operands.length === 1 && operands[0]?.text !== undefined && matchWord(verbs.reads, operands[0]) === 'yes')
    return undefined;
  return { operands: operands.length };
}

function isOneOf(choices: string, value: string): boolean {
  return choices
    .split('|')
    .some((choice) => (choice.endsWith('*') ? value.startsWith(choice.slice(0, -1)) : value === choice));
}

function verbOf(operands: readonly Word[]): string | undefined {
  const texts = operands.map((word) => word.text);
  return texts.includes(undefined) ? undefined : texts.join(' ');
}

function rehearses(tool: Tool, args: Arguments): boolean {
  for (const dry of tool.dry ?? []) {
    const equals = dry.indexOf('=');
    const name = equals < 0 ? dry : dry.slice(0, equals);
    if (args.operands.some((word) => word.text === dry)) return true;
    const last = args.options.findLast((option) => option.name === name || option.name === `--no-${name.slice(2)}`);
    if (last === undefined || last.name !== name) continue;
    // `--dry-run=$X` is none: it may say `none`.
    if (
      equals < 0
        ? last.value === undefined || tool.valued?.split(' ').includes(name)
        : last.value?.text === dry.slice(equals + 1)
    ) {
      return true;
    }
  }
  return false;
}

function targetsOf(tool: Tool, invocation: Invocation, args: Arguments): Target[] {
  const targets: Target[] = [];
  const style = { valued: tool.valued ?? '', leading: true };
  const options = tool.leading ? readArguments(invocation.argv.slice(1), style).options : args.options;
  for (const [kind, names] of Object.entries(tool.targets ?? {})) {
    const all = names.split(' ');
    const given = options.filter((option) => option.name.startsWith('-') && all.includes(option.name));
    for (const { value } of given) for (const target of valuesOf(kind, value?.text)) targets.push(target);
    if (given.length > 0) continue;
    for (const name of all) {
      const value = name.startsWith('-') ? undefined : invocation.environment(name);
      if (value === undefined) continue;
      for (const target of valuesOf(kind, value.text)) targets.push(target);
    }
  }
  for (const [kind, index] of Object.entries(tool.operandTargets ?? {})) {
    const from = index < 0 ? args.operands.length + index : index;
    const named = args.operands.slice(from, tool.verbless ? undefined : from + 1);
    for (const word of named) targets.push({ kind, value: word.text });
  }
  return targets;
}

/** An inventory with a comma is a list of hosts (`-i web1,web2`, `-i web1,`), not a file. */
function valuesOf(kind: string, value: string | undefined): Target[] {
  if (kind !== 'inventory' || value?.includes(',') !== true) return [{ kind, value }];
  const hosts = value.split(',').map((host) => host.trim());
  return hosts.filter((host) => host !== '').map((host) => ({ kind: 'host', value: host }));
}
