import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import type { GroovyNode } from './groovy-tree.ts';

/** A shared library (`@Library('name@ref') _`, `library 'name@ref'`): code that the pipeline runs and does not hold. */
export function libraryFact(file: FileBuilder, workflow: Fact, node: GroovyNode): void {
  const at = node.head.findIndex(
    (token) => token.value === '@Library' || (token.value === 'library' && node.name === 'library'),
  );
  if (at < 0) return;
  for (const token of node.head.slice(at + 1)) {
    if (token.type === 'mark' && token.value === ')') break;
    if (token.type !== 'string') continue;
    const [name, version] = token.value.split('@');
    if (name === undefined || name === '') continue;
    const place = { line: token.line, endLine: token.endLine };
    const fact = file.fact({
      kind: 'module',
      name,
      at: place,
      attributes: {
        kind: 'shared-library',
        version,
        pinned: version !== undefined && /^[0-9a-f]{40}$|\d/.test(version),
      },
    });
    file.refer(workflow, 'includes', { by: 'name', kinds: ['module'], name, scope: file.scope }, place);
    file.couple({ system: name, class: 'shared-library', swap: 'rewrite', at: place, consumers: [fact] });
    // Options of `library(identifier: 'x', retriever: ...)` are no libraries.
    if (token !== node.head.find((other) => other.type === 'string') && node.name === 'library') break;
  }
}
