import { baseName } from '../build.ts';
import type { Fact } from '../contract.ts';
import { jobsOnFailure } from './ci-failure.ts';
import { type FactGraph, isScoped, pathOf, placeOf } from './fact-graph.ts';
import { endsInFailure } from './rescue.ts';

/** What follows when a step fails. */
export interface Failure {
  /** ignored: let through. handled: something written for it runs. goes-on: nobody looks. stops: nothing was written for it. */
  outcome: 'ignored' | 'handled' | 'goes-on' | 'stops';
  /** One sentence. */
  says: string;
  retries?: string;
  /** The run ends with an error; else it goes on, and may end as if nothing had been. */
  ends: boolean;
  /** Facts that were written for the case: ways back, rescues, traps. */
  by: Fact[];
  /** The rule that concluded it; what the format does by its documentation is concluded, not seen. */
  rule: string;
}

/** What the format does when nothing is said (documentation of each tool). */
const byFormat: { readonly [format: string]: string } = {
  ansible:
    'the host drops out of the play; the tasks that ran on it stay done, handlers that they notified do not run there, and other hosts go on unless none of its batch is left or the play ends at errors (any_errors_fatal, max_fail_percentage)',
  'github-actions':
    'the job fails: its later steps are skipped unless they ask for failure() or always(), and jobs that need it do not run',
  'gitlab-ci': 'the job fails and later stages do not start',
  jenkins: 'the pipeline fails and later stages are skipped',
  make: 'make ends with an error; targets that were made before stay',
  terraform:
    'the apply ends with an error; what was made stays and is in the state, what depends on it is not made, and the next apply goes on from there',
  kubernetes: 'this object is refused or stays unready; objects that were applied before it stay',
  kustomize: 'this object is refused or stays unready; objects that were applied before it stay',
  helm: 'the release is marked as failed; nothing is taken back unless helm was told to',
  compose: 'services that depend on it do not start; those that run stay',
  dockerfile: 'the build ends without an image',
  itential: 'the job stops at this task with an error and waits until somebody looks; what ran before stays done',
  'agent-runs': 'what comes next is the choice of the agent, anew at every run',
};

/**
 * Reads how a step's failure is met: by itself, by what stands around it, by the file, by whatever calls that, by the format.
 *
 * @param callers what calls or holds the step, the nearest first
 */
export function failureOf(graph: FactGraph, step: Fact, callers: readonly Fact[] = []): Failure {
  const alone = ownFailure(graph, step);
  const own = alone.rule === 'no-errexit' && isSourcedStrictly(graph, callers) ? { ...alone, ...errexit } : alone;
  if (own.outcome !== 'stops') return own;
  for (const caller of callers) {
    if (pathOf(caller) === pathOf(step) && caller.format !== 'ansible') continue;
    if (step.format === 'ansible' && caller.format === 'ansible') {
      const caught = caughtAround(graph, caller);
      if (caught !== undefined) return caught;
    } else if (step.format === 'shell' && caller.kind === 'step' && caller.format !== 'shell') {
      const outer = ownFailure(graph, caller);
      return { ...outer, says: `${own.says}; with it fails "${caller.name}": ${outer.says}`, rule: own.rule };
    }
  }
  return own;
}

/** A block around the task that includes the step catches what fails in there; an import hands on what it lets through. */
function caughtAround(graph: FactGraph, caller: Fact): Failure | undefined {
  const { rescuedAt, ignoresErrors, module } = caller.attributes;
  const isImport = /(?:^|\.)import_/.test(String(module));
  if (typeof rescuedAt !== 'number' && !(ignoresErrors === true && isImport)) return undefined;
  const failure = ownFailure(graph, caller);
  return failure.outcome === 'stops' ? undefined : failure;
}

function ownFailure(graph: FactGraph, step: Fact): Failure {
  const { attributes, format } = step;
  const retries = typeof attributes['retries'] === 'string' ? { retries: attributes['retries'] } : {};
  const around = ancestors(graph, step);
  if (attributes['ignoresErrors'] === true)
    return {
      outcome: 'ignored',
      ends: false,
      says: 'its failure is let through and the run goes on',
      by: [],
      rule: 'ignores-errors',
    };
  const ignoring = around.find((fact) => fact.attributes['ignoresErrors'] === true);
  if (ignoring !== undefined)
    return {
      outcome: 'ignored',
      ends: false,
      says: `the failure ends ${ignoring.kind} "${ignoring.name}" and is let through`,
      by: [ignoring],
      rule: 'ignores-errors',
    };
  if (isScoped(step) && leadsToEnd(step))
    return {
      outcome: 'goes-on',
      ends: false,
      says: 'its error leads straight to the end: the job ends as if it had done its work',
      by: [],
      rule: 'error-edge-to-the-end',
    };
  const handlers = named(graph, step) ?? handling(graph, step, around);
  if (handlers.length > 0) {
    const names = handlers.map((fact) => `"${fact.name}"`).join(', ');
    // What only looks tells people more and mends nothing.
    if (handlers.every((fact) => fact.attributes['effect'] === 'read'))
      return {
        outcome: 'stops',
        ends: true,
        says: `${defaultOf(step)}; ${names} runs and only looks`,
        by: handlers,
        rule: 'handles-errors',
        ...retries,
      };
    const again = step.format === 'ansible' && endsInFailure(graph, handlers);
    if (again)
      return {
        outcome: 'handled',
        ends: true,
        says: `${rescueName(handlers)} runs and then fails as well: ${defaultOf(step)}`,
        by: handlers,
        rule: 'handles-errors',
        ...retries,
      };
    // A trap runs beside what the script does anyway; a rescue and an error edge take the place of the failure.
    const script = format === 'shell' ? inScript(around) : undefined;
    return {
      outcome: 'handled',
      ends: script?.ends ?? !(format === 'ansible' || isScoped(step)),
      says:
        script !== undefined
          ? `${names} runs; ${script.says}`
          : step.format === 'ansible'
            ? `${rescueName(handlers)} runs in place of what is left of the block; when it ends well the play goes on as if nothing had failed`
            : `${names} runs`,
      by: handlers,
      rule: 'handles-errors',
      ...retries,
    };
  }
  if (format === 'shell') return { ...inScript(around), ...retries };
  return { outcome: 'stops', ends: true, says: defaultOf(step), by: [], rule: `failure-in-${format}`, ...retries };
}

