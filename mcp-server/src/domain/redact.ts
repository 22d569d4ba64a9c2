/** What stands in for a secret. */
export const REDACTED = '[redacted]';

/** Shapes of secrets that are recognised wherever they stand. The first group, where there is one, is kept. */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,255}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,64}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,250}\b/g,
  /\bsk-[A-Za-z0-9_-]{20,200}\b/g,
  /\bhv[sb]\.[A-Za-z0-9_-]{20,200}\b/g,
  /\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}/g,
  /\b((?:Bearer|Basic|Token)\s+)[A-Za-z0-9+/_.=-]{12,4000}/gi,
  /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,100}:)[^\s@/]{1,200}(?=@)/gi,
  /((?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)["']?\s{0,3}[:=]\s{0,3})(?:"[^"\n]{3,400}"|'[^'\n]{3,400}'|[^\s"',;]{3,400})/gi,
];

/**
 * Takes secrets out of captured text before it is stored: known shapes, and the given values wherever they occur.
 *
 * @param values secrets that are known to this run, such as the values of environment variables; short ones are ignored
 */
export function redact(text: string, values: readonly string[] = []): string {
  let clean = text;
  for (const value of [...values].sort((a, b) => b.length - a.length))
    if (value.length >= 6) clean = clean.split(value).join(REDACTED);
  for (const shape of SHAPES)
    clean = clean.replace(shape, (_match, kept?: unknown) =>
      typeof kept === 'string' ? `${kept}${REDACTED}` : REDACTED,
    );
  return clean;
}
