const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const WEEKLY = /^([a-z]{3})(?:-([a-z]{3}))? ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;
const MINUTES = 24 * 60;

/** A stretch of time in UTC: from one moment to another, or every week on some days. */
export type Span =
  | { kind: 'dates'; from: number; to: number }
  | { kind: 'weekly'; days: readonly number[]; from: number; to: number };

/**
 * Reads a change window or a freeze: `mon-fri 08:00-16:00`, `sat 22:00-04:00` (into the next day), or an interval of two
 * RFC 3339 times with a slash between them (ISO 8601): `2026-12-20T00:00:00Z/2027-01-04T00:00:00Z`. All in UTC.
 */
export function readSpan(text: string): Span | undefined {
  const slash = text.indexOf('/');
  if (slash > 0) {
    const [from, to] = [text.slice(0, slash), text.slice(slash + 1)].map(instant) as [number, number];
    return from < to ? { kind: 'dates', from, to } : undefined;
  }
  const found = WEEKLY.exec(text.toLowerCase());
  if (found === null) return undefined;
  const [first, last] = [found[1]!, found[2] ?? found[1]!].map((one) => (DAYS as readonly string[]).indexOf(one));
  const [from, to] = [Number(found[3]) * 60 + Number(found[4]), Number(found[5]) * 60 + Number(found[6])];
  if (first === undefined || last === undefined || first < 0 || last < 0 || to > MINUTES || from === to)
    return undefined;
  const length = ((last - first + 7) % 7) + 1;
  return { kind: 'weekly', days: Array.from({ length }, (_, at) => (first + at) % 7), from, to };
}

/** NaN for what is no RFC 3339 time with a zone: what `Date` would guess is not taken. */
const instant = (text: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;

/** @param now milliseconds since the epoch */
export function within(span: Span, now: number): boolean {
  if (span.kind === 'dates') return span.from <= now && now < span.to;
  const date = new Date(now);
  const [day, minute] = [date.getUTCDay(), date.getUTCHours() * 60 + date.getUTCMinutes()];
  const on = (one: number) => span.days.includes((one + 7) % 7);
  if (span.from < span.to) return on(day) && span.from <= minute && minute < span.to;
  return (on(day) && minute >= span.from) || (on(day - 1) && minute < span.to);
}

/** Why nothing may be applied at this moment; empty when it may. A freeze counts more than a window. */
export function closedBecause(
  { windows, freezes }: { windows: readonly string[]; freezes: readonly string[] },
  now: number,
): string[] {
  const at = new Date(now).toISOString();
  const inside = (text: string) => {
    const span = readSpan(text);
    return span !== undefined && within(span, now);
  };
  const frozen = freezes.filter(inside).map((one) => `it is ${at}, and changes are frozen: ${one}`);
  if (frozen.length > 0 || windows.length === 0 || windows.some(inside)) return frozen;
  return [`it is ${at}, outside the change window (${windows.join(', ')}, UTC)`];
}
