import { type Attributes, buildFile } from '../build.ts';
import type { Fact, FactKind } from '../contract.ts';

/** Facts for a rule's examples: one a line of a file `example`, in the order given. */
export function example(...facts: readonly (readonly [FactKind, string, Attributes?])[]): Fact[] {
  const file = buildFile('example', { path: 'example' });
  facts.forEach(([kind, name, attributes], at) => {
    file.fact({ kind, name, at: { line: at + 1 }, ...(attributes === undefined ? {} : { attributes }) });
  });
  return file.done().facts;
}
