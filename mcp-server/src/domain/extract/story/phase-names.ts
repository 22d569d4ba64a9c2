import { baseName } from '../build.ts';
import type { Fact } from '../contract.ts';
import { type FactGraph, pathOf, placeOf } from './fact-graph.ts';
import type { Visit } from './walk.ts';

/** What a phase is called: the innermost named thing around a step. */
export class PhaseNames {
  private readonly graph: FactGraph;
  private readonly marks = new Map<string, Fact[]>();
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
      if (outer.kind === 'play' || outer.kind === 'job' || outer.kind === 'role' || outer.kind === 'module')
        return title(outer);
    // A command within a command belongs to the phase of the outer one.
    if (by !== undefined && by.kind !== 'entrypoint' && pathOf(by) !== pathOf(fact)) return title(by);
    for (let outer = around; outer !== undefined; outer = this.graph.parentOf(outer))
      if (outer.kind === 'entrypoint') return outer.name;
    if (fact.format === 'terraform') return String(fact.attributes['provider'] ?? fact.format);
    const name = around?.name ?? fact.scope;
    // The top folder has no name to a reader; the file has.
    return name === '.' ? baseName(pathOf(fact)) : name;
  }

  /** A task that was given a name and includes the file of this one; within a role, the role's name goes before it. */
  private including(fact: Fact, by: Fact | undefined): string | undefined {
    const isInclude = by !== undefined && (by.kind === 'task' || by.kind === 'handler') && pathOf(by) !== pathOf(fact);
    if (!isInclude || this.graph.parentOf(fact) !== undefined || by.attributes['nameFrom'] !== undefined)
      return undefined;
    const role = this.roles.get(by.scope);
    return role === undefined ? by.name : `${role}: ${by.name}`;
  }

  /** A named block that encloses the step, or the last banner above it. */
  private innermost(fact: Fact): string | undefined {
    const path = pathOf(fact);
    let marks = this.marks.get(path);
    if (marks === undefined) {
      marks = this.graph
        .inFile(path)
        .filter(({ kind, attributes }) => kind === 'phase' && /block|banner|rescue/.test(String(attributes['rule'])));
      this.marks.set(path, marks);
    }
    const { line, endLine } = placeOf(fact);
    let found: Fact | undefined;
    for (const mark of marks) {
      const place = placeOf(mark);
      const isBanner = mark.attributes['rule'] === 'shell-banner';
      if (place.line > line) break;
      if (isBanner || place.endLine >= endLine) found = mark;
    }
    return found?.name;
  }
}

/** A play without a name goes by its hosts, which alone would be taken for what it does. */
export const title = (fact: Fact) =>
  fact.kind === 'play' && fact.attributes['nameFrom'] === 'hosts'
    ? `play on ${fact.name}`
    : String(fact.attributes['title'] ?? fact.name);
