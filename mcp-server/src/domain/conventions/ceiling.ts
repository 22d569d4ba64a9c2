import { limitKind } from '../artifact/limit-value.ts';

/**
 * The lower of two limits of one kind, as it is written; undefined for two that cannot be compared, such as a count and a
 * share, or money of two currencies.
 */
export function atMost(a: string, b: string): string | undefined {
  const [one, other] = [measured(a), measured(b)];
  if (one === undefined || other === undefined || one.unit !== other.unit) return undefined;
  return one.amount <= other.amount ? a : b;
}

const SECONDS = { W: 604_800, D: 86_400, H: 3600, M: 60, S: 1 } as const;

function measured(value: string): { amount: number; unit: string } | undefined {
  const kind = limitKind(value);
  if (kind === 'duration') return seconds(value);
  // A bound from below, and a number with something before it, say more than their number.
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(value) ?? [];
  return kind === undefined || amount === undefined ? undefined : { amount: Number(amount), unit: unit! };
}

/** Months and years have no fixed length; durations with them are compared with nothing. */
function seconds(value: string): { amount: number; unit: string } | undefined {
  const [, date = '', time = ''] = /^P([^T]*)(?:T(.*))?$/.exec(value) ?? [];
  if (/[YM]/.test(date)) return undefined;
  const parts = [...date.matchAll(/(\d+)([WD])/g), ...time.matchAll(/(\d+(?:\.\d+)?)([HMS])/g)];
  const amount = parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
  return { amount, unit: 's' };
}
