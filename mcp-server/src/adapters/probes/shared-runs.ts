import { type NotRun, type Ran, runCommand } from './command.ts';

/** Runs a program, or waits for the same run that somebody else began. */
export type Run = typeof runCommand;

/**
 * Programs of one look around: two probes that ask the same program the same thing in the same environment share one run, since
 * starting the programs is what takes the time. Each asks for what it needs and stays right without the other.
 */
export function sharedRuns(): Run {
  const begun = new Map<string, Promise<Ran | NotRun>>();
  return async (argv, env, signal, nice) => {
    const key = JSON.stringify([argv, Object.entries(env).sort()]);
    const before = begun.get(key);
    const ran = await (before ?? remember(begun, key, runCommand(argv, env, signal, nice)));
    // Somebody else's time may be up before this one's.
    const cutShort = before !== undefined && 'why' in ran && ran.why === 'stopped' && !signal.aborted;
    return cutShort ? runCommand(argv, env, signal, nice) : ran;
  };
}

function remember<T>(into: Map<string, T>, key: string, value: T): T {
  into.set(key, value);
  return value;
}
