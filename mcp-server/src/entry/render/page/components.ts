import type { ComponentRow, DecisionRow, Report } from '../../../domain/report/report.ts';
import { drawing } from './drawing.ts';
import { table } from './filter.ts';
import { type Html, html } from './html.ts';
import { badge, count, hash, link } from './words.ts';

/** Files of one component that are listed at once; a component may own thousands. */
const LISTED = 200;

/** What was designed and delivered: the graph, and each component with its files. */
export function componentsSection({ components, graph, decisions }: Report): Html {
  return html`<section id="components" aria-labelledby="components-title">
<h2 id="components-title">Components</h2>
${
  components.length === 0
    ? html`<p>There is no design yet.</p>`
    : html`${drawing(graph, new Map(components.map((one) => [one.id, one.state])))}
${table(
  'Components in build order with their files',
  ['Component', 'Action', 'State', 'Depends on', 'Realises', 'Files'],
  html`<tbody>${components.map(row)}</tbody>`,
)}`
}
${decisions.length > 0 && html`<h3>Decisions</h3><ul class="entries">${decisions.map(decision)}</ul>`}
</section>`;
}

const decision = ({ id, title, says }: DecisionRow): Html => html`<li id="${id}"><p><b>${id}</b> ${title}</p>
${says.map(({ key, text }) => html`<p class="facts">${key}: ${text}</p>`)}</li>`;

function row({ id, title, kind, action, state, dependsOn, realises, files }: ComponentRow): Html {
  const listed = files.slice(0, LISTED).map((file) => html`<li><code>${file.path}</code> ${hash(file.sha256)}</li>`);
  const more = files.length - listed.length;
  return html`<tr id="${id}"><th scope="row">${id} ${title} <small>${kind}</small></th><td>${action}</td>
<td>${state !== '' && badge(state)}</td><td>${links(dependsOn)}</td><td>${links(realises)}</td>
<td>${
    files.length > 0 &&
    html`<details><summary>${count(files.length, 'file')}</summary><ul class="plain">${listed}
${more > 0 && html`<li>and ${more} more</li>`}</ul></details>`
  }</td></tr>`;
}

const links = (ids: readonly string[]) => ids.map((id, at) => html`${at > 0 && ', '}${link(id)}`);
