import type { DeployRow, LookRow } from '../../../domain/report/operations.ts';
import type { Report } from '../../../domain/report/report.ts';
import { table } from './filter.ts';
import { type Html, html } from './html.ts';
import { time } from './words.ts';

/** What became of it where it runs: applies, what was seen of the running system, drift that was put to a person. */
export function operationsSection({ operations: { deploys, looks } }: Report): Html {
  return html`<section id="operations" aria-labelledby="operations-title">
<h2 id="operations-title">Deploys and after</h2>
${
  deploys.length === 0
    ? html`<p>Nothing was deployed through this record.</p>`
    : table(
        'Deploys',
        ['Environment', 'Outcome', 'When', 'By', 'Approved by', 'Inputs', 'Checks', 'Build and plan'],
        html`<tbody>${deploys.map(deploy)}</tbody>`,
      )
}
${looks.length > 0 && html`<h3>Seen and accepted</h3>${table('Seen and accepted', ['What', 'When', 'By', 'Found', 'Evidence'], html`<tbody>${looks.map(look)}</tbody>`)}`}
</section>`;
}

const short = (hash: string): Html => html`<code>${hash.slice(0, 12)}</code>`;

const deploy = (
  one: DeployRow,
): Html => html`<tr><th scope="row">${one.environment}</th><td>${one.outcome}${one.reason !== '' && `: ${one.reason}`}</td>
<td>${time(one.at)}</td><td>${one.by} (${one.basis})</td><td>${one.approvedBy.length === 0 ? 'nobody' : one.approvedBy.join(', ')}</td>
<td>${one.sets.join(', ')}</td><td>${one.checks.map((check) => html`${check.name} ${check.result} ${short(check.evidence)} `)}</td>
<td>${short(one.build)} ${short(one.plan)}</td></tr>`;

const look = (one: LookRow): Html => html`<tr><th scope="row">${one.what}</th><td>${time(one.at)}</td><td>${one.by}</td>
<td>${one.said}</td><td>${short(one.evidence)}</td></tr>`;
