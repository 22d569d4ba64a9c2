/**
 * One row of the table of world-changing commands.
 *
 * A pattern is a list of words that the operands have to begin with. `a|b` is a choice, `*` any operand, `describe-*` a
 * beginning, `*:*` a part, `!s3:*` anything that does not begin so. A word with a dash is an option that has to be given somewhere,
 * `--method=get|GET` with one of these values, `!--method` one that must not be.
 */
export interface Tool {
  readonly tool: string;
  /** Names of the program; `tool` alone where absent. */
  readonly binaries?: readonly string[];
  /** Go's flag package: one dash, long names. */
  readonly go?: true;
  /** Options, wherever they stand, that take the next word as their value. */
  readonly valued?: string;
  /** The options that name targets stand before the verb; behind it the same letters mean something else. */
  readonly leading?: true;
  /** The operands are no verbs: running it at all changes the world. */
  readonly verbless?: true;
  /** What changes the world; everything else reads. Not together with `reads`. */
  readonly mutates?: readonly string[];
  /** What reads, where the verbs that change are too many to list; everything else changes the world. */
  readonly reads?: readonly string[];
  /** For what `reads` leaves open: the first operand behind the first that is in one of the lists decides. */
  readonly verbs?: { readonly reads: string; readonly mutates: string };
  /** What runs a command elsewhere: an effect unless that command only reads. */
  readonly runs?: readonly string[];
  /** With a target of these kinds that is not `local`, everything but `reads` changes the world. */
  readonly elsewhere?: { readonly kinds: readonly string[]; readonly local: string; readonly reads: readonly string[] };
  /** Options (or operands) that make it a rehearsal: `--check`, `--dry-run=client`. Of one option the last one counts. */
  readonly dry?: readonly string[];
  /** How the target is named: kind to options, and to environment variables where those are absent. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Which operand is a target, counted from 0 (-1: the last): kind to index. Of a verbless tool all from there. */
  readonly operandTargets?: Readonly<Record<string, number>>;
}
