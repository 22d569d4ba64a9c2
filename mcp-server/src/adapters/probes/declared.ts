import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, isRefusal } from './probe.ts';
import { credential, isUnset, settingsOf, systemTargets } from './system.ts';

/** Any other system, by the questions that policy declares: a path, a JSON pointer, the name of a fact. */
export const declared = defineProbe({
  name: 'get',
  answers: 'what policy declares: whether a path answers, and the value that a JSON pointer names',
  needs: 'probes.systems with kind get, and its gets',
  strips: 'everything that the pointer does not name',
  calls: { path: { get: '{+path}' } },
  targets: (around) => systemTargets('get', around),
  async look(target, hands) {
    const system = settingsOf(target, hands);
    const { ask, found } = hands;
    const headers = credential(system, hands, 'Bearer ');
    const gets = system.gets ?? [];
    if (isUnset(headers) || gets.length === 0) {
      const none = { outcome: 'not-probed', reason: 'countersign.yaml declares no question (gets)' } as const;
      return found({ id: target.id, kind: 'system', ...(isUnset(headers) ? headers : none) });
    }
    const answers = await Promise.all(
      gets.map(async ({ fact, path, pointer }) => {
        const id = `${target.id}/${factId(fact)}`;
        const answer = await ask('path', z.unknown(), { headers, values: { path } });
        if (isRefusal(answer)) return found({ id, kind: 'resource', ...answer });
        const value = pointer === undefined ? undefined : at(answer.value, pointer);
        if (pointer !== undefined && value === undefined)
          return found({ id, kind: 'resource', outcome: 'absent', reason: `the answer has nothing at ${pointer}` });
        const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
        found({ id, kind: 'resource', outcome: 'present', ...(shown === undefined ? {} : { version: shown }) });
        return 'answered';
      }),
    );
    if (answers.includes('answered')) found({ id: target.id, kind: 'system', outcome: 'present' });
  },
});

/** What a JSON pointer names (RFC 6901); undefined when there is nothing. */
export function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  let current = value;
  for (const raw of pointer.slice(1).split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current ?? undefined;
}
