import { baseName } from '../build.ts';
import type { Coupling, ExtractReport, Fact, FactKind, Gap } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { Conditions, isForNotice } from './conditions.ts';
import { type EntryPoint, findEntryPoints } from './entry-points.ts';
import { append, FactGraph, isActing, isRoleUse, pathOf, placeOf } from './fact-graph.ts';
import { type Failure, failureOf } from './failure.ts';
import { closure, type Visit, walk } from './walk.ts';

/** One thing that is done, in its turn. */
export interface Step {
  /** From 1, in the order of the entry point. */
  number: number;
  fact: Fact;
  /** Name of the phase it belongs to: play, job, named block, function, banner, module. */
  phase: string;
  effect: 'write' | 'read' | undefined;
  object: string | undefined;
  /** What it does is kept by another party, so that nothing here says what it writes: a module or a role that is fetched. */
  elsewhere: boolean;
  /** Systems that it is tied to. */
  systems: string[];
  failure: Failure;
  /** Runs only when something before it has failed. */
  onlyOnFailure: boolean;
  /** Runs only when something that changed has notified it. */
  onlyOnNotice: boolean;
  /** What has to hold for it to run, as the files say it: its own conditions and those of what calls it. */
  conditions: string[];
}

/** Steps that follow each other in one phase. */
export interface Phase {
  name: string;
  evidence: Fact['evidence'];
  /** Numbers of the first and last step. */
  from: number;
  to: number;
  writes: number;
}

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

/** Acting facts that only hold others; they become phases and are no steps themselves. */
const holders: ReadonlySet<FactKind> = new Set(['workflow', 'entrypoint', 'play', 'role']);

/** Tells every entry point's story. Pure; the same report gives the same stories in the same order. */
export function tellStories(report: ExtractReport): Story[] {
  const graph = new FactGraph(report);
  const places = new Places(report);
  return findEntryPoints(graph).map((entry) => tell(graph, places, entry));
}

