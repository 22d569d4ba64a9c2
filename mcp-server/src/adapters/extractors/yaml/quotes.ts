/**
 * Indents the lines of a quoted text that begin further left than YAML allows (YAML 1.2.2, section 7.3), from an offset
 * inside it to its closing quote: PyYAML reads such texts, and playbooks are full of them. Lines stay where they are,
 * and folding drops the added spaces. Undefined when the text is never closed.
 */
export function indentQuoted(text: string, inside: number, quote: '"' | "'"): string | undefined {
  const close = closingQuote(text, inside, quote);
  if (close === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', inside - 1) + 1;
  const lead = /^[ \-?]*/.exec(text.slice(lineStart, inside))?.[0] ?? '';
  const pad = ' '.repeat(lead.length + 2);
  return text.slice(0, inside) + text.slice(inside, close).replace(/\n(?=.)/g, `\n${pad}`) + text.slice(close);
}

function closingQuote(text: string, from: number, quote: '"' | "'"): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at++;
      else return at;
    }
  }
  return undefined;
}
