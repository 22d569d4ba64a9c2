import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { isUndo, isVerification } from '../ci/names.ts';
import { childOf, spanOf, textOf } from '../yaml/node.ts';
import { conditionOf } from './decision.ts';
import { effectOf } from './effect.ts';
import { withoutPrefix } from './names.ts';
import { rootOf, sourceOf, sourcesIn, sourceText } from './references.ts';
import { END, isAdapterTask, isManualTask, START, type Task } from './task.ts';
import type { FlowGraph, Transition } from './transitions.ts';

/** What else the file holds, for references that can be settled within it. */
export interface ExportContext {
  /** Scope of a document of the file by any of its ids and a kind of fact; undefined where the file has none. */
  scopeOf(kind: 'workflow' | 'module', id: string): { scope: string; name: string } | undefined;
}

interface Around {
  byId: ReadonlyMap<string, Task>;
  flow: FlowGraph;
  context: ExportContext;
  clusters: ReadonlyMap<string, string>;
}

/** Says what one task is and does. */
export class TaskReader {
  private readonly file: FileBuilder;
  private readonly scope: string;
  private readonly around: Around;

  constructor(file: FileBuilder, scope: string, around: Around) {
    this.file = file;
    this.scope = scope;
    this.around = around;
  }

  private readonly titleOf = (id: string) => this.around.byId.get(id)?.title ?? id;

  read(task: Task): Fact {
    const { flow } = this.around;
    const out = (flow.from.get(task.id) ?? []).filter((edge) => !edge.reverts);
    const errors = out.filter((edge) => edge.state === 'error');
    const again = (flow.to.get(task.id) ?? []).filter((edge) => flow.back.has(edge) && edge.state !== 'loop');
    const targets = targetsOf(task);
    const step = this.file.fact({
      kind: 'step',
      scope: this.scope,
      name: task.title,
      at: spanOf(task.entry),
      attributes: {
        task: task.id,
        order: flow.order.get(task.id),
        cluster: this.around.clusters.get(task.id),
        method: task.name,
        app: task.app,
        location: task.location,
        taskType: task.type,
        ...effectOf(task),
        reachable: flow.order.has(task.id) ? undefined : false,
        ...(isAdapterTask(task) ? { errorEdge: this.hasEdge(task, 'error') } : {}),
        ...(branches(task) ? { failureEdge: this.hasEdge(task, 'failure') } : {}),
        ...(errors.length > 0
          ? { handlesErrors: true, onError: errors.map((edge) => (edge.to === END ? 'end' : this.titleOf(edge.to))) }
          : {}),
        ...(flow.onlyAfterError.has(task.id) ? { onFailure: true } : {}),
        ...(again.length > 0
          ? { retries: `again after ${again.map((edge) => `"${this.titleOf(edge.from)}"`).join(', ')}` }
          : {}),
        ...adapterInstance(task),
        ...(targets.length > 0 ? { refersTo: targets.map((one) => this.targetName(one)) } : {}),
        nameFrom: task.titleFrom,
      },
    });
    this.intents(task, again);
    return step;
  }

  /** What a task names, by the name that its facts have where the file holds it. */
  private targetName({ kind, id, what }: Target): { kind: string; name: string; what: string } {
    return { kind, name: this.around.context.scopeOf(kind, id)?.name ?? withoutPrefix(id), what };
  }

  private hasEdge(task: Task, state: string): boolean {
    return (this.around.flow.from.get(task.id) ?? []).some((edge) => edge.state === state);
  }

  private intents(task: Task, again: readonly Transition[]): void {
    const { id, title, entry } = task;
    const said = { scope: this.scope, name: title, at: spanOf(entry) };
    const own = { task: id, nameFrom: task.titleFrom };
    const condition = task.name === 'evaluation' ? conditionOf(task, this.titleOf) : undefined;
    if (condition !== undefined)
      this.file.fact({ kind: 'decision', ...said, attributes: { ...own, condition, ...this.outcomes(task) } });
    if (isManualTask(task))
      this.file.fact({ kind: 'approval', ...said, attributes: { ...own, by: 'person', ...this.outcomes(task) } });
    const loop = textOf(childOf(task.incoming, 'loopType'));
    if ((task.name === 'childJob' && loop !== undefined && loop !== '') || task.name === 'forEach')
      this.file.fact({
        kind: 'batch',
        ...said,
        attributes: {
          ...own,
          mode: loop ?? 'sequential',
          over: sourceText(sourceOf(childOf(task.incoming, 'data_array')), this.titleOf),
        },
      });
    if (task.name === 'childJob')
      this.file.fact({
        kind: 'phase',
        ...said,
        status: 'inferred',
        attributes: { ...own, rule: 'child-job-is-a-phase' },
      });
    if (isUndo(title) && (isAdapterTask(task) || task.name === 'childJob'))
      this.file.fact({ kind: 'rollback', ...said, status: 'inferred', attributes: { ...own, rule: 'undo-name' } });
    else if (
      /^RunCommandTemplate|^runTemplatesDiff$/.test(task.name) ||
      (isVerification(title) && task.name !== 'ViewData')
    )
      this.file.fact({ kind: 'check', ...said, status: 'inferred', attributes: { ...own, rule: 'verification-task' } });
    for (const edge of again)
      if (edge.reverts)
        this.file.fact({
          kind: 'phase',
          scope: this.scope,
          name: `retry of ${title}`,
          at: edge.at,
          also: [spanOf(entry)],
          status: 'inferred',
          attributes: {
            task: id,
            rule: 'back-edge-is-a-retry',
            after: this.titleOf(edge.from),
            when: edge.state,
            nameFrom: 'transition',
          },
        });
  }

