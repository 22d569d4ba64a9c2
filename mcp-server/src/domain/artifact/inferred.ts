import { inferredBy } from './fields.ts';

/** The lines that carry the mark `(inferred: reason)`; approving confirms them (docs/artifacts.md). */
export function inferredStatements(text: string): { line: number; text: string }[] {
  return text
    .split('\n')
    .flatMap((line, at) => (inferredBy(line) === undefined ? [] : [{ line: at + 1, text: line.trim() }]));
}
