import type { Fact } from '../contract.ts';
import { type FactGraph, pathOf, placeOf } from './fact-graph.ts';

/** Kept: each task of a long block asks. */
const asked = new WeakMap<FactGraph, Map<Fact, boolean>>();

/** A rescue that fails on purpose after what it tells or takes back, by itself or in a file that it includes. */
export function endsInFailure(graph: FactGraph, handlers: readonly Fact[]): boolean {
  const rescue = handlers.find(({ attributes }) => attributes['rule'] === 'ansible-rescue');
  if (rescue === undefined) return false;
  const known = asked.get(graph) ?? new Map<Fact, boolean>();
  asked.set(graph, known);
  let found = known.get(rescue);
  if (found === undefined) {
    const { line, endLine } = placeOf(rescue);
    found = graph
      .inFile(pathOf(rescue))
      .filter((fact) => isTask(fact) && placeOf(fact).line >= line && placeOf(fact).endLine <= endLine)
      .flatMap((fact) => [fact, ...graph.targets(fact, 'includes', 'calls')])
      .some((fact) => isTask(fact) && fails(graph, fact));
    known.set(rescue, found);
  }
  return found;
}

const isTask = ({ kind }: Fact) => kind === 'task' || kind === 'handler';

/** Without a condition: else nobody knows. */
const fails = (graph: FactGraph, fact: Fact) =>
  fact.attributes['module'] === 'ansible.builtin.fail' && graph.intentsOf(fact, 'decision').length === 0;
