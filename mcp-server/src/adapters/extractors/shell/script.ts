/** What a shell text says, by offset; the shape that facts and summaries are made from. */

export interface ShellWord {
  /** Without its quotes; what the shell would replace stays as written. */
  text: string;
  /** Something in it is replaced when it runs. */
  dynamic: boolean;
  at: number;
  end: number;
}

export interface ShellCommand {
  /** Assignments and redirections are not among the words. */
  words: readonly ShellWord[];
  at: number;
  end: number;
  /** The function whose body holds it. */
  within: string | undefined;
  /** It is (part of) the condition of an if, while or until. */
  isCondition: boolean;
  /** What happens when it fails, as far as `||` says. */
  onFailure: 'ignored' | 'handled' | undefined;
  /** The branches of if, case, && and || that it stands in, outermost first: what has to hold for it to run. */
  when: readonly string[];
  /** The command whose output it reads through a pipe. */
  pipedFrom: ShellCommand | undefined;
  /** Its input or output is redirected from or to these files, as written. */
  redirects: readonly { operator: string; target: string }[];
}

interface Placed {
  at: number;
  end: number;
}

export interface ShellFunction extends Placed {
  name: string;
}

export interface ShellDecision extends Placed {
  /** The condition or the word of a case, as written, on one line. */
  text: string;
  kind: 'if' | 'case';
  /** Patterns of a case. */
  patterns: readonly { text: string; at: number }[];
}

export interface ShellLoop extends Placed {
  text: string;
  kind: 'for' | 'while' | 'until' | 'select';
}

/** One `$x`, `${x}` or `${x:-y}`. */
export interface ShellParameter extends Placed {
  name: string;
  operator: string | undefined;
  /** What stands behind the operator, as written. */
  operand: string | undefined;
  within: string | undefined;
}

export interface ShellAssignment extends Placed {
  name: string;
  /** As written. */
  value: string;
  within: string | undefined;
}

export interface ShellScript {
  text: string;
  commands: readonly ShellCommand[];
  functions: readonly ShellFunction[];
  decisions: readonly ShellDecision[];
  loops: readonly ShellLoop[];
  parameters: readonly ShellParameter[];
  assignments: readonly ShellAssignment[];
  /** Offsets where the shell's grammar was not met; what stands around them was read. */
  errors: readonly number[];
}
