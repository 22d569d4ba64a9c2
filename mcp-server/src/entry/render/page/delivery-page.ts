import type { Report } from '../../../domain/report/report.ts';
import { auditSection } from './audit.ts';
import { changesSection } from './changes.ts';
import { checksSection } from './checks.ts';
import { componentsSection } from './components.ts';
import { deviationsSection } from './deviations.ts';
import { page } from './document.ts';
import { flowSection } from './flow.ts';
import { type Html, html } from './html.ts';
import { operationsSection } from './operations.ts';
import { platformSection } from './platform.ts';
import { requirementsSection } from './requirements.ts';
import { stagesSection } from './stages.ts';
import { timelineSection } from './timeline.ts';
import { badge, count, link, time } from './words.ts';

const SECTIONS: readonly { id: string; title: string; view: (report: Report) => Html }[] = [
  { id: 'stages', title: 'Stages', view: stagesSection },
  { id: 'requirements', title: 'Requirements', view: requirementsSection },
  { id: 'components', title: 'Components', view: componentsSection },
  { id: 'checks', title: 'Checks', view: checksSection },
  { id: 'changes', title: 'Changes', view: changesSection },
  { id: 'deviations', title: 'Deviations', view: deviationsSection },
  { id: 'operations', title: 'Deploys', view: operationsSection },
  { id: 'platform', title: 'Platform', view: platformSection },
  { id: 'flow', title: 'Flow', view: flowSection },
  { id: 'audit', title: 'Approvals', view: auditSection },
  { id: 'timeline', title: 'Timeline', view: timelineSection },
];

/**
 * The report of one delivery as one HTML file.
 *
 * @param index address of the page that lists all deliveries, relative to this one; undefined where there is none
 */
export function deliveryPage(report: Report, index?: string): string {
  const { delivery, title, owner, track, risk, tickets, at, requirements, checks } = report;
  const passed = checks.filter((check) => check.state === 'passed').length;
  const facts: [string, Html | string][] = [
    ['Delivery', html`<code>${delivery}</code>`],
    ['Owner', owner],
    ['Track', track],
    ['Risk', risk],
    ['Tickets', tickets.join(', ')],
    ['Requirements', String(requirements.length)],
    ['Checks passed', `${passed} of ${checks.length}`],
    ['Report of', time(at)],
  ];
  return page(
    `${title} (${delivery})`,
    html`<header>
${index !== undefined && html`<p><a href="${index}">All deliveries</a></p>`}
<h1>${title}</h1>
<dl class="facts-row">${facts.filter(([, value]) => value !== '').map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl>
<nav aria-label="Parts of this report"><ul>${SECTIONS.map((one) => html`<li>${link(one.id, one.title)}</li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">${SECTIONS.map((one) => one.view(report))}</main>
<footer><p>Made from the record of ${delivery} (${count(report.timeline.length, 'event')}). What an approval proves depends on its level: ${badge('recorded')} says that someone used the client, ${badge('signed')} that the holder of a trusted key decided on these bytes. <code>countersign verify</code> checks the record itself.</p></footer>`,
  );
}
