import type { ExtractReport, Fact, FactKind, Relation, RelationKind } from '../contract.ts';
import { byPlace } from '../order.ts';

/** Kinds that do something, or that hold what does: the nodes of a call graph. */
const acting: ReadonlySet<FactKind> = new Set([
  'workflow',
  'entrypoint',
  'play',
  'role',
  'job',
  'step',
  'task',
  'handler',
  'stage',
  'module',
  'resource',
  'data',
  'service',
]);

/** Kinds that say something about the acting fact whose lines they stand in. */
const intent: ReadonlySet<FactKind> = new Set(['phase', 'decision', 'approval', 'check', 'rollback', 'batch']);

/** Acting facts, and the places where a play or role says that a role runs. */
export function isActing(fact: Fact): boolean {
  return acting.has(fact.kind) || isRoleUse(fact);
}

export function isRoleUse({ kind, attributes }: Fact): boolean {
  return (
    kind === 'phase' && (attributes['rule'] === 'ansible-role' || attributes['rule'] === 'ansible-role-dependency')
  );
}

/** A report as a graph: relations by their ends, and what stands within the lines of what. */
export class FactGraph {
  readonly report: ExtractReport;
  private readonly ids = new Map<string, Fact>();
  private readonly from = new Map<string, Relation[]>();
  private readonly parents = new Map<string, Fact>();
  private readonly nested = new Map<string, Fact[]>();
  private readonly intents = new Map<string, Map<FactKind, Fact[]>>();
  private readonly onFailure = new Map<string, readonly Fact[]>();
  private readonly files = new Map<string, Fact[]>();
  private readonly byTitle = new Map<string, Fact>();
  private readonly roleNames = new Map<string, string>();
  private readonly catching = new Map<string, Fact[]>();
  private readonly providers = new Map<string, Fact[]>();
  private readonly interfaces = new Map<string, Fact[]>();

  constructor(report: ExtractReport) {
    this.report = report;
    for (const fact of report.facts) {
      this.ids.set(fact.id, fact);
      if (fact.kind === 'role' && fact.attributes['external'] !== true) this.roleNames.set(fact.scope, fact.name);
    }
    for (const relation of report.relations) append(this.from, relation.from, relation);
    const byFile = new Map<string, Fact[]>();
    for (const fact of report.facts) {
      const path = pathOf(fact);
      if (fact.kind === 'provider' && fact.attributes['configures'] !== undefined)
        append(this.providers, scopeKey(fact) + fact.name, fact);
      if ((fact.format === 'terraform' || fact.format === 'helm') && (fact.kind === 'input' || fact.kind === 'output'))
        append(this.interfaces, scopeKey(fact), fact);
      append(this.files, path, fact);
      if (fact.kind === 'rollback' || fact.attributes['rule'] === 'ansible-rescue')
        append(this.catching, `${placeOf(fact).line}\n${path}`, fact);
      if (!isScoped(fact)) append(byFile, `${fact.format}\n${path}`, fact);
    }
    for (const facts of byFile.values()) this.nest(facts);
    this.nestScoped();
    this.nestCharts();
  }

  get(id: string): Fact | undefined {
    return this.ids.get(id);
  }

  inFile(path: string): readonly Fact[] {
    return this.files.get(path) ?? [];
  }

  /** Ways back and rescues that start on a line of a file. */
  catchingAt(path: string, line: number): readonly Fact[] {
    return this.catching.get(`${line}\n${path}`) ?? [];
  }

  /** Names of the roles that lie in this tree, by their folders. */
  roles(): ReadonlyMap<string, string> {
    return this.roleNames;
  }

  /** Variables and outputs of the folder of Terraform, or values of the chart, that a fact belongs to. */
  interfaceOf(fact: Pick<Fact, 'format' | 'scope'>): readonly Fact[] {
    return this.interfaces.get(scopeKey(fact)) ?? [];
  }

  /** Settings of the provider that makes a declared thing, where its own module holds them: they may need other things first. */
  providersOf(fact: Fact): readonly Fact[] {
    const { provider } = fact.attributes;
    return typeof provider === 'string' ? (this.providers.get(scopeKey(fact) + provider) ?? []) : [];
  }

  /** What a fact is tied to, in the order of the facts. */
  targets(fact: Fact, ...kinds: readonly RelationKind[]): Fact[] {
    return (this.from.get(fact.id) ?? []).flatMap(({ to, kind }) => {
      const target = kinds.includes(kind) ? this.ids.get(to) : undefined;
      return target === undefined ? [] : [target];
    });
  }

  /** Another step of the same scope, where scopes hold what they name. */
  besides(fact: Fact, name: string): Fact | undefined {
    return this.byTitle.get(`${scopeKey(fact)}\n${name}`);
  }

  parentOf(fact: Fact): Fact | undefined {
    return this.parents.get(fact.id);
  }

  /** Acting facts that stand directly within the lines of one, or in the file that it is. */
  nestedIn(fact: Fact): readonly Fact[] {
    return this.nested.get(fact.id) ?? [];
  }

  /** Of those, the ones that run only when another has failed. Kept: each step of a long file asks. */
  onFailureIn(fact: Fact): readonly Fact[] {
    let found = this.onFailure.get(fact.id);
    if (found === undefined) {
      found = this.nestedIn(fact).filter(({ attributes }) => attributes['onFailure'] === true);
      this.onFailure.set(fact.id, found);
    }
    return found;
  }

