/** A secret in a text that people write; the value itself is not handed out. */
export interface SecretPlace {
  /** What it seems to be. */
  kind: string;
  /** Counted from 1. */
  line: number;
}

/** Secrets that their issuers gave a shape. */
const SHAPES: readonly { kind: string; shape: RegExp }[] = [
  { kind: 'a private key', shape: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { kind: 'a cloud access key', shape: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { kind: "a code host's token", shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40}|glpat-[\w-]{20})/ },
  { kind: 'a chat token', shape: /\bxox[abeprs]-\d[\w-]{10}/ },
  { kind: 'a vault token', shape: /\bhvs\.[\w-]{24}/ },
  { kind: 'a signed token', shape: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10}/ },
];

const NAME = '(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)';
const VALUE = '["\'`]?([^\\s"\'`|,;<>]{8,200})';
/** `password=x` and `--token x`: what programs are given. */
const GIVEN = new RegExp(`(?:${NAME}["'\`]?\\s{0,3}=\\s{0,3}|--[\\w-]{0,40}${NAME}\\s{1,3})${VALUE}`, 'gi');
/** `password: x`: a setting, or a remark about one. */
const SAID = new RegExp(`${NAME}["'\`]?\\s{0,3}:\\s{0,3}${VALUE}`, 'gi');
const IN_URL = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:([^\s/@]{1,200})@/gi;

/** Stands for a value, or points to where it is kept. */
const REFERENCE =
  /^(?:\$|%|<|\{|\[|\*|x{3,}|\.{3}|!|(?:sha256|vault|env|file|ssm|op|secret|https?|arn):)|\{\{|\$\{|^(?:~|\.{0,2})\/|^[\w.-]+(?:\/[\w.{}-]+)+$/i;

/** Finds secrets line by line; linear in the text. */
export function secretsIn(text: string): SecretPlace[] {
  return text.split(/\r\n|\r|\n/).flatMap((content, at) => {
    const kind = kindIn(content.slice(0, 20_000));
    return kind === undefined ? [] : [{ kind, line: at + 1 }];
  });
}

function kindIn(line: string): string | undefined {
  const shaped = SHAPES.find(({ shape }) => shape.test(line));
  if (shaped !== undefined) return shaped.kind;
  if ([...line.matchAll(IN_URL)].some((match) => !REFERENCE.test(match[1]!) && match[1]!.length >= 4))
    return 'a password in an address';
  const values = (pattern: RegExp) => [...line.matchAll(pattern)].map((match) => match[1]!).filter(isLiteral);
  return values(GIVEN).length > 0 || values(SAID).some(isRandom) ? 'a password or key' : undefined;
}

/** Neither a reference nor an entry's id, and not a mere word. */
const isLiteral = (value: string) =>
  /\d/.test(value) && /\p{L}/u.test(value) && !REFERENCE.test(value) && !/^[A-Z]+-\d+(?:\.\d+)?\W*$/.test(value);

/** Has a part that is no word, number, word with a number (IPv6) or short mark (2FA). */
const isRandom = (value: string) =>
  value.split(/[-_.:()]/).some((part) => part.length > 3 && !/^(?:\p{L}+\d{0,4}|\d+)$/u.test(part));
