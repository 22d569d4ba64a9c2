import { type Layer, readLayer } from '../domain/conventions/layer.ts';
import { policyFault } from '../domain/fault.ts';
import { contentHash } from '../domain/hash.ts';
import type { Policy } from '../domain/policy/policy.ts';

/**
 * The layers that a policy names, in its order.
 *
 * @param read text of a file of the repository, undefined for one that is not there
 * @param place of the policy, for messages
 * @throws Fault `broken-policy`: a layer that cannot be read as it was pinned is never taken for one that asks for nothing
 */
export function layersOf(policy: Policy, read: (path: string) => string | undefined, place: string): Layer[] {
  return policy.layers.map(({ file, sha256 }) => {
    const text = read(file);
    if (text === undefined) throw broken(`${place} names the layer ${file}, which is not there`, `bring ${file} back`);
    const actual = contentHash(text);
    if (actual !== sha256)
      throw broken(
        `${file} is not what ${place} pins: its sha256 is ${actual}`,
        `look at the change of ${file}, and write its sha256 into the policy`,
      );
    const result = readLayer(text);
    if ('layer' in result) return result.layer;
    throw broken(`${file}: ${result.problem}`, `mend ${file}; until then no gate can be judged`);
  });
}

const broken = (message: string, next: string) =>
  policyFault({ code: 'broken-policy', message, expected: 'every layer as it was pinned (docs/policy.md)', next });
