import type { Metrics } from '../../../domain/report/metrics.ts';
import type { Broken, Summary } from '../../../domain/report/summary.ts';
import { page } from './document.ts';
import { filterForm, kindsOf, table } from './filter.ts';
import { metricsSection } from './flow.ts';
import { type Html, html } from './html.ts';
import { badge, count, time } from './words.ts';

/** All deliveries of a repository in one page. */
export interface IndexFacts {
  /** The repository's name. */
  name: string;
  at: string;
  deliveries: readonly (Summary | Broken)[];
  metrics: Metrics;
  /** Address of a delivery's own page, relative to this one; undefined where there is none. */
  pageOf(delivery: string): string | undefined;
}

export function indexPage(facts: IndexFacts): string {
  const { name, at, deliveries, metrics } = facts;
  const standing = deliveries.map(standingOf);
  const waiting = standing.filter((one) => one === 'waits for a person').length;
  const broken = standing.filter((one) => one === 'integrity fault').length;
  return page(
    `Deliveries of ${name}`,
    html`<header><h1>Deliveries of ${name}</h1>
<p>${count(deliveries.length, 'delivery', 'deliveries')}, ${waiting} waiting for a person${broken > 0 && html`, <b>${count(broken, 'integrity fault')}</b>`}. Report of ${time(at)}.</p></header>
<main id="main" tabindex="-1">
${
  deliveries.length === 0
    ? html`<p>There are no deliveries here yet.</p>`
    : html`${filterForm({ target: 'deliveries', what: 'deliveries', kinds: kindsOf(deliveries, standingOf, (kind) => kind) })}
${table('Deliveries with gates, requirements and checks', ['Delivery', 'Standing', 'Gates', 'Requirements proven', 'Checks passed', 'Deviations', 'Last event'], html`<tbody>${deliveries.map((one) => row(one, facts))}</tbody>`, 'deliveries')}`
}
${metricsSection(metrics)}
</main>`,
  );
}

function standingOf(one: Summary | Broken): string {
  if (!('title' in one)) return 'integrity fault';
  if (one.finished) return 'finished';
  return one.waitsFor === '' ? 'in work' : 'waits for a person';
}

function row(one: Summary | Broken, { pageOf }: IndexFacts): Html {
  const address = pageOf(one.delivery);
  const name = address === undefined ? html`${one.delivery}` : html`<a href="${address}">${one.delivery}</a>`;
  if (!('title' in one))
    return html`<tr data-kind="integrity fault"><th scope="row">${name}</th><td colspan="6">${badge('error', 'integrity fault')}
<ul class="reasons">${one.problems.slice(0, 20).map((problem) => html`<li>${problem.file} ${problem.message}</li>`)}</ul></td></tr>`;
  const { title, owner, track, tickets, stages, waitsFor, next, requirements, checks, deviations, lastAt, problems } =
    one;
  return html`<tr data-kind="${standingOf(one)}"><th scope="row">${name} ${title}<br><small>${[owner, `track ${track}`, ...tickets].filter((fact) => fact !== '').join(', ')}</small></th>
<td>${standingOf(one)}${waitsFor !== '' && html`: ${waitsFor}`}${next !== '' && html`<br><small>${next}</small>`}
${problems.length > 0 && html`<ul class="reasons">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}</td>
<td><ul class="plain">${stages.map((stage) => html`<li>${badge(stage.state, stage.title)}<span class="away"> ${stage.state}</span></li>`)}</ul></td>
<td>${requirements.passed} of ${requirements.total}</td><td>${checks.passed} of ${checks.total}</td><td>${deviations}</td><td>${time(lastAt)}</td></tr>`;
}
