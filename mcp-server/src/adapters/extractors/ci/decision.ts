import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { addPlace } from '../places.ts';

const longestCondition = 300;

/** Conditions that a file has stated so far: one fact each, with every place it stands in. */
const known = new WeakMap<FileBuilder, Map<string, Fact>>();

/** A condition decides whether a job or step runs, which therefore depends on it. */
export function decisionFact(
  file: FileBuilder,
  decides: Fact,
  text: string,
  at: Span,
  rule = 'condition',
  givenNameFrom?: string,
): void {
  const trimmed = text.trim();
  const name = trimmed.replace(/\s+/g, ' ').slice(0, longestCondition).trim();
  if (name === '') return;
  const { scope } = decides;
  const decisions = known.get(file) ?? new Map<string, Fact>();
  known.set(file, decisions);
  const key = `${scope}\n${name}`;
  const before = decisions.get(key);
  const nameFrom = givenNameFrom ?? (trimmed.includes('\n') ? 'lines joined' : undefined);
  if (before === undefined)
    decisions.set(key, file.fact({ kind: 'decision', scope, name, at, attributes: { rule, nameFrom } }));
  else addPlace(before, at);
  file.refer(decides, 'depends-on', { by: 'name', kinds: ['decision'], name, scope }, at);
}
