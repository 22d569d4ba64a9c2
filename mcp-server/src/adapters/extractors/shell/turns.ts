import { append } from '../../../domain/extract/story/fact-graph.ts';
import type { ShellReading } from './reading.ts';
import type { ShellCommand } from './script.ts';

export interface Turns {
  /** Undefined where the script runs in the order in which it is written. */
  order: ReadonlyMap<ShellCommand, number> | undefined;
  /** What has to hold for a function's commands to run, of whoever calls it; only what is called in one place is known by it. */
  inherited: ReadonlyMap<string, readonly string[]>;
}

const none: Turns = { order: undefined, inherited: new Map() };

/**
 * The turn of each command as the script runs: what a function holds comes where the function is first called, what a trap
 * calls and what nothing calls comes last.
 * Linear: each command is looked at once.
 */
export function turnsOf({ script, calls }: ShellReading): Turns {
  if (script.functions.length === 0) return none;
  const held = new Map<string | undefined, ShellCommand[]>();
  for (const command of script.commands) append(held, command.within, command);
  const names = new Set(script.functions.map(({ name }) => name));
  const trapped = new Set(
    calls.flatMap(({ call }) => (call.program === 'trap' ? (/^[\w-]+/.exec(call.args[0]?.text ?? '')?.[0] ?? []) : [])),
  );
  const programs = new Map(calls.map(({ command, call }) => [command, call]));
  const calledBy = (command: ShellCommand) => {
    const call = programs.get(command);
    if (call === undefined || !names.has(call.program)) return [];
    // `retry_with deploy`: a function may be handed to another.
    return [call.program, ...call.args.map(({ text }) => text)].filter((word) => names.has(word));
  };
  const turns = new Map<ShellCommand, number>();
  const entered = new Set<string>();
  const run = (start: readonly ShellCommand[]) => {
    const waiting = [...start].reverse();
    for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
      turns.set(command, turns.size + 1);
      for (const name of calledBy(command).reverse())
        if (!entered.has(name) && !trapped.has(name)) {
          entered.add(name);
          waiting.push(...(held.get(name) ?? []).slice().reverse());
        }
    }
  };
  run(held.get(undefined) ?? []);
  const callers = new Map<string, ShellCommand[]>();
  for (const command of script.commands) for (const name of calledBy(command)) append(callers, name, command);
  const left = script.functions.map(({ name }) => name);
  const last = [
    ...left.filter((name) => !callers.has(name) && !trapped.has(name)),
    ...left.filter((name) => callers.has(name) && !trapped.has(name)),
    ...left.filter((name) => trapped.has(name)),
  ];
  for (const name of last)
    if (!entered.has(name)) {
      entered.add(name);
      run(held.get(name) ?? []);
    }
  const inText = [...turns.keys()];
  const isWritten = inText.every((command, at) => at === 0 || inText[at - 1]!.at <= command.at);
  return { order: isWritten ? undefined : turns, inherited: inheritedBy(left, callers, trapped) };
}

/** Conditions of the one call of each function, and what that function was called under. */
function inheritedBy(
  names: readonly string[],
  callers: ReadonlyMap<string, readonly ShellCommand[]>,
  trapped: ReadonlySet<string>,
): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const name of names) {
    // Up to whoever calls first, then down again: chains may be long.
    const chain: string[] = [];
    for (let at: string | undefined = name; at !== undefined && !found.has(at); ) {
      chain.push(at);
      found.set(at, []);
      const calls: readonly ShellCommand[] = callers.get(at) ?? [];
      at = calls.length === 1 ? calls[0]?.within : undefined;
    }
    for (const one of chain.reverse()) {
      const calls = callers.get(one) ?? [];
      const [call] = calls;
      if (call === undefined) found.set(one, trapped.has(one) ? [] : [`something calls the function ${one}`]);
      else if (calls.length === 1)
        found.set(one, [...(call.within === undefined ? [] : (found.get(call.within) ?? [])), ...call.when].slice(-4));
    }
  }
  return found;
}
