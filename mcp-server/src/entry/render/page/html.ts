/** Markup that was made here. Everything else that comes into a page is text, and is escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A piece of markup. What is put into it is escaped, in text and in quoted attribute values alike, unless it is markup made
 * with this function. Values never stand in a tag or attribute name, in an unquoted value, in script or in style.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = parts[0]!;
  for (const [at, value] of values.entries()) markup += markupOf(value) + parts[at + 1]!;
  return new Html(markup);
}

function markupOf(value: Content): string {
  if (value instanceof Html) return value.markup;
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'object') return value.map(markupOf).join('');
  return escaped(visible(String(value)));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);

/**
 * Control characters, and marks that turn the direction of text (Trojan Source, CVE-2021-42574), as a sign that something
 * was there; half a surrogate pair likewise, because no encoding has it.
 */
export const visible = (text: string) => text.toWellFormed().replace(STEERING, '\ufffd');

/** All that is not seen, but for tabs, line ends, and the joiners that scripts and emoji need. */
const STEERING = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The beginning of a text that may be long; what is left out is said. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} … (${text.length - most} more characters)`;
}
