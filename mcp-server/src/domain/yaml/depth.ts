import type { CST } from 'yaml';

/**
 * The token whose collection nests deeper than `max`, undefined when none does. Composing recurses, and on some
 * 2,000-deep inputs V8 aborts the whole process instead of throwing, so depth is measured on the token tree first.
 */
export function tooDeep(tokens: readonly CST.Token[], max: number): CST.Token | undefined {
  const waiting = tokens.flatMap((token) =>
    token.type === 'document' && token.value !== undefined ? [{ token: token.value, depth: 1 }] : [],
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!('items' in next.token)) continue;
    if (next.depth > max) return next.token;
    for (const { key, value } of next.token.items) {
      if (key != null && 'items' in key) waiting.push({ token: key, depth: next.depth + 1 });
      if (value !== undefined && 'items' in value) waiting.push({ token: value, depth: next.depth + 1 });
    }
  }
  return undefined;
}
