import type { Evidence, Skipped } from '../extract/contract.ts';

/** One value of what a tool was given or gave back: where it stands in it, and its text, redacted and bounded. */
export interface Leaf {
  /** `body.vlan.id`, `hosts[0]`; of a command line the option before the word, or its place. */
  path: string;
  value: string;
  /** The name promises a secret; the value is not kept. */
  secret?: true;
}

/** One use of a tool. */
export interface Call {
  tool: string;
  /** What a command line or request does, in words that stay the same between runs; '' for any other tool. */
  label: string;
  effect: 'read' | 'write' | undefined;
  input: readonly Leaf[];
  output: readonly Leaf[];
  failed: boolean;
  /** What the tool said when it failed, one line. */
  error?: string;
  /** The client cut the output; what is missing is unknown. */
  cut: boolean;
  /** Where the use stands, and the answer. */
  at: Evidence;
  /** Name or id of the agent below the main one that made it. */
  agent?: string;
}

/** Where a person stepped in. */
export interface Intervention {
  /** asked: the agent asked. said: the person wrote unasked. refused: a call was not allowed. stopped: the run was interrupted. */
  kind: 'asked' | 'said' | 'refused' | 'stopped';
  /** One line, redacted. */
  text: string;
  /** How many calls were made before. */
  after: number;
  at: Evidence;
}

/** One session of an agent, from its first to its last record. */
export interface Run {
  id: string;
  /** What the session was for, where the record names it: the agent, the automation, the job. */
  job: string | undefined;
  /** The first thing that the person wrote, one line, redacted. */
  prompt: string | undefined;
  /** Inputs that the record declares. */
  inputs: readonly Leaf[];
  /** Where it declares them. */
  inputsAt?: Evidence;
  calls: readonly Call[];
  interventions: readonly Intervention[];
  /** Tools that the agent could have used, as far as the record lists them. */
  offered: readonly string[];
  /** From the first to the last line of the session in its file. */
  at: Evidence;
  /** The session says itself that it failed. */
  failed: boolean;
}

export interface Reading {
  runs: Run[];
  skipped: Skipped[];
}
