export type FindingSeverity = 'error' | 'warning' | 'info';

/** One result of a check: what is wrong, where, and how to put it right. */
export interface Finding {
  /** Id of the rule, stable. */
  rule: string;
  severity: FindingSeverity;
  /** File, relative to the project or to the delivery's folder. */
  path: string;
  /** Counted from 1. */
  line: number;
  message: string;
  /** What to do about it. */
  fix: string;
}

/** Orders findings by place, for people and for equal bytes. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

export const errorsIn = (findings: readonly Finding[]) => findings.filter((finding) => finding.severity === 'error');
