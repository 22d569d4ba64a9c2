import type { Fact } from '../contract.ts';

/** The rule that concluded a fact, or what it is. */
export function ruleOf({ attributes, format, kind }: Fact): string {
  return String(attributes['rule'] ?? `${format}-${kind}`);
}
