import { together } from '../app/together.ts';
import type { Finding } from '../domain/finding.ts';
import { shareWork } from './share-work.ts';

/** A thread starts in the time of about five deliveries. */
const WORTH = 8;

/**
 * The findings of many deliveries, found by several threads, this one among them.
 *
 * @param cwd a folder in the project
 * @param validate what this thread does
 */
export async function findingsTogether(
  ids: readonly string[],
  cwd: string,
  validate: (id: string) => Finding[],
): Promise<Finding[][]> {
  const work = { module: './validate-thread.mjs', given: { cwd }, what: 'validating', worth: WORTH };
  return together(ids, shareWork<Finding[]>(ids, work), validate);
}
