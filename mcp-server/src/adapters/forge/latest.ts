import type { ForgeReview } from '../../app/ports/forge.ts';

/** The last verdict of each account, by time; of equal times the later in the list. */
export function latestByAccount(reviews: readonly ForgeReview[]): ForgeReview[] {
  const last = new Map<string, ForgeReview>();
  for (const review of reviews) {
    const key = review.account.toLowerCase();
    const before = last.get(key);
    if (before === undefined || Date.parse(before.at) <= Date.parse(review.at)) last.set(key, review);
  }
  return [...last.values()];
}
