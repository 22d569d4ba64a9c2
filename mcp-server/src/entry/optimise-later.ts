import { setFlagsFromString } from 'node:v8';

/** Eight times what the engine has by default, in the words of its versions; newer ones wait by themselves. */
const FLAGS: Record<string, string> = {
  '11.3': '--interrupt-budget=540000',
  '12.4': '--invocation-count-for-turbofan=20000 --invocation-count-for-osr=5000',
};

/**
 * Lets the engine's optimising compiler wait until a function is really hot. It works beside the program, and in one that runs for some
 * seconds over ever other code it takes a quarter to a third of all processor time and gives nothing back (docs/performance.md). For
 * programs that end with their work: the flags hold for the whole process. An engine of another version is left as it is.
 */
export function optimiseLater(engine: string = process.versions.v8): void {
  const flags = FLAGS[/^\d+\.\d+/.exec(engine)?.[0] ?? ''];
  if (flags !== undefined) setFlagsFromString(flags);
}
