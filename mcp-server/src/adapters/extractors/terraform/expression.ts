import { codeParts } from './code-parts.ts';

/** The text of a literal string expression (`"a"` or a heredoc); undefined when it holds a template or is no string. */
export function literalText(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const heredoc = /^<<(-?)([\w-]+)[^\n]*\n/.exec(raw);
  if (heredoc !== null) return heredocText(raw.slice(heredoc[0].length), heredoc[1] === '-');
  if (!/^"(?:[^"\\\n]|\\.)*"$/.test(raw)) return undefined;
  if (/(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(raw)) return undefined;
  return unescapeText(raw.slice(1, -1));
}

const escapes: { readonly [char: string]: string } = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/' };

function unescapeText(text: string): string {
  return text
    .replace(
      /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g,
      (whole, short?: string, long?: string, char?: string) => {
        const code = Number.parseInt(short ?? long ?? '', 16);
        if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
        return escapes[char ?? ''] ?? whole;
      },
    )
    .replaceAll('$${', '${')
    .replaceAll('%%{', '%{');
}

function heredocText(rest: string, isIndented: boolean): string | undefined {
  const lines = rest.split('\n');
  lines.pop();
  if (/(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(rest)) return undefined;
  if (!isIndented) return lines.join('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = filled.reduce((least, line) => Math.min(least, line.length - line.trimStart().length), Infinity);
  return lines.map((line) => line.slice(Number.isFinite(indent) ? indent : 0)).join('\n');
}

/** `true` or `false` as written, also quoted as old files have it. */
export function literalBoolean(raw: string | undefined): boolean | undefined {
  const bare = raw?.replace(/^"(.*)"$/, '$1');
  return bare === 'true' ? true : bare === 'false' ? false : undefined;
}

/** A literal string's text, and otherwise the expression as written. */
export function textOrRaw(raw: string | undefined): string | undefined {
  return literalText(raw) ?? raw;
}

/** Whether an expression holds a conditional (`a ? b : c`) outside its strings. */
export function hasConditional(raw: string): boolean {
  for (const code of codeParts(raw)) if (code.includes('?')) return true;
  return false;
}
