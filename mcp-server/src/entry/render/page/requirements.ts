import type { CriterionRow, RequirementRow } from '../../../domain/report/matrix.ts';
import type { Report } from '../../../domain/report/report.ts';
import { filterForm, kindsOf, table } from './filter.ts';
import { type Html, html } from './html.ts';
import { badge, link, wordOf } from './words.ts';

/** Requirements with the evidence for each criterion, and where the trace breaks off. */
export function requirementsSection({ requirements, gaps, checks }: Report): Html {
  const evidence = new Map(checks.map((check) => [check.id, check.run?.evidence ?? '']));
  const kinds = kindsOf(requirements, (one) => one.proof, wordOf);
  return html`<section id="requirements" aria-labelledby="requirements-title">
<h2 id="requirements-title">Requirements and evidence</h2>
${
  requirements.length === 0
    ? html`<p>There are no requirements yet.</p>`
    : html`${filterForm({ target: 'matrix', what: 'requirements', kinds })}
${table(
  'Requirements with criteria, checks and evidence',
  ['Criterion', 'Proof', 'Checks', 'Evidence'],
  requirements.map((one) => rows(one, evidence)),
  'matrix',
)}`
}
${
  gaps.length > 0 &&
  html`<details id="gaps"><summary>Where the trace breaks off (${gaps.length})</summary>
<ul>${gaps.map((gap) => html`<li>${badge(gap.kind)} ${link(gap.id)} ${gap.title}: ${gap.text}</li>`)}</ul></details>`
}
</section>`;
}

function rows(row: RequirementRow, evidence: ReadonlyMap<string, string>): Html {
  const { id, title, statements, inferred, proof, criteria, components, decisions } = row;
  const because = [...components, ...decisions].map((one) => html`<li>${link(one.id)} ${one.title}</li>`);
  return html`<tbody data-kind="${proof}" id="${id}">
<tr class="requirement"><th scope="rowgroup" colspan="4">
<span class="name"><a href="#${id}">${id}</a> ${title}</span> ${badge(proof)}
${statements.map((text) => html`<p>${text}</p>`)}
${inferred !== null && html`<p class="inferred">Inferred: ${inferred}</p>`}
${because.length > 0 && html`<ul class="inline" aria-label="Realised by">${because}</ul>`}
</th></tr>
${criteria.map((one) => criterion(one, evidence))}
</tbody>`;
}

function criterion({ id, text, proof, checks }: CriterionRow, evidence: ReadonlyMap<string, string>): Html {
  const found = checks.flatMap((check) => {
    const hash = evidence.get(check.id) ?? '';
    return hash === '' ? [] : [html`<li>${link(`run-${check.id}`, hash.slice(0, 12))}</li>`];
  });
  return html`<tr id="${id}"><td><b>${id}</b> ${text}</td><td>${badge(proof)}</td>
<td>${checks.length > 0 && html`<ul class="plain">${checks.map((one) => html`<li>${link(one.id)} ${badge(one.state)}</li>`)}</ul>`}</td>
<td>${found.length > 0 && html`<ul class="plain">${found}</ul>`}</td></tr>`;
}
