/** What a value that belongs to one site is called in a question. */
export type ValueKind = 'URL' | 'e-mail address' | 'prefix' | 'address' | 'host name' | 'date' | 'reference' | 'person';

/** One place where such a value stands; offsets in UTF-16 code units. */
export interface SiteValue {
  kind: ValueKind;
  value: string;
  start: number;
  end: number;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** Without a further dot, a name counts as a host's only below one of these: `main.tf` is a file. */
const ZONES =
  'com|net|org|io|eu|de|ch|at|fr|uk|nl|be|it|es|pl|se|no|dk|us|cloud|dev|local|internal|intern|lan|corp|home|arpa';
const FILE_ENDINGS =
  /\.(?:md|json|ya?ml|tf|tfvars|py|sh|m?[jt]s|txt|gz|zip|log|conf|cfg|ini|toml|xml|html?|csv|j2|pem|key|crt)$/i;

/** In order: what stands earlier takes the characters. Every repetition is bounded, so that the time is linear. */
const PATTERNS: readonly { kind: ValueKind; source: string }[] = [
  { kind: 'URL', source: String.raw`\bhttps?://[^\s<>()\[\]"'\u0060|]{1,300}` },
  { kind: 'e-mail address', source: String.raw`\b[\w.+-]{1,64}@(?:${LABEL}\.){1,6}[a-z]{2,24}\b` },
  { kind: 'prefix', source: String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}/\d{1,2}(?![\d/])` },
  { kind: 'address', source: String.raw`(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]\d)` },
  { kind: 'address', source: String.raw`(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])` },
  { kind: 'prefix', source: String.raw`(?<![\w:])(?:[0-9a-f]{1,4}:){1,7}:?(?:[0-9a-f]{1,4}:?){0,7}/\d{1,3}(?!\w)` },
  { kind: 'address', source: String.raw`(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])` },
  { kind: 'host name', source: String.raw`(?<![\w./-]|\w@)(?:${LABEL}\.){2,8}[a-z]{2,24}(?![\w-]|\.\w)` },
  { kind: 'host name', source: String.raw`(?<![\w./-]|\w@)${LABEL}\.(?:${ZONES})(?![\w-]|\.\w)` },
  { kind: 'date', source: String.raw`(?<![\w-])20\d\d-\d\d-\d\d(?![\w-])` },
  { kind: 'reference', source: String.raw`(?<!\w)(?:CHG|INC|RITM|PRB)-?\d{4,12}(?!\w)` },
];

/** Reserved for documentation (RFC 5737, RFC 3849, RFC 2606, RFC 6761) or the same everywhere: these belong to no site. */
const NOBODYS =
  /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|127\.|0\.0\.0\.0|255\.|169\.254\.|2001:db8:|fe80:|::)|(?:^|[./@])example\.(?:com|net|org)\b|\.(?:example|test|invalid|localhost)(?:[:/]|$)/i;

/**
 * Where a text names what belongs to one site: addresses, hosts, people, dates, tickets. What is reserved for examples is
 * left alone.
 *
 * @param named further values by kind, as the spec's front matter and design know them
 */
export function siteValuesIn(text: string, named: readonly { kind: ValueKind; value: string }[] = []): SiteValue[] {
  const literal = named
    .filter(({ value }) => value.length >= 3)
    .map(({ kind, value }) => ({ kind, source: `(?<![\\p{L}\\p{N}_-])${escaped(value)}(?![\\p{L}\\p{N}_-])` }));
  const all = [...literal, ...PATTERNS];
  const pattern = new RegExp(all.map(({ source }) => `(${source})`).join('|'), 'giu');
  const found: SiteValue[] = [];
  for (const match of text.matchAll(pattern)) {
    const which = all[match.slice(1).findIndex((group) => group !== undefined)]!;
    const value = which.kind === 'URL' ? match[0].replace(/[.,;:!?]+$/, '') : match[0];
    if (literal.includes(which) || isSites(which.kind, value))
      found.push({ kind: which.kind, value, start: match.index, end: match.index + value.length });
  }
  return found;
}

function isSites(kind: ValueKind, value: string): boolean {
  if (NOBODYS.test(value)) return false;
  if (kind === 'host name') return !FILE_ENDINGS.test(value) && value.split('.').some((label) => label.length > 2);
  if (/^[\d.]+(?:\/\d+)?$/.test(value)) return value.split(/[./]/).every((part) => Number(part) <= 255);
  // A time of the day has colons, too.
  return kind !== 'address' || value.includes('::') || value.split(':').length > 4;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
