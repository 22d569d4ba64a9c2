import { entropy, isDistinctive, secretLiteral, secretName, tokenEntropyFloor, tokenShape } from './secret-shapes.ts';

export type SecretClass = 'private-key' | 'password' | 'token' | 'credential-url';

/** A secret in clear. The value stays inside extraction: it is what gets removed, never what gets said. */
export interface FoundSecret {
  /** What it is called where it stands: the variable, key or kind of key. */
  name: string;
  class: SecretClass;
  line: number;
  endLine: number;
  /** Where the name stands, when that is another line than the value's. */
  nameLine?: number;
  value: string;
}

export const redacted = '(redacted)';

// Bounds that keep one scan linear whatever the file: windows around a name, and the longest values worth reading.
const window = 200;
const longestLine = 4096;
const longestPem = 20_000;

const secretWord = /pass(?:w|phrase|\b)|pwd|key|secret|token|credential|psk|authorization/gi;
const nameChar = /[\w.-]/;
// Where a bare word is an expression, only a quoted one is a literal.
const quotedOnly = /\.(?:tf|tofu|hcl|tfvars|json|py|js|ts|go|rb|groovy)$|(?:^|\/)Jenkinsfile[^/]*$/;

/**
 * Finds secrets in clear in any text file: PEM private keys, tokens by their shape (with an entropy floor), credentials
 * in URLs, and literals behind names that promise a secret (`db_password: x`, `PASSWORD=x`, `"token": "x"`, `--password x`,
 * and `name: DB_PASSWORD` followed by `value: x`). Linear in the text.
 */
export function findSecrets(text: string, path = ''): FoundSecret[] {
  const raw = [
    ...pemBlocks(text),
    ...shapedTokens(text),
    ...urlCredentials(text),
    ...optionCredentials(text),
    ...namedLiterals(text, path),
  ];
  if (raw.length === 0) return [];
  raw.sort((a, b) => a.start - b.start || b.value.length - a.value.length);
  const found: FoundSecret[] = [];
  let line = 1;
  let at = 0;
  let covered = -1;
  for (const secret of raw) {
    const end = secret.start + secret.value.length;
    if (end <= covered) continue;
    covered = end;
    for (; at < secret.start; at++) if (text.charCodeAt(at) === 10) line++;
    const { name, value } = secret;
    const between = secret.nameStart === undefined ? 0 : lineEnds(text.slice(secret.nameStart, secret.start));
    const place = { line, endLine: line + lineEnds(value.trimEnd()) };
    found.push({ name, class: secret.class, ...place, value, ...(between > 0 ? { nameLine: line - between } : {}) });
  }
  return found;
}

function lineEnds(text: string): number {
  return text.match(/\n/g)?.length ?? 0;
}

interface RawSecret {
  name: string;
  class: SecretClass;
  start: number;
  nameStart?: number;
  value: string;
}

function* pemBlocks(text: string): Generator<RawSecret> {
  let from = 0;
  for (;;) {
    const start = text.indexOf('-----BEGIN ', from);
    if (start < 0) return;
    const label = /^-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----/.exec(text.slice(start, start + 80));
    from = start + 11;
    if (label === null) continue;
    const end = from + pemEnd(text.slice(from, from + longestPem), (label[1] as string).length);
    // A program that looks for the line, or an example with dots in place of a key.
    if (!holdsKey(text.slice(start + label[0].length, end))) {
      from = end;
      continue;
    }
    yield { name: label[1] as string, class: 'private-key', start, value: text.slice(start, end) };
    from = end;
  }
}

function holdsKey(body: string): boolean {
  const close = body.lastIndexOf('-----END ');
  return close < 0 ? /[A-Za-z0-9+/]{16}/.test(body) : /[A-Za-z0-9+/=]{6}/.test(body.slice(0, close));
}

