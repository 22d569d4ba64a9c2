/** What secrets look like: names that promise one, values that are one by their shape, and values that only stand for one. */

// A name ends in the word (db_password, clientSecret, API_KEY2); password_file, token_url or secret_name point elsewhere.
const strongEnd =
  /(?:^|[^a-z])(?:passwords?|passwd|passphrase|pwd|api[_.-]?key|apikey|access[_.-]?key|secret[_.-]?key|private[_.-]?key|signing[_.-]?key|encryption[_.-]?key|client[_.-]?secret|shared[_.-]?secret|auth[_.-]?token|access[_.-]?token|bearer[_.-]?token|secret[_.-]?access[_.-]?key)(?:[_.-]?(?:value|plain|default|\d+))?$/;
const passEnd = /[a-z0-9][_.-]pass$/;
const weakEnd = /(?:^|[^a-z])(?:secret|token|credentials?|psk|authorization)(?:[_.-]?(?:value|\d+))?$/;

/** What a name promises: `strong` (any literal is a secret), `weak` (only a literal that looks random), or nothing. */
export function secretName(name: string): 'strong' | 'weak' | undefined {
  if (name.length > 120) return undefined;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (strongEnd.test(words) || passEnd.test(words)) return 'strong';
  return weakEnd.test(words) ? 'weak' : undefined;
}

const notAValue =
  /^(?:|null|nil|none|~|true|false|yes|no|on|off|str|string|bool|number|any|undefined|required|optional|omit|present|absent|always|never|disabled|enabled|x{3,}|\*{2,}|\.{3,}|-+|_+|<[^>]*>|\[[^\]]*\]|\(.*\))$/i;
const standsFor =
  /\$\{|\{\{|\{%|<%|\$\(|`|%\(|^\$(?:\w|[@*#?]|$)|^%[A-Za-z_]+%$|^\*[A-Za-z_]|^!(?:vault|reference|Ref|Sub|GetAtt|env)|^\$ANSIBLE_VAULT|^ENC\[|^(?:vault|ssm|op|ref\+\w+|awssm|gcpsm|keyvault|arn|env|file):|\blookup\(|^secretKeyRef|^(?:var|local|data|module|each|random_\w+|env|secrets|params|vars|inputs)\.[\w.[\]"-]+$|@(?:Microsoft|secret)/;
const isPath = /^(?:~|\.{1,2})?\/[\w.-]+(?:\/|$)/;

/** A literal behind a name that promises a secret: not empty, no reference, template, vault value, path, URL or placeholder. */
export function secretLiteral(name: string, value: string): boolean {
  const strength = secretName(name);
  if (strength === undefined) return false;
  const text = value.trim();
  if (notAValue.test(text) || standsFor.test(text) || isPath.test(text) || /^[a-z][a-z+.-]*:\/\//i.test(text))
    return false;
  // A key is often named rather than given: `encryption_key = "my-key"`, `secretKey: API_TOKEN`.
  if (/key$/i.test(name) && /^(?:[a-z]+(?:[-_./][a-z0-9]+)*|[A-Z]+(?:_[A-Z0-9]+)+)$/.test(text)) return false;
  if (strength === 'strong') return /^\d{1,3}$/.test(text) ? /pass|pwd/i.test(name) : true;
  const bare = text.replace(/^(?:bearer|basic|token)\s+/i, '');
  return bare.length >= 8 && !/\s/.test(bare) && /\d/.test(bare) && /[A-Za-z]/.test(bare) && entropy(bare) >= 2.8;
}

/** Shannon entropy of a text in bits a character (Shannon 1948). */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Tokens that their issuers gave a shape; the floor keeps placeholders such as ghp_xxxx out. */
export const tokenShape =
  /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}|gl(?:pat|dt|rt)-[\w-]{20,64}|xox[abeprs]-[\w-]{10,255}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}|hvs\.[\w-]{24,255}|dckr_pat_[\w-]{20,64}|SG\.[\w-]{16,64}\.[\w-]{16,128}|eyJ[\w-]{10,4096}\.eyJ[\w-]{10,4096}\.[\w-]{10,4096})/g;
export const tokenEntropyFloor = 2.5;

/** A value that may be cut out wherever it stands without hurting ordinary words: `postgres` is not, `hunter2` is. */
export function isDistinctive(value: string): boolean {
  if (value.length < 6 || /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(value)) return value.length >= 24;
  return /[A-Za-z]/.test(value) ? /[^A-Za-z]/.test(value) : value.length >= 8;
}
