import type { Broken } from '../../../domain/report/summary.ts';
import { page } from './document.ts';
import { html } from './html.ts';

/** The page of a delivery whose ledger does not hold together: what is wrong, and nothing that could be taken for a fact. */
export function brokenPage({ delivery, problems }: Broken, index?: string): string {
  return page(
    `${delivery}: integrity fault`,
    html`<header>${index !== undefined && html`<p><a href="${index}">All deliveries</a></p>`}<h1>${delivery}: integrity fault</h1></header>
<main id="main" tabindex="-1"><div class="note bad"><h2>The record does not hold together</h2>
<p>Nothing is concluded from it, and nothing is repaired. Restore <code>deliveries/${delivery}/ledger</code> from git.</p>
<ul>${problems.map((one) => html`<li><code>${one.file}</code> ${one.message}</li>`)}</ul></div></main>`,
  );
}
