import type { Attributes } from '../../../domain/extract/build.ts';
import { type Call, classify, type ProgramNames } from './classify.ts';
import { isHarmless } from './harmless.ts';
import { oneLine, readShell } from './read.ts';
import type { ShellCommand, ShellScript } from './script.ts';
import { shells, tools } from './tools.ts';

/** A command of a script with what it is. */
interface ClassifiedCommand {
  command: ShellCommand;
  call: Call;
}

/** Shell text that was read and classified, ready to be summarised and said. */
export interface ShellReading {
  script: ShellScript;
  calls: readonly ClassifiedCommand[];
}

/** Reads shell text from anywhere: a script, a `run:` block, a task, a recipe. Pure and total. */
export function readCommands(text: string): ShellReading {
  const script = readShell(text);
  const names = programNames(script);
  const calls = script.commands.flatMap((command) => {
    const call = classify(command, names);
    return call === undefined ? [] : [{ command, call }];
  });
  // What another program takes in is fetched for it, and no test of whether it is there.
  const byCommand = new Map(calls.map(({ command, call }) => [command, call]));
  for (const { command, call } of calls) {
    const from = command.pipedFrom === undefined ? undefined : byCommand.get(command.pipedFrom);
    if (from !== undefined && /^(?:curl|wget)$/.test(from.program) && !isHarmless(call.program, call.args))
      from.isCheck = false;
  }
  return { script, calls };
}

/** Variables that are only ever set to one known program with its first words, by their names. */
function programNames({ assignments }: ShellScript): ProgramNames {
  const names = new Map<string, readonly string[]>();
  const other = new Set<string>();
  for (const { name, value } of assignments) {
    // More options for the same program.
    if (/^["']?\$\{?(\w+)\}? /.exec(value)?.[1] === name) continue;
    // `"docker compose --ansi never"`, `${OPENSTACK:-openstack}`, `"redis-cli -h $HOST"`.
    const found = /^(["']?)(?:([\w./-]+(?: [^"'`;|&<>()]*)?)|\$\{\w+:?-([\w./-]+(?: [^"'`;|&<>(){}]*)?)\})\1$/.exec(
      value,
    );
    const text = found?.[2] ?? found?.[3];
    const words = text?.trim().split(/\s+/) ?? [];
    const program = words[0] ?? '';
    if (!Object.hasOwn(tools, program)) other.add(name);
    else if (!names.has(name)) names.set(name, words);
    else if (tools[program]?.system !== tools[names.get(name)?.[0] ?? '']?.system) other.add(name);
  }
  for (const name of other) names.delete(name);
  return names;
}

/** The attributes that gap rules read, of the step that runs the text as a whole: a write anywhere makes it a write. */
export function summarise({ script, calls }: ShellReading): Attributes {
  const writes = calls.filter(({ call }) => call.effect === 'write');
  const reads = calls.filter(({ call }) => call.effect === 'read');
  const main = writes[0] ?? reads[0];
  const last = calls.at(-1)?.command;
  return {
    effect: writes.length > 0 ? 'write' : reads.length > 0 ? 'read' : undefined,
    object: main?.call.object,
    pipesToShell: calls.some(({ call }) => call.pipesToShell) || undefined,
    // What decides is the step that writes, else the last one, which gives the exit code.
    ignoresErrors: (writes[0]?.command ?? last)?.onFailure === 'ignored' || undefined,
    handlesErrors: strictness(script, calls).handlesErrors,
  };
}

/** How a script takes errors: `set` options and traps. */
export function strictness(
  script: ShellScript,
  calls: ShellReading['calls'],
): { options: string[]; handlesErrors?: true } {
  const options = new Set<string>();
  let isTrapped = false;
  for (const { call } of calls) {
    const words = call.args.map((arg) => arg.text);
    if (call.program === 'trap' && /^(?:ERR|EXIT|0)$/.test(words.at(-1) ?? '') && words.length > 1 && words[0] !== '-')
      isTrapped = true;
    if (call.program !== 'set') continue;
    for (const [index, word] of words.entries()) {
      if (/^-[a-z]*e/.test(word)) options.add('errexit');
      if (/^-[a-z]*u/.test(word)) options.add('nounset');
      if (word === '-o' || /^-[a-z]*o$/.test(word)) options.add(words[index + 1] ?? '');
    }
  }
  if (/^#!.*\s-\w*e/.test(oneLine(script.text))) options.add('errexit');
  options.delete('');
  return options.has('errexit') || isTrapped
    ? { options: [...options].sort(), handlesErrors: true }
    : { options: [...options].sort() };
}

/** True for text that a POSIX-like shell reads: by its interpreter line. */
export function isShellInterpreter(firstLine: string): boolean {
  const match = /^#!\s*\S*?(?:env\s+(?:-S\s+)?)?([\w.-]+)(?:\s|$)/.exec(firstLine);
  return match?.[1] !== undefined && shells.test(match[1]);
}
