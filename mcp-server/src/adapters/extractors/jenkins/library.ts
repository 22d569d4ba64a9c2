import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { callsIn } from './calls.ts';
import type { GroovyToken } from './groovy-tokens.ts';
import type { GroovyNode } from './groovy-tree.ts';

/** A shared library (`@Library('name@ref') _`, `library 'name@ref'`): code that the pipeline runs and does not hold. */
export function libraryFact(file: FileBuilder, workflow: Fact, node: GroovyNode): void {
  for (const token of identifiers(node)) {
    const [name, version] = token.value.split('@');
    if (name === undefined || name === '') continue;
    const at = { line: token.line, endLine: token.endLine };
    const pinned = version !== undefined && /^[0-9a-f]{40}$|\d/.test(version);
    const fact = file.fact({ kind: 'module', name, at, attributes: { kind: 'shared-library', version, pinned } });
    file.refer(workflow, 'includes', { by: 'name', kinds: ['module'], name, scope: file.scope }, at);
    file.couple({ system: name, class: 'shared-library', swap: 'rewrite', at, consumers: [fact] });
  }
}

function identifiers(node: GroovyNode): GroovyToken[] {
  const at = node.head.findIndex((token) => token.value === '@Library');
  if (at >= 0) {
    const end = node.head.findIndex((token, index) => index > at && token.value === ')');
    return node.head.slice(at, end < 0 ? undefined : end).filter((token) => token.type === 'string');
  }
  if (node.name !== 'library') return [];
  const call = callsIn(node.head).find((found) => found.name === 'library');
  const token = call?.named.get('identifier') ?? call?.positional[0];
  return token?.type === 'string' ? [token] : [];
}
