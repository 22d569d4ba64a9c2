import { baseName } from '../build.ts';
import type { Fact } from '../contract.ts';
import { Enclosing, type Reach } from './enclosing.ts';
import { append, type FactGraph, pathOf, placeOf } from './fact-graph.ts';
import type { Visit } from './walk.ts';

/** Where a unit gets its module from says less than the unit. */
function isNamedModule({ kind, attributes }: Fact): boolean {
  return kind === 'module' && attributes['type'] !== 'source';
}

/** What a phase is called: the innermost named thing around a step. */
export class PhaseNames {
  private readonly graph: FactGraph;
  private readonly marks = new Map<string, Marks>();
  /** Names of roles by their folders. */
  private readonly roles: ReadonlyMap<string, string>;

  constructor(graph: FactGraph) {
    this.graph = graph;
    this.roles = graph.roles();
  }

  of({ fact, by }: Visit): string {
    const around = this.graph.parentOf(fact) ?? by;
    const block = this.innermost(fact);
    if (block !== undefined) return block;
    const held = fact.attributes['function'] ?? fact.attributes['cluster'];
    if (typeof held === 'string') return held;
    const including = this.including(fact, by);
    if (including !== undefined) return including;
    for (let outer = around; outer !== undefined; outer = this.graph.parentOf(outer))
      if (outer.kind === 'play' || outer.kind === 'job' || outer.kind === 'role' || isNamedModule(outer))
        return title(outer);
    const ofFile = this.ofFile(fact, by);
    if (ofFile !== undefined) return ofFile;
    // A command within a command belongs to the phase of the outer one.
    if (by !== undefined && by.kind !== 'entrypoint' && pathOf(by) !== pathOf(fact)) return title(by);
    for (let outer = around; outer !== undefined; outer = this.graph.parentOf(outer))
      if (outer.kind === 'entrypoint') return outer.name;
    if (fact.format === 'terraform') return String(fact.attributes['provider'] ?? fact.format);
    const name = around?.name ?? fact.scope;
    // The top folder has no name to a reader; the file has.
    return name === '.' ? baseName(pathOf(fact)) : name;
  }

  /** What includes the step has no name of its own, and handlers have no holder: the file's name says more than the module's. */
  private ofFile(fact: Fact, by: Fact | undefined): string | undefined {
    const isUnnamed =
      by !== undefined &&
      by.attributes['nameFrom'] === 'module' &&
      pathOf(by) !== pathOf(fact) &&
      fact.format === by.format;
    if (!isUnnamed && fact.kind !== 'handler') return undefined;
    const path = pathOf(fact);
    const inner = /(?:^|\/)(?:tasks|handlers)\/(.+)\.\w+$/.exec(path)?.[1] ?? baseName(path).replace(/\.\w+$/, '');
    const name = fact.kind === 'handler' ? 'handlers' : inner;
    const role = this.roles.get(fact.scope);
    return role === undefined ? name : `${role}: ${name}`;
  }

  /** A task that was given a name and includes the file of this one; within a role, the role's name goes before it. */
  private including(fact: Fact, by: Fact | undefined): string | undefined {
    const isInclude = by !== undefined && (by.kind === 'task' || by.kind === 'handler') && pathOf(by) !== pathOf(fact);
    if (!isInclude || this.graph.parentOf(fact) !== undefined || by.attributes['nameFrom'] !== undefined)
      return undefined;
    const role = this.roles.get(by.scope);
    return role === undefined ? by.name : `${role}: ${by.name}`;
  }

  /** A named block that encloses the step, or the last heading above it in the same function. */
  private innermost(fact: Fact): string | undefined {
    const path = pathOf(fact);
    let marks = this.marks.get(path);
    if (marks === undefined) {
      marks = marksOf(this.graph.inFile(path));
      this.marks.set(path, marks);
    }
    const { line, endLine } = placeOf(fact);
    const held = fact.attributes['function'];
    const [block] = marks.blocks.around({ from: line, to: endLine });
    const heading = lastAbove(marks.headings.get(typeof held === 'string' ? held : undefined) ?? [], line)?.name;
    // A heading that only says where something ends names nothing that comes below it.
    return (
      block?.name ?? (heading === undefined || /^end\b/i.test(heading) ? undefined : heading.replace(/^begin\s+/i, ''))
    );
  }
}

/** What names phases in one file. */
interface Marks {
  blocks: Enclosing<Reach & { name: string }>;
  /** Headings of a script in their order, by the function that they stand in. */
  headings: ReadonlyMap<string | undefined, Fact[]>;
}

function marksOf(facts: readonly Fact[]): Marks {
  const phases = facts.filter(({ kind }) => kind === 'phase');
  const reach = ({ name, evidence: [place], attributes: { rule, of } }: Fact) => ({
    name: rule === 'ansible-rescue' && typeof of === 'string' ? `${name} of ${of}` : name,
    from: place?.line ?? 1,
    to: place?.endLine ?? 1,
  });
  const ofRule = (rule: RegExp) => phases.filter(({ attributes }) => rule.test(String(attributes['rule'])));
  const functions = new Enclosing(ofRule(/^shell-function$/).map(reach));
  const headings = new Map<string | undefined, Fact[]>();
  for (const fact of ofRule(/banner/)) {
    const { line } = placeOf(fact);
    append(headings, functions.around({ from: line, to: line })[0]?.name, fact);
  }
  return { blocks: new Enclosing(ofRule(/block|rescue/).map(reach)), headings };
}

/** The last of facts in the order of their lines that stands at a line or above it. */
function lastAbove(facts: readonly Fact[], line: number): Fact | undefined {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(facts[middle]!).line <= line) low = middle + 1;
    else high = middle;
  }
  return facts[low - 1];
}

/** A play without a name goes by its hosts, which alone would be taken for what it does. */
export const title = (fact: Fact) =>
  fact.kind === 'play' && fact.attributes['nameFrom'] === 'hosts'
    ? `play on ${fact.name}`
    : String(fact.attributes['title'] ?? fact.name);