// A line of a key whose END is not there: base64, or one of its headers, behind whatever quotes or comments the file.
const pemLine =
  /^[\s#*/"'|>;-]*(?:[A-Za-z0-9+/]{16,}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment): [^\n]*)?["',\\]*\s*$/;

/** Where a block ends within the text after its BEGIN: behind its END line, before the next block, or where lines are no key's. */
function pemEnd(rest: string, label: number): number {
  const close = rest.indexOf('-----END ');
  const next = rest.indexOf('-----BEGIN ');
  if (close >= 0 && (next < 0 || close < next)) return Math.min(rest.length, close + 9 + label + 5);
  const most = next < 0 ? rest.length : next;
  let end = rest.indexOf('\n');
  if (end < 0) return most;
  for (let at = end + 1; at < most; at = end + 1) {
    const stop = rest.indexOf('\n', at);
    const line = rest.slice(at, stop < 0 ? most : stop);
    if (!pemLine.test(line)) break;
    end = stop < 0 ? most : stop;
  }
  return Math.min(end, most);
}

function* shapedTokens(text: string): Generator<RawSecret> {
  for (const match of text.matchAll(tokenShape)) {
    if (entropy(match[0]) < tokenEntropyFloor) continue;
    const prefix = /^(?:AKIA|ASIA|AIza|eyJ|[a-z]+_(?:[a-z]+_)?|[A-Za-z]+[-.])/.exec(match[0])?.[0] ?? 'token';
    yield { name: prefix, class: 'token', start: match.index, value: match[0] };
  }
}

function* urlCredentials(text: string): Generator<RawSecret> {
  for (let from = text.indexOf('://'); from >= 0; from = text.indexOf('://', from + 3)) {
    const match = /^:\/\/([^\s:/@"'<>$]{1,64}):([^\s/@"'<>]{1,128})@/.exec(text.slice(from, from + 200));
    const value = match?.[2];
    if (match === null || value === undefined || !secretLiteral('password', value)) continue;
    const name = match[1] as string;
    yield { name, class: 'credential-url', start: from + 3 + name.length + 1, value };
  }
}

// Options that take a password by their place and not by their name; each program spells it in its own way.
const credentialOptions: readonly RegExp[] = [
  /\b(?:curl|wget|https?(?=\s)|lftp)\b[^\n]{0,300}?\s(?:-u|-U|--user|--proxy-user)[ =]?["']?([^\s:"'$`{}]{1,64}:)([^\s"'`]{1,128})/dg,
  /\bsshpass\b[^\n]{0,60}?\s(-p)[ ]?["']?([^\s"'`]{1,128})/dg,
  /\bredis-cli\b[^\n]{0,200}?\s(-a)[ ]?["']?([^\s"'`]{1,128})/dg,
  /\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\b[^\n]{0,200}?\s(-p)["']?([^\s"'`]{1,128})/dg,
];

// Most texts call none of them: one search for their names is cheaper than four that look further.
const credentialPrograms = /curl|wget|https?\s|lftp|sshpass|redis-cli|mysql|mariadb/;

function* optionCredentials(text: string): Generator<RawSecret> {
  if (!credentialPrograms.test(text)) return;
  for (const option of credentialOptions)
    for (const match of text.matchAll(option)) {
      const [, name = '', value = ''] = match;
      const start = match.indices?.[2]?.[0];
      if (start === undefined || !secretLiteral('password', value)) continue;
      yield { name: name.replace(/[:%]$/, ''), class: 'password', start, value };
    }
}

function* namedLiterals(text: string, path: string): Generator<RawSecret> {
  const quoted = quotedOnly.test(path);
  const settings = settingsFile.test(path);
  let past = 0;
  for (const match of text.matchAll(secretWord)) {
    if (match.index < past) continue;
    let start = match.index;
    while (start > 0 && match.index - start < 100 && nameChar.test(text[start - 1] as string)) start--;
    let end = match.index + 1;
    while (end < text.length && end - match.index < 100 && nameChar.test(text[end] as string)) end++;
    past = end;
    const flags = /^-*/.exec(text.slice(start, end))?.[0] ?? '';
    const name = text.slice(start + flags.length, end);
    // `--ask-pass` and `--no-ask-password` take no value: what stands behind them is something else.
    if (secretName(name) === undefined || (flags.length >= 2 && /^(?:no|ask|prompt)-/.test(name))) continue;
    const literal = literalAfter(text, start, end, { quoted, settings, flag: flags.length >= 2 });
    if (literal === undefined || !secretLiteral(name, literal.value)) continue;
    past = Math.max(past, literal.start + literal.value.length);
    const kind = /token|authorization/i.test(name) ? 'token' : 'password';
    yield { name, class: kind, nameStart: start + flags.length, ...literal };
  }
}

// How far an unquoted value goes: a YAML or settings line, a shell word, a word within a flow mapping.
const reaches = { line: /^[^#\s,{}[\]].*/, argument: /^[^\s;&|"'<>()]+/, word: /^[^\s,;&|#{}[\]()"']+/ };
// Lines of `name=value` where a value may hold blanks.
const settingsFile = /(?:^|\/)\.env[^/]*$|\.(?:env|ini|cfg|conf|cnf|properties)$/;

type Literal = { start: number; value: string };

/** The literal that a name at start..end is given, if any. */
function literalAfter(
  text: string,
  start: number,
  end: number,
  how: { quoted: boolean; settings: boolean; flag: boolean },
): Literal | undefined {
  const near = text.slice(Math.max(0, start - window), start);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  const after = text.slice(end, end + window);
  const isComment = /^\s*(?:#|\/\/|;|\*)/.test(before);
  // Within a statement or an expression of a template a bare word is a variable.
  const isTemplate = /\{[%{][^%}]*$/.test(before);
  const pair = /^["']?[\])]?[ \t]*(?:=>|:=|\?=|[:=])[ \t]*/.exec(after) ?? (how.flag ? /^ +/.exec(after) : null);
  if (pair !== null) {
    const reach = /^\s*(?:-\s+)?["']?$/.test(before) && (/:/.test(pair[0]) || how.settings) ? 'line' : 'word';
    const isShell = !/:/.test(pair[0]);
    const value = valueAt(text, end + pair[0].length, {
      quoted: how.quoted || isTemplate,
      reach: isShell && reach === 'word' ? 'argument' : reach,
    });
    return isComment && value !== undefined && (/\s/.test(value.value) || !isDistinctive(value.value))
      ? undefined
      : value;
  }
  // name: DB_PASSWORD, and on the same or the next line value: x (containers, task definitions, chart sets).
  if (!/(?:^|[\s,{("'-])(?:name|key)["']?[ \t]*[:=][ \t]*["']?$/i.test(before)) return undefined;
  const value = /^["']?[ \t]*(?:,[ \t]*)?(?:\r?\n[ \t]*)?["']?(?:value|default)["']?[ \t]*[:=][ \t]*/i.exec(after);
  return value === null ? undefined : valueAt(text, end + value[0].length, { quoted: how.quoted, reach: 'line' });
}

function valueAt(text: string, at: number, how: { quoted: boolean; reach: keyof typeof reaches }): Literal | undefined {
  const tag = /^!(?:unsafe|!str)[ \t]+/.exec(text.slice(at, at + 20));
  const start = at + (tag?.[0].length ?? 0);
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    let end = start + 1;
    const stop = Math.min(text.length, start + longestLine);
    while (end < stop && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    return { start: start + 1, value: text.slice(start + 1, Math.min(end, stop)) };
  }
  const rest = (/^[^\r\n]*/.exec(text.slice(start, start + longestLine)) as RegExpExecArray)[0];
  if (/^[|>][+-]?\d?[ \t]{0,20}$/.test(rest))
    return how.quoted ? undefined : blockScalar(text, text.indexOf('\n', start) + 1);
  if (how.quoted) return undefined;
  const value = reaches[how.reach].exec(rest)?.[0];
  if (value === undefined) return undefined;
  const comment = value.search(/\s#/);
  return { start, value: (comment < 0 ? value : value.slice(0, comment)).trimEnd() };
}

function blockScalar(text: string, at: number): Literal | undefined {
  const indent = /^[ \t]+/.exec(text.slice(at, at + 100))?.[0];
  if (at === 0 || indent === undefined) return undefined;
  let end = at;
  while (end < text.length && (text.startsWith(indent, end) || text[end] === '\n')) {
    const next = text.indexOf('\n', end);
    end = next < 0 ? text.length : next + 1;
  }
  return { start: at + indent.length, value: text.slice(at + indent.length, end).trimEnd() };
}

/**
 * A function that removes these values from a text. Distinctive values go wherever they stand; a value that is an
 * ordinary word (`postgres`) only where the text or the key of the attribute shows it as the secret.
 */
export function scrubber(values: readonly string[]): (text: string, key?: string) => string {
  if (values.length === 0) return (text) => text;
  const all = [...new Set(values.flatMap(spellings))].sort((a, b) => b.length - a.length);
  const distinctive = all.filter(isDistinctive);
  const ordinary = new Set(all.filter((value) => !isDistinctive(value)));
  return (text, key = '') => {
    let clean = text;
    for (const value of distinctive) if (clean.includes(value)) clean = clean.replaceAll(value, redacted);
    if (ordinary.size === 0) return clean;
    if (/^(?:default|value)$/.test(key) || secretName(key) === 'strong') {
      const bare = clean.replace(/^(["'])(.*)\1$/s, '$2');
      if (ordinary.has(bare)) return redacted;
    }
    for (const found of findSecrets(clean).reverse())
      if (ordinary.has(found.value)) clean = cutLast(clean, found.value);
    return clean;
  };
}

/** A value as written, as a parser may decode it, and the lines of a long one, which may be indented anew. */
function spellings(value: string): string[] {
  const decoded = value.replace(/\\(["'\\/])/g, '$1').replace(/\\n/g, '\n');
  const lines = /\n/.test(decoded)
    ? decoded.split(/\s*\n\s*/).filter((line) => line.length >= 8 && !line.startsWith('-----'))
    : [];
  return [value, decoded, ...lines].filter((spelling) => spelling.length > 0);
}

function cutLast(text: string, value: string): string {
  const at = text.lastIndexOf(value);
  return at < 0 ? text : text.slice(0, at) + redacted + text.slice(at + value.length);
}
