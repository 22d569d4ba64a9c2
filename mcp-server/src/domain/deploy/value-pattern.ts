/** Longest value of an input. */
export const MAX_VALUE = 128;
/** What trying all ways to match may cost at most. */
const MAX_COST = 1_000_000;

const ATOM = /\\[dws]|\\[^A-Za-z0-9]|\[(?:\\.|[^\]\\])+\]|[^\\[\](){}|*+?^$]/y;
const TIMES = /[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\}/y;

/**
 * Reads the pattern of an input: a regular expression without groups and alternatives, anchored at both ends, whose worst
 * case on a value of 128 characters is bounded. Undefined for any other: a policy must not be able to make this hang.
 */
export function readPattern(text: string): RegExp | undefined {
  let cost = 1;
  for (let at = 0; at < text.length; ) {
    ATOM.lastIndex = at;
    if (!ATOM.test(text)) return undefined;
    at = ATOM.lastIndex;
    TIMES.lastIndex = at;
    const times = TIMES.exec(text);
    if (times === null) continue;
    at = TIMES.lastIndex;
    const [, least, comma, most] = times;
    // A count alone leaves nothing to try.
    const spread =
      least === undefined ? MAX_VALUE : comma === undefined ? 0 : Number(most ?? MAX_VALUE) - Number(least);
    if (spread < 0 || spread > MAX_VALUE) return undefined;
    cost *= times[0] === '?' ? 2 : spread + 1;
    if (cost > MAX_COST) return undefined;
  }
  try {
    return text === '' ? undefined : new RegExp(`^(?:${text})$`, 'u');
  } catch {
    return undefined;
  }
}

/** What values an input may have. */
export interface Bounds {
  pattern: string;
  min?: number | undefined;
  max?: number | undefined;
}

/** Why a value is not allowed; undefined when it is. */
export function outOfBounds(value: string, { pattern, min, max }: Bounds): string | undefined {
  if (value.length > MAX_VALUE) return `is longer than ${MAX_VALUE} characters`;
  if (readPattern(pattern)?.test(value) !== true) return `does not match ${pattern}`;
  if (min === undefined && max === undefined) return undefined;
  const number = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(number)) return 'is not a number';
  if (min !== undefined && number < min) return `is less than ${min}`;
  return max !== undefined && number > max ? `is more than ${max}` : undefined;
}
