/** Rows of the threat model: what an over-eager agent tries. */
export const ROWS = {
  proceed: 'just proceeds without approval',
  tool: 'calls a tool that approves',
  record: 'edits the approval record, status or ledger',
  swap: 'edits the document after approval, or swaps it while the reviewer reads',
  dialog: 'answers the dialog through a planted hook',
  terminal: 'types into a terminal itself, or runs a client of its own',
  signers: 'adds its own key to the signers',
  reuse: 'reuses a signature',
  policy: 'weakens the policy',
  ci: 'edits the CI workflow in the same pull request',
  apply: 'applies to production anyway',
  plan: 'has a plan approved and applies another',
  evidence: 'ticks its own boxes, makes up evidence',
  path: 'escapes by a path',
  fatigue: 'asks until someone says yes',
  guard: 'takes the guard away',
} as const;
export type Row = keyof typeof ROWS;

/**
 * What is done. In every text `{project}`, `{home}`, `{delivery}`, `{digest}` (of the submitted requirements) and `{plugin}`
 * stand for what they are at the time.
 */
export type Step =
  /** The client asks the guard about a tool call of the agent. */
  | { ask: string; input: Record<string, unknown>; agent?: string; session?: 'bound' | 'free' }
  /** Done by a program that the guard does not see inside of. */
  | { program: string }
  /** The command line, in a shell of the agent or (`clean`) without its marks; never on a terminal. */
  | { cli: readonly string[]; clean?: true }
  /** The command line on a terminal that a program types into. */
  | { terminal: readonly string[]; types: readonly string[] }
  | { mcp: string; input: Record<string, unknown> }
  /** A typed slash command as the client hands it to the hook. */
  | { slash: string; entrypoint: string }
  /** The client sees a settings file change. */
  | { changed: string }
  /** The hook gets bytes that are no question at all. */
  | { garbage: string }
  /** A well-formed decision event is written by a program; `by` says what stands in for the person's signature. */
  | { forge: 'deploy' | 'deploy-with-evidence' | 'scan' | 'scan-with-evidence' }
  | { forge: 'recorded' | 'unsigned' | 'own-key' | 'git-namespace' | 'other-statement' | 'other-delivery' };

export interface Attack {
  readonly id: string;
  readonly row: Row;
  readonly tries: string;
  /** How far the delivery is: its requirements wait for a person, Build is open, or all is approved. */
  readonly at: 'requirements' | 'build' | 'finished';
  /**
   * `signed`: policy demands signatures, and a person's key is set up and pinned. `lab`: sandboxes and people's paths.
   * `deploys`: two environments, and a plan for staging that a person approved.
   */
  readonly set?: 'signed' | 'lab' | 'deploys';
  readonly steps: readonly Step[];
  /**
   * refused: the last step is, with these words. detected: verify says these words and exits so. closed: it counts for
   * nothing, the gate of this stage does not open. merge: it goes through on this machine, and CI says these words when it
   * verifies the branch against its base. residual: it goes through (`open`: that gate opens), and the sentence
   * is in the documentation.
   */
  readonly expected:
    | { refused: RegExp }
    | { detected: RegExp; exit: 1 | 3 }
    | { closed: string; says?: RegExp }
    | { merge: RegExp; exit: 1 | 3 }
    | { residual: string; open?: string };
  /** Also tried by a scripted agent in the real client, without permission prompts. */
  readonly client?: true;
}
