/** What came of asking for a decision. */
export interface Submitted {
  delivery: string;
  about: string;
  /** Null when something blocks. */
  digest: string | null;
  round: number;
  findings: { path: string; line: number; message: string; fix: string }[];
}
