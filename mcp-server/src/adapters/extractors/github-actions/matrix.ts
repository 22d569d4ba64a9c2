import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, itemsOf, spanOf, textOf, truthOf, type YamlEntry } from '../yaml/node.ts';
import { isExpression } from './expressions.ts';

/** A matrix runs a job once for every combination, as many at a time as max-parallel says. */
export function matrixFact(file: FileBuilder, job: Fact, strategy: YamlEntry | undefined): void {
  if (strategy === undefined) return;
  const matrix = childOf(strategy.value, 'matrix');
  const dimensions = entriesOf(matrix).filter((entry) => entry.key !== 'include' && entry.key !== 'exclude');
  const dynamic = isExpression(textOf(matrix) ?? '') || dimensions.some((entry) => entry.value.kind !== 'seq');
  const included = itemsOf(childOf(matrix, 'include')).length;
  const excluded = itemsOf(childOf(matrix, 'exclude')).length;
  const product = dimensions.reduce(
    (size, entry) => size * Math.max(1, itemsOf(entry.value).length),
    dimensions.length > 0 ? 1 : 0,
  );
  file.fact({
    kind: 'batch',
    scope: job.scope,
    name: 'strategy',
    at: spanOf(strategy),
    status: dynamic ? 'unresolved' : 'observed',
    attributes: {
      rule: 'matrix',
      job: job.name,
      dimensions: dimensions.map((entry) => entry.key),
      // Included combinations may extend others or stand alone, so with them the size is at most this.
      size: dynamic ? undefined : product + included - Math.min(product, excluded),
      maxParallel: textOf(childOf(strategy.value, 'max-parallel')),
      failFast: truthOf(childOf(strategy.value, 'fail-fast')) ?? true,
      ...(dynamic ? { candidates: [] } : {}),
    },
  });
}
