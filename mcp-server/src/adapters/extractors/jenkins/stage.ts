import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { decisionFact } from '../ci/decision.ts';
import { isUndo, isVerification } from '../ci/names.ts';
import { argument, type GroovyNode, spell } from './groovy-tree.ts';
import type { Place } from './place.ts';

/** A stage, or a branch of `parallel` that is none: a phase with its place in the order and its condition. */
export function stageFacts(
  file: FileBuilder,
  workflow: Fact,
  node: GroovyNode,
  place: Place,
  order: { stages: number },
): Fact {
  const written = node.label ?? (argument(node) ?? argument(node, 'name'))?.value;
  const name = written === undefined || written === '' ? spell(node.head).slice(0, 120) : written;
  const at = { line: node.line, endLine: node.endLine };
  const dynamic = written === undefined || written.includes('$');
  order.stages++;
  const parent = place.stage?.name;
  const stage = file.fact({
    kind: 'stage',
    name,
    at,
    status: dynamic ? 'unresolved' : 'observed',
    attributes: {
      order: order.stages,
      parent,
      parallel: place.parallel || undefined,
      nameFrom: written === undefined ? 'expression' : undefined,
      ...(dynamic ? { candidates: [] } : {}),
    },
  });
  file.refer(place.stage ?? workflow, 'calls', { by: 'name', kinds: ['stage'], name, scope: file.scope }, at);
  file.fact({
    kind: 'phase',
    name,
    at,
    status: 'inferred',
    attributes: {
      rule: 'stage-is-a-phase',
      order: order.stages,
      parent,
      nameFrom: written === undefined ? 'expression' : undefined,
    },
  });
  const when = node.body?.find((child) => child.name === 'when');
  if (when !== undefined) condition(file, stage, when);
  if (isUndo(name)) file.fact({ kind: 'rollback', name, at, status: 'inferred', attributes: { rule: 'undo-name' } });
  else if (isVerification(name))
    file.fact({
      kind: 'check',
      name,
      at,
      status: 'inferred',
      attributes: { rule: 'verification-name', effect: 'read' },
    });
  return stage;
}

/** `when { branch 'main'; not { ... } }` as one line. */
function condition(file: FileBuilder, stage: Fact, when: GroovyNode): void {
  const parts: string[] = [];
  const waiting = [...(when.body ?? [])].reverse();
  for (let next = waiting.pop(); next !== undefined && parts.length < 20; next = waiting.pop()) {
    if (next.name !== 'expression' || next.body === undefined) parts.push(spell(next.head));
    waiting.push(...[...(next.body ?? [])].reverse());
  }
  const text = parts.filter((part) => part !== '' && !/^before(?:Agent|Input|Options)/.test(part)).join('; ');
  decisionFact(file, stage, text, { line: when.line, endLine: when.endLine }, 'when', 'condition on one line');
}
