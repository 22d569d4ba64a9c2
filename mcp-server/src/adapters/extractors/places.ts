import type { Span } from '../../domain/extract/build.ts';
import type { Fact } from '../../domain/extract/contract.ts';

/** One more place of the same file where a fact stands; the place it was last seen at is not repeated. */
export function addPlace(fact: Fact, at: Span): void {
  const last = fact.evidence.at(-1);
  const endLine = at.endLine ?? at.line;
  if (last === undefined || (last.line === at.line && last.endLine === endLine)) return;
  fact.evidence.push({ path: last.path, line: at.line, endLine });
}
