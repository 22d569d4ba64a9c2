import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';

/** Where a person decides: `when: manual`, in the job or one of its rules; an environment may be protected besides. */
export function approvalFacts(file: FileBuilder, job: Fact, node: YamlNode, template: boolean): void {
  const places = [node, ...itemsOf(childOf(node, 'rules'))];
  for (const place of places) {
    const when = entryOf(place, 'when');
    if (when === undefined || textOf(when.value) !== 'manual') continue;
    const fact = file.fact({
      kind: 'approval',
      name: job.name,
      at: spanOf(when),
      attributes: {
        rule: 'when-manual',
        nameFrom: 'name of the job',
        job: job.name,
        confirmation: textOf(childOf(node, 'manual_confirmation')),
      },
    });
    file.refer(
      job,
      'depends-on',
      { by: 'name', kinds: ['approval'], name: fact.name, scope: file.scope },
      spanOf(when),
    );
  }
  const environment = entryOf(node, 'environment');
  const name = textOf(environment?.value) ?? textOf(childOf(environment?.value, 'name'));
  if (environment === undefined || name === undefined || template) return;
  const action = textOf(childOf(environment.value, 'action'));
  if (action !== undefined && action !== 'start') return;
  const dynamic = name.includes('$');
  file.fact({
    kind: 'approval',
    name,
    at: spanOf(environment),
    status: dynamic ? 'unresolved' : 'inferred',
    attributes: {
      rule: 'environment-may-be-protected',
      job: job.name,
      onStop: textOf(childOf(environment.value, 'on_stop')),
      ...(dynamic ? { candidates: [] } : {}),
    },
  });
}

/** `parallel` runs a job several times: by number, or once for every combination of a matrix. */
export function batchFact(file: FileBuilder, job: Fact, node: YamlNode): void {
  const parallel = entryOf(node, 'parallel');
  if (parallel === undefined) return;
  const matrix = itemsOf(childOf(parallel.value, 'matrix'));
  const size = matrix.reduce(
    (sum, item) =>
      sum + entriesOf(item).reduce((product, entry) => product * Math.max(1, textsOf(entry.value).length), 1),
    0,
  );
  file.fact({
    kind: 'batch',
    name: 'parallel',
    at: spanOf(parallel),
    attributes: {
      rule: 'parallel',
      job: job.name,
      dimensions:
        matrix.length === 0
          ? undefined
          : [...new Set(matrix.flatMap((item) => entriesOf(item).map((entry) => entry.key)))],
      size: matrix.length === 0 ? textOf(parallel.value) : size,
    },
  });
}
