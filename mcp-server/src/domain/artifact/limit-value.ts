/** How a limit may be written: its kind decides what a run compares it with. */
export type LimitKind = 'count' | 'percentage' | 'duration' | 'money' | 'quantity';

/** ISO 8601 durations: `PT30M`, `P1DT12H`, `P2W`. */
const DURATION = /^P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/;
const MONEY = /^\d+(?:\.\d+)? [A-Z]{3}(?:\/(?:hour|day|week|month|quarter|year))?$/;
const QUANTITY = /^(?:(?:<=?|>=?|≤|≥|at most|at least|up to|no more than|no less than)\s*)?\d/i;

/** The kind of a limit's value; undefined for a value that nothing can be measured against. */
export function limitKind(value: string): LimitKind | undefined {
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(value);
  if (percent !== null) return Number(percent[1]) <= 100 ? 'percentage' : undefined;
  if (/^\d+$/.test(value)) return 'count';
  if (DURATION.test(value)) return 'duration';
  if (MONEY.test(value)) return 'money';
  return QUANTITY.test(value) ? 'quantity' : undefined;
}

const AMOUNT = ['count', 'percentage'] as const;

/** Limits that runs look at, with the kinds they can be (docs/artifacts.md). Others may be of any kind. */
export const LIMIT_KINDS: ReadonlyMap<string, readonly LimitKind[]> = new Map<string, readonly LimitKind[]>([
  ['max-hosts', AMOUNT],
  ['max-destroys', AMOUNT],
  ['batch', AMOUNT],
  ['stop-after-failures', AMOUNT],
  ['rto', ['duration']],
  ['rpo', ['duration']],
  ['cost-ceiling', ['money']],
]);

/** An example of each kind, for messages. */
export const LIMIT_EXAMPLE: Readonly<Record<LimitKind, string>> = {
  count: '10',
  percentage: '20%',
  duration: 'PT30M',
  money: '200 EUR/month',
  quantity: '5 GB',
};