  /** What follows on success and on failure, by title; `end` for the end. */
  private outcomes(task: Task): { [state: string]: readonly string[] } {
    const found: { [state: string]: string[] } = {};
    for (const { state, to } of this.around.flow.from.get(task.id) ?? []) {
      const key = state === 'success' ? 'onSuccess' : state === 'failure' ? 'onFailureEdge' : undefined;
      if (key !== undefined) found[key] = [...(found[key] ?? []), to === END ? 'end' : this.titleOf(to)];
    }
    return found;
  }

  /** Ties to other tasks, documents and systems. */
  tie(task: Task, step: Fact): void {
    const at = spanOf(task.entry);
    const { flow, byId } = this.around;
    const named = (title: string) => ({ by: 'name', kinds: ['step'], name: title, scope: this.scope }) as const;
    for (const edge of flow.to.get(task.id) ?? []) {
      const before = byId.get(edge.from);
      if (before !== undefined && !flow.back.has(edge)) this.file.refer(step, 'depends-on', named(before.title), at);
    }
    for (const source of sourcesIn(task.incoming)) {
      if (source.from === 'job')
        this.file.refer(
          step,
          'reads',
          { by: 'name', kinds: ['input'], name: rootOf(source.name), scope: this.scope },
          at,
        );
      if (source.from !== 'task') continue;
      const other = byId.get(source.task);
      if (other !== undefined) this.file.refer(step, 'reads', named(other.title), at);
      else if (source.task !== START && source.task !== END)
        this.file.gap({
          rule: 'dangling-reference',
          severity: 'error',
          scope: this.scope,
          at,
          message: `The task ${JSON.stringify(task.title)} reads a result of ${JSON.stringify(source.task)}, which is not there.`,
        });
    }
    if (isAdapterTask(task)) this.adapterTie(task, step, at);
    for (const { kind, id } of targetsOf(task)) this.referTo(step, kind, id, at);
  }

  private adapterTie(task: Task, step: Fact, at: { line: number; endLine: number }): void {
    const app = task.app ?? 'unknown';
    this.file.couple({ system: app, class: 'adapter', swap: 'rewrite', at, consumers: [step] });
    const instance = step.attributes['adapterInstance'];
    if (typeof instance === 'string')
      this.file.couple({ system: instance, class: 'adapter-instance', swap: 're-parameterise', at, consumers: [step] });
  }

  private referTo(step: Fact, kind: Target['kind'], id: string, at: { line: number; endLine: number }): void {
    const here = this.around.context.scopeOf(kind, id);
    const name = here?.name ?? withoutPrefix(id);
    const target = here === undefined ? { name } : { name, scope: here.scope };
    // What is only used is no step of its own; a child workflow is.
    const relation = kind === 'workflow' ? 'calls' : 'reads';
    this.file.refer(step, relation, { by: 'name', kinds: [kind], format: 'itential', ...target }, at);
  }
}

/** Tasks that lead somewhere else when their answer is no. */
const branches = ({ name }: Task) => name === 'evaluation';

/** The instance that an adapter task talks to: a literal, or the variable that it comes from. */
function adapterInstance(task: Task): { adapterInstance?: string; adapterFrom?: string } {
  if (!isAdapterTask(task)) return {};
  const source = sourceOf(childOf(task.incoming, 'adapter_id'));
  if (source === undefined || (source.from === 'literal' && source.text === '')) return {};
  return source.from === 'literal' ? { adapterInstance: source.text } : { adapterFrom: sourceText(source, (id) => id) };
}

interface Target {
  kind: 'workflow' | 'module';
  id: string;
  what: string;
}

/** Other documents that a task names: child workflows, transformations, templates; only literal names can be followed. */
function targetsOf(task: Task): Target[] {
  const literal = (key: string) => {
    const source = sourceOf(childOf(task.incoming, key));
    return source?.from === 'literal' && source.text !== '' ? source.text : undefined;
  };
  const found: (Omit<Target, 'id'> & { id: string | undefined })[] = [];
  if (task.name === 'childJob') {
    found.push({ kind: 'workflow', id: literal('workflow'), what: 'child workflow' });
    found.push({ kind: 'module', id: literal('transformation'), what: 'transformation' });
  }
  if (task.name === 'transformation') found.push({ kind: 'module', id: literal('tr_id'), what: 'transformation' });
  if (task.app === 'MOP') found.push({ kind: 'module', id: literal('template'), what: 'command template' });
  if (task.app === 'TemplateBuilder')
    found.push({ kind: 'module', id: literal('name') ?? literal('templateName'), what: 'template' });
  if (/^show_?json_?form$/i.test(task.name)) found.push({ kind: 'module', id: literal('form_id'), what: 'form' });
  return found.flatMap(({ kind, id, what }) => (id === undefined ? [] : [{ kind, id, what }]));
}
