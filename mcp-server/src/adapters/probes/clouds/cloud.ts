import type { PlatformFact } from '../../../domain/feasibility/snapshot.ts';
import type { Call, Hands, Refusal } from '../probe.ts';

/** One cloud, asked through its own program: who we are, how much of what may be used, and what we may do. */
export interface Cloud {
  calls: Readonly<Record<string, Call>>;
  /** Account and principal, or why nobody can say. */
  identity(hands: Hands): Promise<Identity | Refusal>;
  /** Facts about quotas and rights, below an id such as `cloud/aws`. */
  limits(id: string, who: Identity, hands: Hands): Promise<void>;
}

export interface Identity {
  account: string;
  principal: string;
}

/** Looks at each name that policy gives; where it gives none, that is said. */
export async function forEach(
  fact: Pick<PlatformFact, 'id' | 'kind'>,
  key: string,
  names: readonly string[],
  { found }: Pick<Hands, 'found'>,
  look: (name: string) => Promise<void>,
): Promise<void> {
  if (names.length === 0)
    return found({ ...fact, outcome: 'not-probed', reason: `countersign.yaml names none (probes.clouds.${key})` });
  await Promise.all(names.map(look));
}

/** `used of limit`, in the number's own form. */
export const usage = (name: string, used: number | string, limit: number | string) =>
  `${name}: ${used} of ${limit} used`;
