import { structuredPatch } from 'diff';
import type { Answer } from '../../app/answer.ts';
import { commentText } from '../../app/comment.ts';
import type { Review, ReviewPiece } from '../../app/review.ts';
import type { Comment } from '../../domain/decision/comments.ts';
import { short } from '../../domain/decision/subject.ts';
import { paint, printable, type Terminal } from '../terminal.ts';
import { deltaText } from './delta.ts';

/** What a person decides about: the frozen text the first time, the difference from what was approved afterwards. */
export function reviewText(answer: Answer<Review>, terminal: Terminal): string {
  const { data } = answer;
  const lines = [paint(terminal, 'bold', answer.said)];
  for (const one of data.upstream) lines.push(`  upstream ${one.about}: ${upstreamText(one)}`);
  for (const one of data.approvals)
    lines.push(`  approved by ${printable(one.approver)}, level ${one.level}, ${one.at}`);
  for (const piece of data.pieces)
    lines.push(
      '',
      paint(terminal, 'bold', printable(`--- ${piece.path} ${short(piece.sha256)}`)),
      pieceText(piece, terminal),
    );
  if (data.inferred.length > 0) {
    lines.push('', paint(terminal, 'yellow', 'Concluded by a tool or an agent; approving confirms:'));
    lines.push(...data.inferred.map((one) => printable(`  ${one.path}:${one.line} ${one.text}`)));
  }
  if (data.notes.length > 0)
    lines.push('', paint(terminal, 'bold', 'What the build shows'), ...data.notes.map((one) => printable(`  ${one}`)));
  if (data.comments.length > 0)
    lines.push('', paint(terminal, 'bold', 'Comments'), ...data.comments.flatMap(commentLines));
  lines.push(
    '',
    ...data.gate.reasons.map((reason) => `  ${paint(terminal, 'yellow', data.gate.state)} ${printable(reason.text)}`),
  );
  if (data.digest !== null) lines.push(`  digest ${data.digest}`);
  return lines.join('\n');
}

function upstreamText({ state, digest, levels }: Review['upstream'][number]): string {
  const at = levels.length === 0 ? '' : ` (level ${[...new Set(levels)].join(', ')})`;
  return `${state}${digest === null ? '' : ` ${short(digest)}`}${at}`;
}

function commentLines(one: Comment): string[] {
  const answers = one.replies.map((reply) => `    answered by ${reply.by}: ${JSON.stringify(reply.text)}`);
  return [`  ${commentText(one)}`, ...(answers.length === 0 ? ['    not answered'] : answers)].map(printable);
}

function pieceText(piece: ReviewPiece, terminal: Terminal): string {
  if (piece.approved === piece.text) return '  unchanged since it was approved';
  if (piece.approved === null) return printable(pretty(piece));
  const { hunks } = structuredPatch(piece.path, piece.path, piece.approved, piece.text, '', '', { context: 2 });
  const diff = hunks
    .flatMap((hunk) => [`@@ line ${hunk.newStart}`, ...hunk.lines.map((line) => coloured(printable(line), terminal))])
    .join('\n');
  const changes = piece.changes === null ? '' : `${deltaText(piece.changes, terminal)}\n\n`;
  return changes + diff;
}

function coloured(line: string, terminal: Terminal): string {
  if (line.startsWith('+')) return paint(terminal, 'green', line);
  return line.startsWith('-') ? paint(terminal, 'red', line) : line;
}

const pretty = (piece: ReviewPiece) =>
  piece.path.endsWith('.json') && piece.text !== '' ? JSON.stringify(JSON.parse(piece.text), null, 2) : piece.text;