function tell(graph: FactGraph, places: Places, entry: EntryPoint): Story {
  const visits = walk(graph, entry.heads);
  const facts = closure(graph, visits);
  const known = [...facts].flatMap((id) => graph.get(id) ?? []);
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
    inputs: oneEach(ofKind('input')),
    outputs: oneEach(ofKind('output')),
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

function stepsOf(graph: FactGraph, visits: readonly Visit[], systems: readonly Coupling[]): Step[] {
  const tied = new Map<string, string[]>();
  for (const { system, consumers } of systems) for (const id of consumers) append(tied, id, system);
  const phases = new PhaseNames(graph);
  const conditions = new Conditions(graph, visits);
  const steps: Step[] = [];
  const standing = standIns(graph, visits);
  for (const visit of visits) {
    const { fact } = visit;
    if (isHolder(graph, visit) && !standing.has(fact.id)) continue;
    const { effect, object } = fact.attributes;
    steps.push({
      number: steps.length + 1,
      fact,
      phase: phases.of(visit),
      effect: effect === 'write' || effect === 'read' ? effect : undefined,
      object: typeof object === 'string' ? object : undefined,
      elsewhere: effect === undefined && isElsewhere(graph, fact),
      systems: [...new Set(tied.get(fact.id) ?? [])],
      failure: failureOf(graph, fact),
      onlyOnFailure: isForFailure(graph, fact),
      onlyOnNotice: isForNotice(graph, visit),
      conditions: conditions.of(visit),
    });
  }
  return steps;
}

/** A step of a rescue, a failure handler, or of a function that undoes. */
function isForFailure(graph: FactGraph, fact: Fact): boolean {
  const { onFailure, block } = fact.attributes;
  if (onFailure === true || block === 'rescue') return true;
  const held = fact.attributes['function'];
  const parent = graph.parentOf(fact);
  if (parent?.attributes['onFailure'] === true) return true;
  return (
    typeof held === 'string' &&
    parent !== undefined &&
    graph.intentsOf(parent, 'rollback').some(({ name }) => name === held)
  );
}

/** A job with steps, an include, a role use and a module call only hold what they lead to, unless that had its turn before. */
function isHolder(graph: FactGraph, { fact, repeats }: Visit): boolean {
  if (repeats) return false;
  if (holders.has(fact.kind)) return true;
  if (fact.kind === 'job') return graph.nestedIn(fact).length > 0 || isCaller(graph, fact) || isOnlyName(fact);
  if (fact.kind === 'module') return graph.nestedIn(fact).length > 0 || isCaller(graph, fact);
  if (isRoleUse(fact)) return isCaller(graph, fact);
  const mayHold = fact.kind === 'task' || fact.kind === 'handler' || fact.kind === 'step';
  return mayHold && fact.attributes['effect'] === undefined && isCaller(graph, fact);
}

/**
 * Holders that lead to no step: a command that runs a script in which nothing is known to act. It is done all the same, so the
 * innermost of them stands for what cannot be told.
 */
function standIns(graph: FactGraph, visits: readonly Visit[]): Set<string> {
  const found = new Set<string>();
  const held = new Set<string>();
  // What is held has its turn after its holder.
  for (const visit of [...visits].reverse()) {
    const { fact, by, depth } = visit;
    const isStandIn =
      depth > 0 &&
      !holders.has(fact.kind) &&
      !held.has(fact.id) &&
      isHolder(graph, visit) &&
      // What is only included adds nothing by itself: a library that is sourced.
      graph.targets(fact, 'calls').length > 0;
    if (isStandIn) found.add(fact.id);
    if (by !== undefined && (isStandIn || held.has(fact.id) || !isHolder(graph, visit))) held.add(by.id);
  }
  return found;
}

/** Formats whose modules are applied; others only include them for what they define. */
const applied: ReadonlySet<string> = new Set(['terraform', 'terragrunt', 'helm', 'kustomize']);

/** Applies what is no part of this tree. */
function isElsewhere(graph: FactGraph, fact: Fact): boolean {
  const { kind } = fact.attributes;
  const isUse = fact.kind === 'module' && applied.has(fact.format) && (kind === undefined || kind === 'dependency');
  return (isUse || isRoleUse(fact)) && graph.nestedIn(fact).length === 0 && !isCaller(graph, fact);
}

/** A target without a recipe stands for what it needs. */
function isOnlyName(fact: Fact): boolean {
  const { line, endLine } = placeOf(fact);
  return fact.format === 'make' && fact.attributes['prerequisites'] !== undefined && line === endLine;
}

/** Leads to something in this tree. */
function isCaller(graph: FactGraph, fact: Fact): boolean {
  return graph
    .targets(fact, 'calls', 'includes')
    .some(
      (one) => isActing(one) && one.kind !== 'handler' && one.kind !== 'data' && one.attributes['external'] !== true,
    );
}

/** Where a unit gets its module from says less than the unit. */
function isNamedModule({ kind, attributes }: Fact): boolean {
  return kind === 'module' && attributes['type'] !== 'source';
}

/** What a phase is called: the innermost named thing around a step. */
class PhaseNames {
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
      if (outer.kind === 'play' || outer.kind === 'job' || outer.kind === 'role' || isNamedModule(outer))
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
const title = (fact: Fact) =>
  fact.kind === 'play' && fact.attributes['nameFrom'] === 'hosts'
    ? `play on ${fact.name}`
    : String(fact.attributes['title'] ?? fact.name);

function phasesOf(graph: FactGraph, steps: readonly Step[]): Phase[] {
  const phases: Phase[] = [];
  for (const step of steps) {
    const last = phases.at(-1);
    const writes = step.effect === 'write' ? 1 : 0;
    if (last !== undefined && last.name === step.phase) {
      last.to = step.number;
      last.writes += writes;
    } else {
      const parent = graph.parentOf(step.fact);
      const evidence = parent !== undefined && title(parent) === step.phase ? parent.evidence : step.fact.evidence;
      phases.push({ name: step.phase, evidence, from: step.number, to: step.number, writes });
    }
  }
  return phases;
}

/** Couplings and gaps by what they concern. */
class Places {
  private readonly report: ExtractReport;
  private readonly byConsumer = new Map<string, Coupling[]>();
  private readonly byFile = new Map<string, Coupling[]>();
  private readonly gaps = new Map<string, Gap[]>();

  constructor(report: ExtractReport) {
    this.report = report;
    for (const tie of report.couplings) {
      for (const id of tie.consumers) append(this.byConsumer, id, tie);
      if (tie.consumers.length === 0) for (const { path } of tie.evidence) append(this.byFile, path, tie);
    }
    for (const gap of report.gaps)
      for (const path of new Set(gap.evidence.map((one) => one.path))) append(this.gaps, path, gap);
  }

  /** Ties of these facts, with only their own consumers and evidence; in the order of the report. */
  couplingsOf(facts: ReadonlySet<string>, files: readonly string[]): Coupling[] {
    const found = new Set<Coupling>();
    for (const id of facts) for (const tie of this.byConsumer.get(id) ?? []) found.add(tie);
    for (const path of files) for (const tie of this.byFile.get(path) ?? []) found.add(tie);
    const own = new Set(files);
    return this.report.couplings
      .filter((tie) => found.has(tie))
      .map((tie) => ({
        ...tie,
        evidence: tie.evidence.filter(({ path }) => own.has(path)),
        consumers: tie.consumers.filter((id) => facts.has(id)),
      }));
  }

  gapsOf(files: readonly string[]): Gap[] {
    const found = new Set(files.flatMap((path) => this.gaps.get(path) ?? []));
    return this.report.gaps.filter((gap) => found.has(gap));
  }
}

/** One name said in several places counts once, at the first of the best described. */
function oneEach(facts: readonly Fact[]): Fact[] {
  const best = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.scope}\n${fact.name}`;
    const known = best.get(key);
    if (known === undefined || rank(fact) > rank(known)) best.set(key, fact);
  }
  return [...best.values()].sort(byEvidence);
}

const rank = ({ status, attributes }: Fact) =>
  Number(status === 'observed') * 2 +
  Number(attributes['description'] !== undefined) +
  Number(attributes['default'] !== undefined);

function byEvidence(a: Fact, b: Fact): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return byCodeUnits(first.path, second.path) || first.line - second.line || byCodeUnits(a.id, b.id);
}
