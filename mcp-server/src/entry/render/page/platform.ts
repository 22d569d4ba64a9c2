import type { Report } from '../../../domain/report/report.ts';
import { table } from './filter.ts';
import { type Html, html } from './html.ts';
import { badge, hash, time } from './words.ts';

/** What the platform was found to offer, what that means, and what people said where nobody could look. */
export function platformSection({ platform }: Report): Html {
  const { snapshot, at, facts, stated, decision, needs, bindings } = platform;
  const empty = snapshot === null && stated.length + needs.length + bindings.length === 0;
  return html`<section id="platform" aria-labelledby="platform-title">
<h2 id="platform-title">Platform</h2>
${empty && html`<p>Nothing was probed yet.</p>`}
${decision !== '' && html`<p>Feasibility says ${badge(decision)}</p>`}
${needs.length > 0 && table('Needs and what was found', ['Need', 'Status', 'Fact', 'Evidence'], html`<tbody>${needs.map((one) => html`<tr><th scope="row">${one.need}</th><td>${badge(one.status)}</td><td>${one.fact}</td><td>${one.evidence}</td></tr>`)}</tbody>`)}
${
  snapshot !== null &&
  html`<details${facts.length <= 40 && html` open`}><summary>Snapshot ${hash(snapshot)} ${at !== '' && time(at)}</summary>
${facts.length === 0 ? html`<p>Its bytes are not in the evidence.</p>` : table('Platform snapshot', ['Fact', 'Outcome', 'Version', 'Reason'], html`<tbody>${facts.map((one) => html`<tr><th scope="row">${one.id}</th><td>${badge(one.outcome)}</td><td>${one.version}</td><td>${one.reason}</td></tr>`)}</tbody>`)}</details>`
}
${stated.length > 0 && table('Stated by people', ['Need', 'Status', 'Fact', 'By', 'At'], html`<tbody>${stated.map((one) => html`<tr><th scope="row">${one.need}</th><td>${badge(one.status)}</td><td>${one.fact}</td><td>${one.by}</td><td>${time(one.at)}</td></tr>`)}</tbody>`)}
${bindings.length > 0 && table('Bindings', ['Role', 'System'], html`<tbody>${bindings.map((one) => html`<tr><th scope="row">${one.role}</th><td>${one.system}</td></tr>`)}</tbody>`)}
</section>`;
}