/** A rescue has no name: the block that it belongs to may have one, else its line tells it from others; and what it takes back. */
function rescueName(handlers: readonly Fact[]): string {
  const rescue = handlers.find(({ kind }) => kind === 'phase') ?? handlers[0]!;
  const { path, line } = placeOf(rescue);
  const { of } = rescue.attributes;
  const undoing = handlers.filter(({ kind }) => kind === 'rollback').map(({ name }) => `"${name}"`);
  return `the rescue ${typeof of === 'string' ? `of "${of}"` : `in line ${line} of ${baseName(path)}`}${undoing.length > 0 ? ` (${undoing.join(', ')})` : ''}`;
}

/** What a controller does when what it delivers does not come up (documentation of Flux and of Argo CD). */
const byController: { readonly [delivers: string]: string } = {
  flux: 'it stays unready, what depends on it is not applied, and Flux tries again at its interval; what ran before stays as it was',
  argocd: 'the sync fails and the application is shown as degraded or out of sync; later waves of it are not applied',
};

function defaultOf({ format, attributes }: Fact): string {
  return byController[String(attributes['delivers'])] ?? byFormat[format] ?? 'the run ends with an error';
}

const errexit: Failure = {
  outcome: 'stops',
  ends: true,
  says: 'the script ends at once (errexit); what ran before stays done',
  by: [],
  rule: 'errexit',
};

/** A file that is sourced runs under the options of the script that sources it. */
function isSourcedStrictly(graph: FactGraph, callers: readonly Fact[]): boolean {
  for (const caller of callers) {
    if (caller.kind !== 'step') continue;
    if (caller.format !== 'shell' || !/^(?:source|\.)$/.test(String(caller.attributes['program']))) return false;
    if (inScript(ancestors(graph, caller)).ends) return true;
  }
  return false;
}

/** A script ends at a failing command only when it was told to. */
function inScript(around: readonly Fact[]): Failure {
  const options = around.find((fact) => fact.kind === 'entrypoint')?.attributes['options'];
  const ends = Array.isArray(options) && options.includes('errexit');
  return ends
    ? errexit
    : {
        outcome: 'goes-on',
        ends: false,
        says: 'the script goes on with its next line: errexit is not set',
        by: [],
        rule: 'no-errexit',
      };
}

/** Nothing but the end comes after its error. */
function leadsToEnd({ attributes }: Fact): boolean {
  const names = attributes['onError'];
  return Array.isArray(names) && names.length > 0 && names.every((name) => name === 'end');
}

/** What the step itself says comes after its error; undefined where the format says so in another way. */
function named(graph: FactGraph, step: Fact): Fact[] | undefined {
  if (!isScoped(step)) return undefined;
  const names = step.attributes['onError'];
  return Array.isArray(names) ? names.flatMap((name) => graph.besides(step, String(name)) ?? []) : [];
}

/** The rescue that catches it, ways back of its job or file, steps of its job that run on failure. */
function handling(graph: FactGraph, step: Fact, around: readonly Fact[]): Fact[] {
  const { rescuedAt } = step.attributes;
  if (typeof rescuedAt === 'number') {
    const there = graph.catchingAt(pathOf(step), rescuedAt);
    return [...there.filter(({ kind }) => kind === 'rollback'), ...there.filter(({ kind }) => kind === 'phase')];
  }
  if (step.format === 'ansible') return [];
  // A release says itself how it is taken back.
  const own = graph.intentsOf(step, 'rollback').filter(({ attributes }) => attributes['rule'] === 'flux-remediation');
  if (own.length > 0) return own;
  for (const outer of around) {
    const onFailure = graph.onFailureIn(outer).filter((fact) => fact !== step && comesAfter(fact, step));
    const trapped = graph
      .intentsOf(outer, 'rollback')
      .filter(
        ({ name, attributes }) => attributes['rule'] === 'shell-trap-error' && name !== step.attributes['function'],
      );
    if (onFailure.length + trapped.length > 0) return [...onFailure, ...trapped];
  }
  const job = [step, ...around].find(({ kind }) => kind === 'job');
  return job === undefined || step.attributes['onFailure'] === true ? [] : jobsOnFailure(graph, job);
}

/** A step of a workflow that waits for a failure has had its turn when a later one fails. */
function comesAfter(handler: Fact, step: Fact): boolean {
  const isLine = handler.format === 'github-actions' && handler.kind === 'step' && step.kind === 'step';
  return !isLine || placeOf(handler).line > placeOf(step).line;
}

function ancestors(graph: FactGraph, fact: Fact): Fact[] {
  const found: Fact[] = [];
  for (let outer = graph.parentOf(fact); outer !== undefined; outer = graph.parentOf(outer)) found.push(outer);
  return found;
}
