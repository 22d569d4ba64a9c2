import type { Advice } from '../../../domain/report/advice.ts';
import type { Flow, GateFlow } from '../../../domain/report/flow.ts';
import type { Metrics } from '../../../domain/report/metrics.ts';
import type { Report } from '../../../domain/report/report.ts';
import { duration } from '../duration.ts';
import { table } from './filter.ts';
import { type Html, html } from './html.ts';
import { count } from './words.ts';

/** How long what took, who was waited for, and what a person may do about it. */
export function flowSection({ flow, advice }: Report): Html {
  const passed = flow.gates.filter((gate) => gate.firstPass === true).length;
  const decided = flow.gates.filter((gate) => gate.firstPass !== null).length;
  return html`<section id="flow" aria-labelledby="flow-title">
<h2 id="flow-title">Flow</h2>
<p>${duration(flow.totalMs)} ${flow.finishedAt === null ? 'so far' : 'from start to finish'}, ${duration(flow.waitingMs)} of it waiting for a decision${flow.waitsFor !== null && html`; waits for ${flow.waitsFor === 'decision' ? 'a person who decides' : 'work'} now`}.
${count(passed, 'gate')} of ${decided} passed at the first try, ${count(flow.reworks, 'submission')} after a refusal, ${flow.failedRuns} of ${count(flow.checkRuns, 'check run')} failed, ${count(flow.deviations, 'deviation')}, ${count(flow.changesAfterAsBuilt, 'submission')} after the as-built record.</p>
${table(
  'Time by gate, until it was first approved',
  ['Gate', 'Time', 'Waiting and work', 'Waiting for a decision', 'Rounds', 'First try', 'Decided by'],
  html`<tbody>${flow.gates.map((gate) => row(gate, flow))}</tbody>`,
)}
${adviceList(advice)}
</section>`;
}

function row(gate: GateFlow, flow: Flow): Html {
  const most = Math.max(1, ...flow.gates.map((one) => one.totalMs));
  const share = (ms: number) => Math.round((ms / most) * 1000) / 10;
  const [wait, all] = [share(gate.waitingMs), share(gate.totalMs)];
  return html`<tr><th scope="row">${gate.title}</th><td>${gate.startedAt === null ? '' : duration(gate.totalMs)}</td>
<td><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="wait" x="0" y="0" width="${wait}" height="8"/><rect class="work" x="${wait}" y="0" width="${Math.max(0, all - wait)}" height="8"/></svg></td>
<td>${duration(gate.waitingMs)}</td><td>${gate.rounds}</td><td>${gate.firstPass === null ? '' : gate.firstPass ? 'yes' : 'no'}</td>
<td>${gate.deciders.map((one) => `${one.name} (${count(one.decisions, 'decision')}, waited ${duration(one.waitedMs)})`).join('; ')}</td></tr>`;
}

export function adviceList(advice: readonly Advice[]): Html {
  if (advice.length === 0) return html``;
  return html`<h3>What may help</h3><ul>${advice.map((one) => html`<li>${one.text}. <span class="facts">${one.step}</span></li>`)}</ul>`;
}

/** The same over all deliveries. */
export function metricsSection(metrics: Metrics): Html {
  if (metrics.gates.length === 0) return html``;
  const rows = metrics.gates.map(
    (gate) =>
      html`<tr><th scope="row">${gate.title}</th><td>${gate.passed}</td><td>${duration(gate.medianMs)}</td><td>${duration(gate.medianWaitingMs)}</td><td>${gate.firstPass} of ${gate.passed}</td></tr>`,
  );
  return html`<section id="flow" aria-labelledby="flow-title"><h2 id="flow-title">Flow</h2>
<p>${count(metrics.reworks, 'submission')} after a refusal, ${metrics.failedRuns} of ${count(metrics.checkRuns, 'check run')} failed, ${count(metrics.deviations, 'deviation')}, ${count(metrics.changesAfterAsBuilt, 'submission')} after an as-built record, glass broken ${count(metrics.glassBroken, 'time')}.</p>
${table('Gates over all deliveries', ['Gate', 'Passed', 'Time, median', 'Waiting for a decision, median', 'At the first try'], html`<tbody>${rows}</tbody>`)}
${adviceList(metrics.advice)}</section>`;
}
