import { fromBase64, toBase64 } from './base64.ts';
import { WireReader } from './wire.ts';

/** Who may sign, in the user's repository. */
export const SIGNERS_FILE = 'deliveries/allowed_signers';

/** One line of an allowed signers file (ssh-keygen(1), ALLOWED SIGNERS). */
export interface AllowedSigner {
  /** Patterns, with `*` and `?`, and `!` to exclude. */
  principals: string[];
  keyType: string;
  /** Base64 of the key's wire blob. */
  key: string;
  namespaces: string[] | null;
  /** Milliseconds since the epoch; null for no bound. */
  validAfter: number | null;
  validBefore: number | null;
  /** A certificate authority: what it signed is for ssh-keygen to judge. */
  authority: boolean;
  line: number;
}

/** Reads the file; lines that make no sense are reported and count for nothing. */
export function readAllowedSigners(text: string): {
  signers: AllowedSigner[];
  problems: { line: number; message: string }[];
} {
  const signers: AllowedSigner[] = [];
  const problems: { line: number; message: string }[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [at, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const read = readLine(line, at + 1);
    if ('message' in read) problems.push(read);
    else signers.push(read);
  }
  return { signers, problems };
}

/** Words of a line; double quotes keep spaces and commas together. */
const WORDS = /(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g;

function readLine(line: string, number: number): AllowedSigner | { line: number; message: string } {
  const words = line.match(WORDS) ?? [];
  const principals = unquote(words[0] ?? '')
    .split(',')
    .filter((one) => one !== '');
  const problem = (message: string) => ({ line: number, message });
  let at = 1;
  const options: string[] = [];
  if (words[1] !== undefined && !isKeyType(words[1])) {
    options.push(...splitOptions(words[1]));
    at = 2;
  }
  const [keyType, key] = [words[at], words[at + 1]];
  if (principals.length === 0 || keyType === undefined || key === undefined || !isKeyType(keyType))
    return problem('expected: principals [options] key-type key');
  const blob = fromBase64(key);
  if (blob === undefined) return problem('the key is not base64');
  if (typeIn(blob) !== keyType) return problem(`the key is not of type ${keyType}`);
  const signer: AllowedSigner = {
    principals,
    keyType,
    key: toBase64(blob),
    namespaces: null,
    validAfter: null,
    validBefore: null,
    authority: false,
    line: number,
  };
  const given = options.map((option) => option.split('=', 1)[0]!.toLowerCase());
  const twice = given.find((name, place) => given.indexOf(name) !== place);
  if (twice !== undefined) return problem(`option ${twice} is given twice`);
  for (const option of options) {
    const wrong = applyOption(signer, option);
    if (wrong !== undefined) return problem(wrong);
  }
  if (signer.validAfter !== null && signer.validBefore !== null && signer.validAfter > signer.validBefore)
    return problem('valid-after is later than valid-before');
  return signer;
}

/** The type that a key's blob names; undefined for what is no key. */
function typeIn(blob: Uint8Array): string | undefined {
  try {
    return new WireReader(blob).text();
  } catch {
    return undefined;
  }
}

function applyOption(signer: AllowedSigner, option: string): string | undefined {
  const [name, ...rest] = option.split('=');
  const value = unquote(rest.join('='));
  switch (name!.toLowerCase()) {
    case 'cert-authority':
      signer.authority = true;
      return undefined;
    case 'namespaces':
      signer.namespaces = value.split(',');
      return undefined;
    case 'valid-after':
    case 'valid-before': {
      const time = readTime(value);
      if (time === undefined) return `${name} is not YYYYMMDD[HHMM[SS]][Z]`;
      if (name!.toLowerCase() === 'valid-after') signer.validAfter = time;
      else signer.validBefore = time;
      return undefined;
    }
    default:
      // ssh-keygen refuses a line whose options it does not know, and so do we.
      return `option ${name} is not known`;
  }
}

/**
 * A time of ssh-keygen: YYYYMMDD[HHMM[SS]], in UTC when it ends in Z. Without Z, ssh-keygen reads it in the zone of the
 * machine; here it is read as UTC too, so that no environment decides whether an approval holds.
 */
function readTime(text: string): number | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z?$/i.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  // Month 13 would roll over into the next year.
  const written = `${year}${month}${day}${hour.padStart(2, '0')}${minute.padStart(2, '0')}${second.padStart(2, '0')}`;
  return new Date(time).toISOString().replace(/\D/g, '').slice(0, 14) === written ? time : undefined;
}

const isKeyType = (word: string) =>
  /^(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/.test(word);
const splitOptions = (text: string) => text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [];
const unquote = (text: string) =>
  text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1'));

/**
 * Whether a line's patterns name this principal; an excluding pattern that matches wins. Unlike ssh-keygen, capital and
 * small letters are the same: one person is one person (see `person`).
 */
export function namesPrincipal(signer: AllowedSigner, principal: string): boolean {
  return inPatterns(
    signer.principals.map((pattern) => pattern.toLowerCase()),
    principal.toLowerCase(),
  );
}

/** A pattern list of ssh_config(5), PATTERNS: named by one, and excluded by none that starts with `!`. */
function inPatterns(patterns: readonly string[], text: string): boolean {
  let named = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matches(pattern.slice(1), text)) return false;
    } else named ||= matches(pattern, text);
  }
  return named;
}

/** `*` is any text, `?` any character. Goes back to the last `*` only, so that no pattern costs more than its product. */
function matches(pattern: string, text: string): boolean {
  let [at, place] = [0, 0];
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/**
 * The line that lets this key sign for this principal in this namespace at this time.
 *
 * @param key base64 of the key's wire blob
 * @param at milliseconds since the epoch
 */
export function signerFor(
  signers: readonly AllowedSigner[],
  wanted: { key: string; principal: string; namespace: string; at: number },
): AllowedSigner | { problem: string } {
  const own = signers.filter((one) => one.key === wanted.key && !one.authority);
  if (own.length === 0) return { problem: 'the key is not among the allowed signers' };
  const named = own.filter((one) => namesPrincipal(one, wanted.principal));
  if (named.length === 0) return { problem: `the key does not sign for ${wanted.principal}` };
  const spaced = named.filter((one) => one.namespaces === null || inPatterns(one.namespaces, wanted.namespace));
  if (spaced.length === 0) return { problem: `the key is not allowed in the namespace ${wanted.namespace}` };
  const valid = spaced.find(
    (one) =>
      (one.validAfter === null || wanted.at >= one.validAfter) &&
      (one.validBefore === null || wanted.at <= one.validBefore),
  );
  return valid ?? { problem: 'the key was not valid at that time' };
}
