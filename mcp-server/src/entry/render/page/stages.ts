import type { Report } from '../../../domain/report/report.ts';
import type { StageCard } from '../../../domain/report/stage-card.ts';
import { type Html, html } from './html.ts';
import { badge, hash, time } from './words.ts';

/** Where the delivery stands: what blocks, the next step, and a card for each gate. */
export function stagesSection(report: Report): Html {
  return html`<section id="stages" aria-labelledby="stages-title">
<h2 id="stages-title">Stages</h2>
${standing(report)}
<ol class="cards">${report.stages.map(card)}</ol>
</section>`;
}

function standing({ finished, blocks, next, problems }: Report): Html {
  const alarms = problems.map((one) => html`<li>${one}</li>`);
  return html`${alarms.length > 0 && html`<div class="note bad"><h3>Look at this first</h3><ul>${alarms}</ul></div>`}
${
  finished
    ? html`<p class="note good">Every gate is open: the delivery is finished.</p>`
    : html`<div class="note warn"><h3>What blocks</h3><ul>${blocks.map((one) => html`<li>${one}</li>`)}</ul>
${next !== '' && html`<p>Next: <code>${next}</code></p>`}</div>`
}`;
}

function card(stage: StageCard): Html {
  const { demand } = stage;
  const asked = [
    `level ${demand.level}`,
    `${demand.approvers} approver${demand.approvers === 1 ? '' : 's'}`,
    ...(demand.separation ? ['not the author'] : []),
    ...Object.keys(demand.roles ?? {}).map((role) => `role ${role}`),
  ].join(', ');
  return html`<li class="card ${stage.state}" id="${stage.about}">
<h3>${stage.title} ${badge(stage.state)}</h3>
<dl>
${stage.approvals.map(
  (one) => html`<dt>Approved</dt><dd>${one.approver} ${badge(one.level, `level ${one.level}`)} ${time(one.at)}</dd>`,
)}
${stage.submitted !== null && html`<dt>Submitted</dt><dd>${stage.submitted.by}, ${time(stage.submitted.at)}, round ${stage.round}</dd>`}
${stage.digest !== null && html`<dt>Digest</dt><dd>${hash(stage.digest)}</dd>`}
<dt>Asked for</dt><dd>${asked}</dd>
</dl>
${stage.reasons.length > 0 && html`<ul class="reasons">${stage.reasons.map((one) => html`<li>${one}</li>`)}</ul>`}
</li>`;
}
