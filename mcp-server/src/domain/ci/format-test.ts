import type { Variable } from './configuration.ts';
import { word } from './shell-text.ts';

/** Formats that can be tested, as extended regular expressions of POSIX. */
const FORMS: readonly { named: RegExp; pattern: string }[] = [
  { named: /^(?:integer|int|count|port)\b/i, pattern: '^-?[0-9]+$' },
  { named: /^(?:number|decimal|float)\b/i, pattern: '^-?[0-9]+([.][0-9]+)?$' },
  { named: /^(?:bool|boolean|yes\s*\/\s*no|true\s*\/\s*false)\b/i, pattern: '^(true|false|yes|no|0|1)$' },
  { named: /^(?:url|https? url|http\(s\) url|uri)\b/i, pattern: '^[a-z][a-z0-9+.-]*://[^[:space:]]+$' },
  { named: /^(?:e-?mail)\b/i, pattern: '^[^@[:space:]]+@[^@[:space:]]+$' },
  { named: /^(?:ipv4|ip address)\b/i, pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}$' },
  { named: /^40 hex digits\b/i, pattern: '^[0-9a-f]{40}$' },
];

const REGEX = 'process.exit(new RegExp(process.argv[1]).test(process.env[process.argv[2]])?0:1)';

/** A command that holds where the variable has its format; undefined for a format that only people understand. */
export function formatTest({ name, format }: Variable): string | undefined {
  const regex = /^\/(.+)\/$/s.exec(format)?.[1];
  if (regex !== undefined) return compiles(regex) ? `node -e ${word(REGEX)} ${word(regex)} ${name}` : undefined;
  const choices = choicesIn(format);
  if (choices !== undefined) return `case "$${name}" in ${choices.map(word).join('|')}) true;; *) false;; esac`;
  const form = FORMS.find(({ named }) => named.test(format));
  return form === undefined ? undefined : `printf '%s\\n' "$${name}" | grep -Eq -- ${word(form.pattern)}`;
}

/** `one of a, b` and `a, b or c`, where the parts are words. */
function choicesIn(format: string): string[] | undefined {
  const list = /^one of:?\s+(.+)$/i.exec(format)?.[1];
  const choices = list?.split(/\s*(?:,|\||\bor\b)\s*/).filter((one) => one !== '');
  return choices?.every((one) => /^[\w.:@/+-]+$/.test(one)) ? choices : undefined;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
