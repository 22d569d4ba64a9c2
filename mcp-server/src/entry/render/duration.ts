import { DAY_MS, HOUR_MS } from '../../domain/time.ts';

const UNITS = [
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A duration in its two largest units, `2 d 3 h`; below a second `0 s`. */
export function duration(ms: number): string {
  const at = UNITS.findIndex(([, size]) => ms >= size);
  if (at < 0) return '0 s';
  const [unit, size] = UNITS[at]!;
  const next = UNITS[at + 1];
  const rest = next === undefined ? 0 : Math.floor((ms % size) / next[1]);
  return rest === 0 ? `${Math.floor(ms / size)} ${unit}` : `${Math.floor(ms / size)} ${unit} ${rest} ${next![0]}`;
}
