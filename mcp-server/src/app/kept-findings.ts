import type { Finding } from '../domain/finding.ts';
import { sha256 } from '../domain/hash.ts';
import { DAY_MS } from '../domain/time.ts';
import type { Ports } from './ports.ts';

/** The artifacts that rules look at. */
const READ = ['requirements.md', 'feasibility.md', 'design.md'] as const;

/** Findings of a delivery that are kept, and the key under which they hold. */
export interface Kept {
  key: string;
  findings: Finding[] | undefined;
}

/**
 * Looks up what was found when everything that findings follow from was the same, byte for byte: artifacts, events, policy,
 * the names of the evidence, which are its hashes, the day, and the program. What is kept saves work and proves nothing.
 *
 * @param version says which program made the findings; another version shares none
 * @param policy text of the policy, undefined where there is none; one run reads it once
 */
export function keptFindings(
  ports: Ports,
  id: string,
  { version, policy }: { version: string; policy: string | undefined },
): Kept | undefined {
  const content = ports.deliveries.contentKey(id, READ);
  if (content === undefined) return undefined;
  // A snapshot grows old by days.
  const day = Math.floor(ports.now().getTime() / DAY_MS);
  const key = sha256(JSON.stringify([version, id, day, policy ?? null, content]));
  return { key, findings: ports.findings.get(id, key) };
}
