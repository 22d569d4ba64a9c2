import { groupBy } from '../group.ts';
import { type Piece, type Unit, unitsOf } from './units.ts';

export type ChangeKind = 'ADDED' | 'MODIFIED' | 'REMOVED';

/** One sentence, field, row or block of code that is different. */
export interface PieceChange {
  /** Null where there was none before. */
  before: string | null;
  /** Null where there is none any more. */
  after: string | null;
  /** Line in the text as it is now, else as it was. */
  line: number;
}

/** One entry or section whose meaning moved. */
export interface UnitChange {
  change: ChangeKind;
  /** An id such as `REQ-3`, or the section's headings. */
  key: string;
  entry: boolean;
  title: string;
  line: number;
  pieces: PieceChange[];
}

/**
 * What changed between two texts of one artifact: by id, by sentence and by table row. Text that moved within its section
 * or entry, was wrapped anew or set off differently by white space is not a change; an entry that moved to another section
 * is. Takes time in proportion to the texts.
 */
export function deltaOf(before: string, after: string): UnitChange[] {
  if (before === after) return [];
  const [old, now] = [unitsOf(before), unitsOf(after)];
  const changes: UnitChange[] = [];
  for (const unit of now.values()) {
    const known = old.get(unit.key);
    const pieces = known === undefined ? unit.pieces.map((piece) => added(piece)) : compare(known, unit);
    if (known === undefined || pieces.length > 0)
      changes.push({ change: known === undefined ? 'ADDED' : 'MODIFIED', ...facts(unit), pieces });
  }
  for (const unit of old.values())
    if (!now.has(unit.key)) changes.push({ change: 'REMOVED', ...facts(unit), pieces: unit.pieces.map(removed) });
  return changes;
}

const facts = ({ key, entry, title, line }: Unit) => ({ key, entry, title, line });
const added = ({ text, line }: Piece): PieceChange => ({ before: null, after: text, line });
const removed = ({ text, line }: Piece): PieceChange => ({ before: text, after: null, line });

function compare(old: Unit, now: Unit): PieceChange[] {
  const changes = pair(without(old.pieces, now.pieces), without(now.pieces, old.pieces));
  if (old.within !== now.within)
    changes.unshift({ before: `in ${old.within}`, after: `in ${now.within}`, line: now.line });
  return changes;
}

/** The pieces that have no equal in the other list, each equal used once. */
function without(pieces: readonly Piece[], other: readonly Piece[]): Piece[] {
  const left = new Map<string, number>();
  for (const { text } of other) left.set(text, (left.get(text) ?? 0) + 1);
  return pieces.filter(({ text }) => {
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    return count === 0;
  });
}

/** Puts each new piece beside the old one of the same label, in their order; what is left over stands alone. */
function pair(gone: readonly Piece[], come: readonly Piece[]): PieceChange[] {
  const waiting = groupBy(gone, (piece) => piece.label);
  for (const list of waiting.values()) list.reverse();
  const changes = come.map((piece): PieceChange => {
    const partner = waiting.get(piece.label)?.pop();
    return { before: partner?.text ?? null, after: piece.text, line: piece.line };
  });
  return [...changes, ...[...waiting.values()].flatMap((list) => list.reverse().map(removed))];
}
