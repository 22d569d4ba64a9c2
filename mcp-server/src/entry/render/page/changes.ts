import type { PieceChange, UnitChange } from '../../../domain/delta/delta.ts';
import type { ApprovedChange, ArtifactChange } from '../../../domain/report/approved-changes.ts';
import type { CycleRow, Report } from '../../../domain/report/report.ts';
import { table } from './filter.ts';
import { clip, type Html, html } from './html.ts';
import { badge, count, hash, time } from './words.ts';

/** Units of one artifact and characters of one piece that are shown; an artifact may have been written anew. */
const MOST_UNITS = 150;
const MOST_CHARACTERS = 1500;

/** What changed between one approval of a subject and the next, by meaning. */
export function changesSection({ changes, cycles }: Report): Html {
  return html`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Changes between approvals</h2>
${changes.length === 0 ? html`<p>Nothing was approved in more than one version.</p>` : changes.map(change)}
${
  cycles.length > 0 &&
  table(
    'Cycles of change',
    ['Change', 'Status', 'Opened', 'Requirements', 'Approved by', 'Waits for'],
    html`<tbody>${cycles.map(cycle)}</tbody>`,
  )
}
</section>`;
}

const cycle = (one: CycleRow): Html => html`<tr><th scope="row">${one.n} ${one.title}</th><td>${badge(one.status)}</td>
<td>${one.openedBy} ${time(one.openedAt)}</td><td>${one.requirements.join(', ')}</td>
<td>${one.approvedBy.map(({ approver, level }) => html`${approver} ${badge(level)} `)}</td><td>${one.waitsFor.join('; ')}</td></tr>`;

function change({ about, from, to, artifacts }: ApprovedChange): Html {
  return html`<details class="change"><summary>${about}: ${from !== null && html`round ${from.round} ${hash(from.digest)} to `}round ${to.round} ${hash(to.digest)}, ${time(to.at)}</summary>
${artifacts.length === 0 ? html`<p>The same texts, bound to other approvals upstream.</p>` : artifacts.map(artifact)}
</details>`;
}

function artifact({ path, units, files, missing }: ArtifactChange): Html {
  const more = units.length - MOST_UNITS;
  return html`<h3>${path}</h3>
${missing !== '' && html`<p>${missing}</p>`}
${files.length > 0 && html`<ul class="plain">${files.slice(0, MOST_UNITS).map((file) => html`<li>${badge(file.change)} <code>${file.path}</code></li>`)}</ul>`}
${missing === '' && units.length + files.length === 0 && html`<p>Only its form changed.</p>`}
<ul class="delta">${units.slice(0, MOST_UNITS).map(unit)}</ul>
${more > 0 && html`<p>and ${count(more, 'more change')}; countersign review shows them all</p>`}`;
}

const unit = (one: UnitChange): Html => html`<li>${badge(one.change)} <b>${one.key}</b> ${one.entry && one.title}
${one.pieces.map(piece)}</li>`;

/** Deleted and inserted text are told apart by their elements too, which screen readers say. */
const piece = ({ before, after }: PieceChange): Html => html`<p class="piece">
${before !== null && html`<del>${clip(before, MOST_CHARACTERS)}</del>`} ${after !== null && html`<ins>${clip(after, MOST_CHARACTERS)}</ins>`}</p>`;
