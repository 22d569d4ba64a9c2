/** A number with its unit, as printed. */
export interface Measure {
  value: number;
  unit: string;
}

type Bound = 'most' | 'least';

/** How many of the smallest of its kind a unit is; kinds are compared only within themselves. */
const UNITS: readonly ReadonlyMap<string, number>[] = [
  new Map([
    ['ms', 1],
    ['s', 1000],
    ['sec', 1000],
    ['second', 1000],
    ['min', 60_000],
    ['minute', 60_000],
    ['h', 3_600_000],
    ['hour', 3_600_000],
    ['d', 86_400_000],
    ['day', 86_400_000],
    ['week', 604_800_000],
  ]),
  new Map([
    ['b', 1],
    ['byte', 1],
    ['kb', 1e3],
    ['mb', 1e6],
    ['gb', 1e9],
    ['tb', 1e12],
    ['kib', 1024],
    ['mib', 1024 ** 2],
    ['gib', 1024 ** 3],
    ['tib', 1024 ** 4],
  ]),
];

const NUMBER = /^([-+]?\d{1,15}(?:\.\d{1,9})?)\s*(\S[^\n]{0,40})?$/;
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const AT = /^(<=?|≤|at most|up to|no more than|>=?|≥|at least|no less than)\s*/i;

/** The first line that something printed, as a number; undefined where it is none. */
export function readMeasure(text: string): Measure | undefined {
  const line = text.trimStart().split('\n', 1)[0]!.trim();
  const duration = DURATION.exec(line);
  if (duration !== null && /\d/.test(line)) {
    const [weeks, days, hours, minutes, seconds] = duration.slice(1).map((part) => Number(part ?? 0));
    return { value: (((weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!) * 60 + seconds!, unit: 's' };
  }
  const found = NUMBER.exec(line);
  return found === null ? undefined : { value: Number(found[1]), unit: (found[2] ?? '').trim() };
}

/**
 * Whether a measure keeps a limit, such as `250 ms`, `at least 14 days`, `80%`, `200 EUR/month` or `PT30M`. A measure without a
 * unit is in the limit's. The limit is the most there may be, unless its value or its name (`min-...`, `...-floor`) says it is the
 * least.
 *
 * @param bound which side it is, where somebody said so
 * @returns a text where the two cannot be compared
 */
export function keepsLimit(
  measure: Measure,
  limit: { name: string; value: string },
  bound?: Bound,
): { kept: boolean; bound: Bound } | { incomparable: string } {
  const [prefix = '', word = ''] = AT.exec(limit.value) ?? [];
  const wanted = readMeasure(limit.value.slice(prefix.length));
  if (wanted === undefined) return { incomparable: `the limit ${limit.name}: ${limit.value} is no number` };
  const factor = measure.unit === '' ? 1 : ratio(measure.unit, wanted.unit);
  if (factor === undefined)
    return { incomparable: `${measure.unit} cannot be compared with ${wanted.unit || 'a bare number'}` };
  const side = bound ?? sideOf(word.toLowerCase(), limit.name);
  const value = measure.value * factor;
  return { kept: side === 'most' ? value <= wanted.value : value >= wanted.value, bound: side };
}

function sideOf(word: string, name: string): Bound {
  if (word !== '') return /^[>≥]|least|less/.test(word) ? 'least' : 'most';
  return /^min-|-floor$/i.test(name) ? 'least' : 'most';
}

function ratio(from: string, to: string): number | undefined {
  const [a, b] = [from, to].map((unit) => unit.toLowerCase().replace(/\s+/g, ' ')) as [string, string];
  if (a === b) return 1;
  const singular = (unit: string) => (unit.length > 2 ? unit.replace(/s$/, '') : unit);
  for (const kind of UNITS) {
    const [one, other] = [kind.get(singular(a)), kind.get(singular(b))];
    if (one !== undefined && other !== undefined) return one / other;
  }
  return undefined;
}
