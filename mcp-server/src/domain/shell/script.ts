/** A piece of a word: text that stays as it is, or something the shell replaces when it runs. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly quoted: boolean;
      /** `$@`, `${a[@]}`: every element a word of its own. */
      readonly all: boolean;
      /** The static default of `${name:-default}`. */
      readonly fallback: string | undefined;
    }
  | ({
      readonly kind: 'commands';
      readonly quoted: boolean;
      readonly as: 'output' | 'input-file' | 'output-file';
    } & Range)
  | { readonly kind: 'other'; readonly quoted: boolean };

/** Indices into `Script.commands`, `to` excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Word {
  readonly segments: readonly Segment[];
  /** The word after quote removal, when nothing in it is replaced at run time; undefined for a dynamic word. */
  readonly text: string | undefined;
  /** The literal text before the first and after the last dynamic segment; both are `text` for a static word. */
  readonly prefix: string;
  readonly suffix: string;
  /** Unquoted `*`, `?` or `[`: file names may stand in its place. */
  readonly pattern: boolean;
}

export interface Assignment {
  readonly name: string;
  /** One word; for an array or a `for` loop as many as there are. */
  readonly values: readonly Word[];
  readonly kind: 'scalar' | 'append' | 'array' | 'loop';
}

export interface Redirect {
  readonly operator: '<' | '<>' | '<&' | '<<' | '<<-' | '<<<' | '>' | '>>' | '>|' | '>&' | '&>' | '&>>';
  /** The file descriptor's digits or `{name}` before the operator. */
  readonly fd: string | undefined;
  /** The file, descriptor, here-string text or here-document delimiter. */
  readonly target: Word;
  /** The text of a here-document. */
  readonly body: Word | undefined;
}

/** One simple command of the line; compound commands appear as the simple commands in them. */
export interface Command {
  /** Empty for pure assignments, loop headers, and the redirections behind a group. */
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** The commands whose output this one reads through a pipe. */
  readonly pipedFrom: Range | undefined;
  readonly within: 'list' | 'substitution' | 'process-substitution';
  /** The command in one of whose words this one stands. */
  readonly owner: number | undefined;
  /** The (sub)shell it runs in, an index into `Script.shells`. */
  readonly shell: number;
  /** It may not run though the line does: a branch, a loop, a function's body, the right side of `||`. */
  readonly conditional: boolean;
  /** Right of `&&`: it runs only if what stands before it in its list succeeds. */
  readonly chained: boolean;
  /** Commands joined by `&&` and `||` share a number. */
  readonly list: number;
  /** For the redirections behind a group: the commands in the group. */
  readonly covers: Range | undefined;
}

export interface Script {
  readonly commands: readonly Command[];
  /** The parent of each shell; the first is its own. */
  readonly shells: readonly number[];
  /** Something was unbalanced or beyond the bounds: `commands` is what could be read. */
  readonly incomplete: boolean;
}
