import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, FactKind } from '../../../domain/extract/contract.ts';

/** Order in which Helm reaches its hooks (helm.sh/docs/topics/charts_hooks). */
const order = [
  'pre-install',
  'post-install',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'pre-delete',
  'post-delete',
  'test',
];

/** Hooks make an object part of a phase of the release: tests check it, rollback hooks undo, all others are phases. */
export function hookFacts(file: FileBuilder, owner: Fact, body: readonly string[], start: number): void {
  const weight = annotation(body, 'hook-weight');
  body.forEach((line, at) => {
    const value = /^\s*["']?helm\.sh\/hook["']?:\s*["']?([a-z, -]+)["']?\s*$/.exec(line)?.[1];
    for (const name of (value ?? '').split(',').map((part) => part.trim())) {
      if (name === '') continue;
      const hook = name.replace(/^test-success$/, 'test');
      const fact = file.fact({
        kind: kindOf(hook),
        name,
        at: { line: start + at },
        attributes: {
          rule: 'helm-hook',
          order: order.indexOf(hook) + 1,
          weight,
          deletePolicy: annotation(body, 'hook-delete-policy'),
          runs: owner.name,
        },
      });
      file.refer(
        fact,
        'calls',
        { by: 'name', format: 'helm', kinds: ['resource'], name: owner.name, scope: file.scope },
        { line: start + at },
      );
    }
  });
}

function kindOf(hook: string): FactKind {
  if (hook === 'test') return 'check';
  return hook.endsWith('-rollback') ? 'rollback' : 'phase';
}

function annotation(body: readonly string[], key: string): string | undefined {
  for (const line of body) {
    const match = /^\s*["']?helm\.sh\/([\w-]+)["']?:\s*["']?([^"']*?)["']?\s*$/.exec(line);
    if (match?.[1] === key) return match[2];
  }
  return undefined;
}
