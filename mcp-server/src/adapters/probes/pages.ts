import { type Asked, isRefusal, type Refusal } from './probe.ts';

/** A page of a list, with how many there are in all as the platform counts them. */
export interface Page<T> {
  items: readonly T[];
  total: number | undefined;
}

/** More pages than any list that is worth reading has. */
const MAX_PAGES = 1000;

/**
 * Reads a list to its end by offset. Items that move while it is read show as a total that changes, as doubles or as a gap: it is
 * read once more then, and a list that still moves is said to be incomplete.
 *
 * @param keyOf what tells items apart
 */
export async function readPages<T>(
  page: (offset: number) => Promise<Asked<Page<T>>>,
  keyOf: (item: T) => string,
): Promise<{ items: T[]; moving: boolean } | Refusal> {
  const first = await readOnce(page, keyOf);
  return 'outcome' in first || !first.moving ? first : readOnce(page, keyOf);
}

async function readOnce<T>(
  page: (offset: number) => Promise<Asked<Page<T>>>,
  keyOf: (item: T) => string,
): Promise<{ items: T[]; moving: boolean } | Refusal> {
  const items = new Map<string, T>();
  let read = 0;
  let total: number | undefined;
  let moving = false;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const answer = await page(read);
    if (isRefusal(answer)) return answer;
    const { items: some, total: counted } = answer.value;
    moving ||= total !== undefined && counted !== undefined && counted !== total;
    total = counted;
    for (const item of some) items.set(keyOf(item), item);
    read += some.length;
    if (some.length === 0 || (total !== undefined && read >= total)) break;
  }
  return { items: [...items.values()], moving: moving || items.size < read || (total !== undefined && read < total) };
}

/** What is said of a list that did not hold still. */
export const MOVING = 'the list changed while it was read: some of it may be missing';
