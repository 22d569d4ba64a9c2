/** One thing a command check expects. */
export type Expectation =
  | { kind: 'exit'; code: number }
  | { kind: 'contains'; stream: 'stdout' | 'stderr'; text: string }
  | { kind: 'matches'; stream: 'stdout' | 'stderr'; pattern: string; flags: string }
  | { kind: 'file-exists'; path: string }
  | { kind: 'file-contains'; path: string; text: string };

/** The forms people can write, for messages and for documentation. */
export const EXPECT_FORMS = [
  'exit 0',
  'stdout contains TEXT',
  'stdout matches /REGEX/',
  'stderr contains TEXT',
  'file PATH exists',
  'file PATH contains TEXT',
] as const;

/** Reads one expectation; undefined for what is none of the forms. */
export function readExpectation(text: string): Expectation | undefined {
  const exit = /^exit (?:code )?(\d{1,3})$/i.exec(text);
  if (exit !== null) return { kind: 'exit', code: Number(exit[1]) };
  const stream = /^(stdout|stderr) (contains|matches) (.+)$/is.exec(text);
  if (stream !== null) {
    const name = stream[1]!.toLowerCase() as 'stdout' | 'stderr';
    if (stream[2]!.toLowerCase() === 'contains') return { kind: 'contains', stream: name, text: unquote(stream[3]!) };
    const regex = /^\/(.+)\/([imsu]*)$/s.exec(stream[3]!);
    if (regex === null || !compiles(regex[1]!, regex[2]!)) return undefined;
    return { kind: 'matches', stream: name, pattern: regex[1]!, flags: regex[2]! };
  }
  const file = /^file (\S+) (exists|contains (.+))$/is.exec(text);
  if (file === null) return undefined;
  return file[3] === undefined
    ? { kind: 'file-exists', path: file[1]! }
    : { kind: 'file-contains', path: file[1]!, text: unquote(file[3]) };
}

function unquote(text: string): string {
  return /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text;
}

function compiles(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

/** What a run produced, as far as expectations look at it. */
export interface RunOutcome {
  exit: number | null;
  stdout: string;
  stderr: string;
  /** Text of the files that expectations name; undefined for one that is not there. */
  files: ReadonlyMap<string, string | undefined>;
}

/** The expectations that a run does not meet, as sentences. Without an exit expectation, exit 0 is expected. */
export function unmet(expectations: readonly Expectation[], run: RunOutcome): string[] {
  const all = expectations.some((one) => one.kind === 'exit')
    ? expectations
    : [{ kind: 'exit', code: 0 } as const, ...expectations];
  return all.flatMap((one) => (holds(one, run) ? [] : [sentence(one, run)]));
}

function holds(expectation: Expectation, run: RunOutcome): boolean {
  switch (expectation.kind) {
    case 'exit':
      return run.exit === expectation.code;
    case 'contains':
      return run[expectation.stream].includes(expectation.text);
    case 'matches':
      return new RegExp(expectation.pattern, expectation.flags).test(run[expectation.stream]);
    case 'file-exists':
      return run.files.get(expectation.path) !== undefined;
    case 'file-contains':
      return run.files.get(expectation.path)?.includes(expectation.text) ?? false;
  }
}

function sentence(expectation: Expectation, run: RunOutcome): string {
  switch (expectation.kind) {
    case 'exit':
      return `expected exit ${expectation.code}, got ${run.exit ?? 'no exit (ended by a signal or the time limit)'}`;
    case 'contains':
      return `${expectation.stream} does not contain ${JSON.stringify(expectation.text)}`;
    case 'matches':
      return `${expectation.stream} does not match /${expectation.pattern}/${expectation.flags}`;
    case 'file-exists':
      return `file ${expectation.path} is not there`;
    case 'file-contains':
      return `file ${expectation.path} does not contain ${JSON.stringify(expectation.text)}`;
  }
}
