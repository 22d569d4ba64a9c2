import type { CheckRunView, CheckView } from '../../../domain/report/checks.ts';
import type { Report } from '../../../domain/report/report.ts';
import { filterForm, kindsOf, lengthClass } from './filter.ts';
import { clip, type Html, html } from './html.ts';
import { badge, count, hash, link, time, wordOf } from './words.ts';

/** Every check with what it ran and printed. */
export function checksSection({ checks }: Report): Html {
  return html`<section id="checks" aria-labelledby="checks-title">
<h2 id="checks-title">Checks</h2>
${
  checks.length === 0
    ? html`<p>The design has no checks yet.</p>`
    : html`${filterForm({ target: 'check-list', what: 'checks', kinds: kindsOf(checks, (one) => one.state, wordOf) })}
<ul class="entries ${lengthClass(checks.length)}" id="check-list">${checks.map(entry)}</ul>`
}
</section>`;
}

function entry(check: CheckView): Html {
  const criteria = check.criteria.map((id) => html` ${link(id)}`);
  return html`<li id="${check.id}" data-kind="${check.state}">
<p><b>${check.id}</b> ${check.title} ${badge(check.state)}</p>
<p class="facts">${check.method}; proves${criteria}${check.component !== null && html` of ${link(check.component)}`}; ran ${count(check.runs, 'time')}${check.failures > 0 && `, failed ${count(check.failures, 'time')}`}</p>
${check.expect.length > 0 && html`<p class="facts">Expects: ${check.expect.join('; ')}</p>`}
${check.reason !== '' && html`<p class="facts">Because: ${check.reason}</p>`}
${check.run !== null && run(check.id, check.run)}
</li>`;
}

function run(check: string, { at, by, result, exit, durationMs, evidence, output, missing }: CheckRunView): Html {
  const printed =
    output === null
      ? []
      : ([
          ['Ran', output.script],
          ['Output', output.stdout],
          ['Errors', output.stderr],
        ] as const);
  const blocks = printed
    .filter(([, text]) => text !== '')
    .map(([title, text]) => html`<h4>${title}</h4><pre tabindex="0" aria-label="${title} of ${check}">${text}</pre>`);
  return html`<details id="run-${check}"><summary>Evidence ${hash(evidence)}</summary>
<p class="facts">${result} ${time(at)}, by ${by}, exit ${exit ?? 'none'}, ${durationMs} ms</p>
${output !== null && output.unmet.length > 0 && html`<ul class="reasons">${output.unmet.map((one) => html`<li>${clip(one, 500)}</li>`)}</ul>`}
${blocks}
${output?.cut && html`<p class="facts">Only the beginning is quoted; the evidence file holds what was kept.</p>`}
${missing !== '' && html`<p class="facts">${missing}</p>`}
</details>`;
}
