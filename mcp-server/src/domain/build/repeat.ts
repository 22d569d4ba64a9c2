import { type Expectation, type RunOutcome, readExpectation, unmet } from './expect.ts';

/** What a second run of the same command has to be: any expectation, or that it changes nothing. */
export type Repeat = Expectation | { kind: 'unchanged' };

/** The forms people can write, for messages. */
export const REPEAT_FORMS = ['again changes nothing', 'again and any of these'] as const;

/** Reads `again ...`; undefined for what is none. */
export function readRepeat(text: string): Repeat | undefined {
  const rest = /^again\s+(.+)$/is.exec(text)?.[1];
  if (rest === undefined) return undefined;
  return /^changes nothing$/i.test(rest) ? { kind: 'unchanged' } : readExpectation(rest);
}

/** What programs say of changes that they made: the first group is a number, or no group where the line says enough. */
const REPORTED: readonly { program: string; changed: RegExp }[] = [
  { program: 'Ansible', changed: /^\S.*: ok=\d+\s+changed=0*[1-9]\d*\s/m },
  { program: 'Terraform', changed: /Resources: (?!0 added, 0 changed, 0 destroyed)\d+ added/ },
  { program: 'Terraform', changed: /^Plan: (?!0 to add, 0 to change, 0 to destroy)\d+ to add/m },
  { program: 'kubectl', changed: /^[a-z][\w.-]*\/\S+ (?:created|configured|patched|deleted)(?: \(.*\))?$/m },
];

/** The same for another program that runs them: as one regular expression. */
export const REPORTED_CHANGE = REPORTED.map(({ changed }) => changed.source).join('|');

/**
 * What a second run does not meet, as sentences. That it changes nothing means: it ends as the first one did, no file of the
 * project is another, and its own report names no change.
 *
 * @param moved files of the project that are not what they were before the second run
 */
export function unmetAgain(
  repeats: readonly Repeat[],
  first: Pick<RunOutcome, 'exit'>,
  second: RunOutcome,
  moved: readonly string[],
): string[] {
  const expected = repeats.flatMap((one) => (one.kind === 'unchanged' ? [] : [one]));
  // What it has to end with is that of the first run, unless it says so itself.
  const asFirst: Expectation[] =
    first.exit === null || expected.some((one) => one.kind === 'exit') ? [] : [{ kind: 'exit', code: first.exit }];
  const failures = unmet([...asFirst, ...expected], second);
  if (repeats.some((one) => one.kind === 'unchanged')) {
    if (moved.length > 0) failures.push(`it changed ${moved.slice(0, 5).join(', ')}`);
    const reporting = REPORTED.find(({ changed }) => changed.test(second.stdout));
    if (reporting !== undefined) failures.push(`${reporting.program} reports a change`);
  }
  return failures.map((failure) => `second run: ${failure}`);
}
