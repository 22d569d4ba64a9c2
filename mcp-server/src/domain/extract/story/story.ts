import type { Coupling, ExtractReport, Fact, FactKind, Gap } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { byEvidence, oneEach } from './distinct.ts';
import { type EntryPoint, findEntryPoints } from './entry-points.ts';
import { FactGraph, pathOf } from './fact-graph.ts';
import { type Phase, phasesOf } from './phases.ts';
import { Places } from './places.ts';
import { type Step, stepsOf } from './steps.ts';
import { closure, walk } from './walk.ts';

/** What one entry point does: the answers a newcomer asks for. */
export interface Story {
  entry: EntryPoint;
  steps: Step[];
  phases: Phase[];
  /** Groups and patterns of hosts that its plays name, in their order. */
  hosts: string[];
  inputs: Fact[];
  outputs: Fact[];
  decisions: Fact[];
  approvals: Fact[];
  checks: Fact[];
  rollbacks: Fact[];
  batches: Fact[];
  /** Ties of anything it reaches; consumers are those of this entry point. */
  systems: Coupling[];
  gaps: Gap[];
  /** Files it rests on, sorted. */
  files: string[];
  /** Ids of all facts that belong to it. */
  facts: ReadonlySet<string>;
}

/** Tells every entry point's story. Pure; the same report gives the same stories in the same order. */
export function tellStories(report: ExtractReport): Story[] {
  const graph = new FactGraph(report);
  const places = new Places(report);
  return findEntryPoints(graph).map((entry) => tell(graph, places, entry));
}

function tell(graph: FactGraph, places: Places, entry: EntryPoint): Story {
  const visits = walk(graph, entry.heads);
  const facts = closure(graph, visits);
  const roots = rootModules(graph, facts);
  // What a root module declares belongs to it though nothing there refers to it: its provider may, or whoever sets it thinks so.
  for (const scope of roots) for (const fact of graph.interfaceOf({ format: 'terraform', scope })) facts.add(fact.id);
  for (const head of entry.heads)
    if (head.format === 'helm') for (const fact of graph.interfaceOf(head)) facts.add(fact.id);
  const known = [...facts].flatMap((id) => graph.get(id) ?? []);
  const handedOver = ({ format, scope }: Fact) => format !== 'terraform' || roots.has(scope);
  const ofKind = (kind: FactKind) => known.filter((fact) => fact.kind === kind).sort(byEvidence);
  const files = [...new Set(known.map(pathOf))].sort(byCodeUnits);
  const systems = places.couplingsOf(facts, files);
  const steps = stepsOf(graph, visits, systems);
  return {
    entry,
    steps,
    phases: phasesOf(graph, steps),
    hosts: [
      ...new Set(ofKind('play').flatMap(({ attributes: { hosts } }) => (typeof hosts === 'string' ? hosts : []))),
    ],
    inputs: oneEach(ofKind('input').filter(handedOver)),
    outputs: oneEach(ofKind('output').filter((fact) => handedOver(fact) && !isKept(fact))),
    decisions: ofKind('decision'),
    approvals: ofKind('approval'),
    checks: ofKind('check'),
    rollbacks: ofKind('rollback'),
    batches: ofKind('batch'),
    systems,
    gaps: places.gapsOf(files),
    files,
    facts,
  };
}

/** A result that is registered for the tasks that follow, and that nothing outside asks for. */
const isKept = ({ attributes }: Fact) => attributes['level'] === 'register' && attributes['usedElsewhere'] !== true;

/** Folders of Terraform that are applied themselves: what another module calls is given its inputs by that one. */
function rootModules(graph: FactGraph, facts: ReadonlySet<string>): Set<string> {
  const scopes = new Set<string>();
  const called = new Set<string>();
  for (const id of facts) {
    const fact = graph.get(id);
    if (fact?.format !== 'terraform') continue;
    scopes.add(fact.scope);
    if (fact.kind === 'module')
      for (const { scope } of graph.targets(fact, 'calls')) if (scope !== fact.scope) called.add(scope);
  }
  return new Set([...scopes].filter((scope) => !called.has(scope)));
}
