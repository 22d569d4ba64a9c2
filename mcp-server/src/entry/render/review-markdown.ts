import type { Answer } from '../../app/answer.ts';
import type { Review, ReviewPiece } from '../../app/review.ts';
import { short } from '../../domain/decision/subject.ts';
import type { UnitChange } from '../../domain/delta/delta.ts';
import { block, span, table } from './markdown.ts';

/** What the hosts take in one comment (GitHub: 65,536 characters), with room for what is put around it. */
const MOST = 60_000;
const MOST_UNITS = 60;

/**
 * A request for review as Markdown, for the text of a pull request or a comment on it: the digest, what changed since the
 * last approval by meaning, what approving confirms. Its first line is a mark by which a later comment replaces it.
 *
 * @param self how the program is called here
 */
export function reviewMarkdown({ data }: Answer<Review>, self: string): string {
  const { delivery, gate, digest, pieces, inferred, upstream, approvals, comments } = data;
  const subject = gate.about.replace(/^stage:/, '');
  const head = [
    `<!-- countersign:review ${delivery} ${gate.about} -->`,
    `### Review of ${span(gate.about)} of ${span(delivery)}`,
    digest === null
      ? 'Nothing has been submitted yet.'
      : `Digest ${span(digest)}. A person decides in their own terminal:\n\n${block(`${self} review ${delivery} ${subject}\n${self} approve ${delivery} ${subject}`, 'sh')}\n\nor types ${span(`/approve ${short(digest)}`)} in the client. A click on this page counts only where policy accepts the level hosted.`,
    gate.reasons.length === 0 ? '' : `Blocked: ${gate.reasons.map((reason) => span(reason.text)).join('; ')}`,
  ];
  const parts = [
    ...pieces.map(pieceMarkdown),
    inferred.length === 0
      ? ''
      : `**Concluded by a tool or an agent; approving confirms:**\n\n${inferred.map((one) => `- ${span(`${one.path}:${one.line}`)} ${span(one.text)}`).join('\n')}`,
    comments.length === 0
      ? ''
      : `**Comments**\n\n${comments.map((one) => `- ${one.anchors.join(', ')}, ${span(one.by)}: ${span(one.text)}${one.replies.length === 0 ? ' (not answered)' : ''}`).join('\n')}`,
    approvals.length === 0
      ? ''
      : `So far approved by ${approvals.map((one) => `${span(one.approver)} (${one.level})`).join(', ')}`,
    upstream.length === 0
      ? ''
      : table(
          ['Upstream', 'State', 'Level', 'Digest'],
          upstream.map((one) => [
            one.about,
            one.state,
            [...new Set(one.levels)].join(', '),
            one.digest === null ? '' : span(short(one.digest)),
          ]),
        ),
  ];
  return bounded(
    [...head, ...parts].filter((one) => one !== ''),
    self,
    `${delivery} ${subject}`,
  );
}

/** As many whole parts as fit: half a block of code would take what follows with it. */
function bounded(parts: readonly string[], self: string, of: string): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts) {
    length += part.length + 2;
    if (length > MOST)
      return [...kept, `There is more than fits here: ${span(`${self} review ${of}`)} shows it all.`].join('\n\n');
    kept.push(part);
  }
  return kept.join('\n\n');
}

function pieceMarkdown({ path, sha256, text, approved, changes }: ReviewPiece): string {
  const title = `#### ${span(path)}${sha256 === '' ? '' : ` ${span(short(sha256))}`}`;
  if (approved === text) return `${title}\n\nUnchanged since it was approved.`;
  if (changes === null)
    return `${title}\n\n<details><summary>The whole text, for the first time</summary>\n\n${block(text, path.endsWith('.json') ? 'json' : 'markdown')}\n\n</details>`;
  if (changes.length === 0) return `${title}\n\nOnly its form changed.`;
  const shown = changes.slice(0, MOST_UNITS).map(unitMarkdown);
  const more = changes.length - shown.length;
  return [title, ...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n');
}

function unitMarkdown({ change, key, entry, title, pieces }: UnitChange): string {
  const name = entry && title !== '' ? `${key} ${title}` : key;
  const lines = pieces.flatMap(({ before, after }) => [...diffLines('-', before), ...diffLines('+', after)]);
  return `**${change}** ${span(name)}\n\n${block(lines.join('\n'), 'diff')}`;
}

const diffLines = (sign: string, text: string | null) =>
  text === null ? [] : text.split('\n').map((line) => `${sign} ${line}`);