  /** Decisions, approvals, checks, ways back, batches and phases that belong to an acting fact itself. */
  intentsOf(fact: Fact, kind: FactKind): readonly Fact[] {
    return this.intents.get(fact.id)?.get(kind) ?? [];
  }

  /** One sweep over the facts of a file: the innermost acting fact around each is its parent. */
  private nest(facts: readonly Fact[]): void {
    const relevant = facts.filter((fact) => isActing(fact) || intent.has(fact.kind));
    const whole = relevant.find((fact) => fact.kind === 'entrypoint' && fact.attributes['nameFrom'] === 'path');
    const open: Fact[] = [];
    for (const fact of [...relevant].sort(outerFirst)) {
      while (open.length > 0 && !encloses(open.at(-1) as Fact, fact)) open.pop();
      const around = isOfScript(fact) ? (whole ?? open.at(-1)) : open.at(-1);
      const parent = standsForFile(fact) ? undefined : (around ?? (belongsToFile(fact) ? whole : undefined));
      if (parent !== undefined) this.put(fact, parent);
      if (isActing(fact)) open.push(fact);
    }
  }

  /** Where lines say nothing about what belongs to what, scope and task do. */
  private nestScoped(): void {
    const facts = this.report.facts.filter(isScoped);
    const holders = new Map<string, Fact>();
    for (const fact of facts) if (fact.kind === 'workflow') holders.set(scopeKey(fact), fact);
    const tasks = new Map<string, Fact>();
    const taskKey = (fact: Fact) => `${scopeKey(fact)}\n${String(fact.attributes['task'])}`;
    for (const fact of facts)
      if (fact.kind === 'step' && fact.attributes['task'] !== undefined) tasks.set(taskKey(fact), fact);
    for (const fact of facts) {
      if (fact.kind === 'step') this.byTitle.set(`${scopeKey(fact)}\n${fact.name}`, fact);
      const parent = (intent.has(fact.kind) ? tasks.get(taskKey(fact)) : undefined) ?? holders.get(scopeKey(fact));
      const belongs = intent.has(fact.kind) || (fact.kind === 'step' && fact.attributes['reachable'] !== false);
      if (parent !== undefined && belongs) this.put(fact, parent);
    }
  }

  /** A chart is installed as a whole: what its templates declare belongs to it. */
  private nestCharts(): void {
    const isChart = ({ format, kind, attributes }: Fact) =>
      format === 'helm' && kind === 'module' && attributes['kind'] !== 'dependency';
    const charts = new Map(this.report.facts.filter(isChart).map((chart) => [chart.scope, chart]));
    if (charts.size === 0) return;
    for (const fact of this.report.facts) {
      // A template without an expression reads as a manifest, and is rendered with the others all the same.
      const folder = fact.format === 'kubernetes' ? /^(?:(.*)\/)?(?:templates|crds)\//.exec(pathOf(fact)) : null;
      const scope = folder === null ? undefined : (folder[1] ?? '.');
      const chart = charts.get(fact.format === 'helm' ? fact.scope : (scope ?? ''));
      if (chart !== undefined && chart !== fact && isActing(fact) && !this.parents.has(fact.id)) this.put(fact, chart);
    }
  }

  private put(fact: Fact, parent: Fact): void {
    this.parents.set(fact.id, parent);
    if (isActing(fact)) append(this.nested, parent.id, fact);
    else {
      const kinds = this.intents.get(parent.id) ?? new Map<FactKind, Fact[]>();
      this.intents.set(parent.id, kinds);
      append(kinds, fact.kind, fact);
    }
  }
}

/** Exports may be one line long, and what was seen of a run lies in several files: their scopes hold what they name. */
const scopedFormats: ReadonlySet<string> = new Set(['itential', 'agent-runs']);

export function isScoped({ format }: Fact): boolean {
  return scopedFormats.has(format);
}

const scopeKey = ({ format, scope }: Pick<Fact, 'format' | 'scope'>) => `${format}\n${scope}`;

/** Named after its file and placed on its first line, where something else may start as well: it lies within nothing. */
function standsForFile({ kind, attributes }: Fact): boolean {
  return kind === 'role' || kind === 'workflow' || (kind === 'entrypoint' && attributes['nameFrom'] === 'path');
}

/** A function that undoes serves the whole script, though it may be one line long, as the step in it is. */
function isOfScript({ kind, format }: Fact): boolean {
  return kind === 'rollback' && format === 'shell';
}

/** Targets of a Makefile are alternatives, each started by name: the file holds them and does not run them. */
function belongsToFile(fact: Fact): boolean {
  return fact.kind !== 'job';
}

function outerFirst(a: Fact, b: Fact): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return (
    first.line - second.line ||
    second.endLine - first.endLine ||
    Number(!isActing(a)) - Number(!isActing(b)) ||
    byPlace(first, second)
  );
}

function encloses(outer: Fact, inner: Fact): boolean {
  const [out, within] = [placeOf(outer), placeOf(inner)];
  return out.line <= within.line && out.endLine >= within.endLine;
}

const nowhere = { path: '', line: 1, endLine: 1 };

export const placeOf = (fact: Fact) => fact.evidence[0] ?? nowhere;
export const pathOf = (fact: Fact) => placeOf(fact).path;

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
