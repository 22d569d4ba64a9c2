import { structuredPatch } from 'diff';
import type { Answer } from '../../app/answer.ts';
import type { Review, ReviewPiece } from '../../app/review.ts';
import { short } from '../../domain/decision/subject.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

/** What a person decides about: the frozen text the first time, the difference from what was approved afterwards. */
export function reviewText(answer: Answer<Review>, terminal: Terminal): string {
  const { data } = answer;
  const lines = [paint(terminal, 'bold', answer.said)];
  for (const one of data.upstream)
    lines.push(`  upstream ${one.about}: ${one.state}${one.digest === null ? '' : ` ${short(one.digest)}`}`);
  for (const piece of data.pieces)
    lines.push('', paint(terminal, 'bold', `--- ${piece.path} ${short(piece.sha256)}`), pieceText(piece, terminal));
  if (data.inferred.length > 0) {
    lines.push('', paint(terminal, 'yellow', 'Concluded by a tool or an agent; approving confirms:'));
    lines.push(...data.inferred.map((one) => `  ${one.path}:${one.line} ${printable(one.text)}`));
  }
  lines.push(
    '',
    ...data.gate.reasons.map((reason) => `  ${paint(terminal, 'yellow', data.gate.state)} ${printable(reason.text)}`),
  );
  if (data.digest !== null) lines.push(`  digest ${data.digest}`);
  return lines.join('\n');
}

function pieceText(piece: ReviewPiece, terminal: Terminal): string {
  if (piece.approved === piece.text) return '  unchanged since it was approved';
  if (piece.approved === null) return printable(pretty(piece));
  const { hunks } = structuredPatch(piece.path, piece.path, piece.approved, piece.text, '', '', { context: 2 });
  return hunks
    .flatMap((hunk) => [`@@ line ${hunk.newStart}`, ...hunk.lines.map((line) => coloured(printable(line), terminal))])
    .join('\n');
}

function coloured(line: string, terminal: Terminal): string {
  if (line.startsWith('+')) return paint(terminal, 'green', line);
  return line.startsWith('-') ? paint(terminal, 'red', line) : line;
}

const pretty = (piece: ReviewPiece) =>
  piece.path.endsWith('.json') ? JSON.stringify(JSON.parse(piece.text), null, 2) : piece.text;
