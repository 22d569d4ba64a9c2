import type { Fact } from '../contract.ts';
import { example } from './example.ts';
import { evidenceOf, type GapRule, isActing, someNames } from './rule.ts';

export const noVerification: GapRule = {
  id: 'no-verification',
  severity: 'warning',
  expects: 'What is written is read back or checked.',
  examples: {
    fails: example(['task', 'create', { effect: 'write', object: 'vlan' }]),
    passes: example(
      ['task', 'create', { effect: 'write', object: 'vlan' }],
      ['task', 'read back', { effect: 'read', object: 'vlan' }],
    ),
  },
  find: (facts) =>
    facts.scopes.flatMap((scope) => {
      if (scope.some((fact) => fact.kind === 'check')) return [];
      const unread = unreadWrites(scope);
      const [first] = unread;
      if (first === undefined) return [];
      const message = `Nothing was seen that checks what is written here (${unread.length}): ${someNames(unread)}.`;
      // A wanted state is compared with the real one at every plan; a step that acted is not.
      const severity = unread.some(isActing) ? 'warning' : 'info';
      return [{ scope: first.scope, evidence: evidenceOf(unread), message, severity } as const];
    }),
};

/** Writes whose object nothing reads later in the same scope. */
function unreadWrites(scope: readonly Fact[]): Fact[] {
  const read = new Set<unknown>();
  const unread: Fact[] = [];
  for (const fact of [...scope].reverse()) {
    const { effect, object } = fact.attributes;
    if (effect === 'read' && object !== undefined) read.add(object);
    if (effect === 'write' && !read.has(object)) unread.push(fact);
  }
  return unread.reverse();
}
