/** Ids of entries in artifacts: stable, never renumbered once approved (docs/artifacts.md). */
export const ENTRY_ID = /^(?:REQ|CAP|SYS|CON|Q|DEC|CMP|CHK|DEV|FC|RSK)-[1-9]\d*$|^(?:AC|TSK)-[1-9]\d*\.[1-9]\d*$/;

const NAMED = /\b(?:(?:REQ|CAP|SYS|CON|Q|DEC|CMP|CHK|DEV|FC|RSK)-\d+|(?:AC|TSK)-\d+\.\d+)\b/g;

/** Every entry id in a text, in order; used for references such as `Realises: REQ-1, REQ-2`. */
export function idsIn(text: string): string[] {
  return text.match(NAMED) ?? [];
}

/** The same with their places; offsets in UTF-16 code units. */
export function idPlaces(text: string): { start: number; end: number; found: string }[] {
  return [...text.matchAll(NAMED)].map(({ 0: found, index }) => ({ start: index, end: index + found.length, found }));
}

/** A delivery's id, which is also its folder's name (docs/artifacts.md). */
export const DELIVERY_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** 64 lower-case hex digits. */
export const SHA256 = /^[0-9a-f]{64}$/;

/** The requirement that a criterion belongs to: `AC-3.1` -> `REQ-3`. */
export function requirementOf(criterion: string): string {
  return `REQ-${criterion.slice(3).split('.')[0]}`;
}

/** Compares ids by their numbers, so that REQ-2 comes before REQ-10; no locale is involved. */
export function byId(a: string, b: string): number {
  const [prefixA, ...numbersA] = a.split(/[-.]/);
  const [prefixB, ...numbersB] = b.split(/[-.]/);
  if (prefixA !== prefixB) return prefixA! < prefixB! ? -1 : 1;
  for (let at = 0; at < Math.max(numbersA.length, numbersB.length); at++) {
    const difference = Number(numbersA[at] ?? 0) - Number(numbersB[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
