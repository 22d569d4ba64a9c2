import { Html, html } from './html.ts';

/** What a filter offers: words that have to be there, and one of some kinds. */
export interface Filter {
  /** Id of the element whose `data-kind` items are shown or hidden. */
  target: string;
  /** What is filtered, in the plural. */
  what: string;
  kinds: readonly { kind: string; says: string }[];
}

/** A filter above a table. It is of no use without the page's script, which takes `hidden` away. */
export function filterForm({ target, what, kinds }: Filter): Html {
  const options = kinds.map((one) => html`<option value="${one.kind}">${one.says}</option>`);
  return html`<form class="filter" data-for="${target}" role="search" aria-label="Filter ${what}" hidden>
<label>Words <input type="search" name="words" autocomplete="off"></label>
${kinds.length > 1 && html`<label>Show <select name="kind"><option value="">all ${what}</option>${options}</select></label>`}
<output role="status"></output>
</form>`;
}

/** Each kind that occurs, once, in order of first appearance. */
export function kindsOf<T>(items: readonly T[], kindOf: (item: T) => string, says: (kind: string) => string) {
  return [...new Set(items.map(kindOf))].map((kind) => ({ kind, says: says(kind) }));
}

/** Above this, what is not on the screen is not laid out. */
const LONG = 150;

/** The class of a list of so many items. */
export const lengthClass = (items: number) => (items > LONG ? 'long' : 'short');

/** A table that scrolls in itself where the page is narrow, and can be scrolled with the keyboard. */
export function table(caption: string, head: readonly string[], body: Html | readonly Html[], id = ''): Html {
  const length = lengthClass(body instanceof Html ? 1 : body.length);
  const columns = head.map((one) => html`<th scope="col">${one}</th>`);
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table class="${length}"${id !== '' && html` id="${id}"`}><caption>${caption}</caption><thead><tr>${columns}</tr></thead>${body}</table>
</div>`;
}
