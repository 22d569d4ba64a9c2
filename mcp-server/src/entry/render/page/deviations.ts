import type { Comment } from '../../../domain/decision/comments.ts';
import type { DeviationRow } from '../../../domain/report/deviations.ts';
import type { Report } from '../../../domain/report/report.ts';
import { table } from './filter.ts';
import { type Html, html } from './html.ts';
import { link, time } from './words.ts';

/** Where what was delivered is not what was designed, and what reviewers remarked. */
export function deviationsSection({ deviations, comments }: Report): Html {
  return html`<section id="deviations" aria-labelledby="deviations-title">
<h2 id="deviations-title">Deviations and comments</h2>
${
  deviations.length === 0
    ? html`<p>No deviation was recorded: what was delivered is what was designed.</p>`
    : table(
        'Deviations',
        ['ID', 'Component', 'Designed', 'Delivered', 'Reason', 'Recorded', 'Accepted by'],
        html`<tbody>${deviations.map(row)}</tbody>`,
      )
}
${comments.length > 0 && html`<h3>Comments</h3><ul class="entries">${comments.map(remark)}</ul>`}
</section>`;
}

const row = (one: DeviationRow): Html => html`<tr id="${one.id}"><th scope="row">${one.id}</th>
<td>${one.component !== '' && link(one.component)}</td><td>${one.designed}</td><td>${one.delivered}</td><td>${one.reason}</td>
<td>${one.by} ${time(one.at)}</td><td>${one.acceptedBy.length === 0 ? 'nobody yet' : one.acceptedBy.join(', ')}</td></tr>`;

const remark = ({
  about,
  anchors,
  text,
  by,
  replies,
}: Comment): Html => html`<li><p>${by} on ${anchors.map((id) => html`${link(id)} `)}(${about}): ${text}</p>
${replies.length === 0 ? html`<p class="facts">not answered</p>` : replies.map((reply) => html`<p class="facts">${reply.by} answered: ${reply.text}</p>`)}</li>`;
