/** Others who take ids at the same time. */
export interface Hands<Result> {
  /** The next id that nobody has taken. */
  next(): string | undefined;
  /** What the others did, when they are done; what they could not do is not in it. */
  theirs(): Promise<ReadonlyMap<string, Result>>;
  stop(): void;
}

/**
 * Does the same for many ids, with others who take a share. Whatever they could not do is done here, and its faults are
 * thrown here.
 *
 * @returns results in the order of the ids
 */
export async function together<Result>(
  ids: readonly string[],
  hands: Hands<Result>,
  one: (id: string) => Result,
): Promise<Result[]> {
  const done = new Map<string, Result>();
  try {
    for (let id = hands.next(); id !== undefined; id = hands.next()) done.set(id, one(id));
    for (const [id, result] of await hands.theirs()) done.set(id, result);
  } finally {
    hands.stop();
  }
  return ids.map((id) => done.get(id) ?? one(id));
}
