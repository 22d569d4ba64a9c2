import type { Check, Component, Design, Method } from '../artifact/design.ts';
import { canonical, type Json } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { groupBy } from '../group.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { scanInputs, standingScan } from '../scan/recorded.ts';
import { confirmation, isConfirmed } from './confirmed.ts';
import { buildOrder, checkDefinition, checkOwners, closure, isBuilt } from './order.ts';
import { isElsewhere, matchesPattern } from './paths.ts';

/** What is in the project now, as far as the design's paths and checks reach. */
export interface Workspace {
  /** Files that any component's paths match, with their content hashes, sorted by path. */
  files: readonly Frozen[];
  /** Project files that a check's command names, by check id. */
  scripts: ReadonlyMap<string, readonly Frozen[]>;
}

export type CheckState = 'passed' | 'failed' | 'stale' | 'not-run' | 'to-confirm' | 'not-testable';

export interface CheckStatus {
  check: Check;
  component: string | undefined;
  definition: string;
  /** Hash of the canonical `{path: sha256}` of what a run would vouch for now. */
  inputs: string;
  scripts: readonly Frozen[];
  state: CheckState;
  /** The run that says so. */
  run: Recorded<'checked'> | undefined;
  /** Runs of this definition on exactly these files: where some failed and some passed, the check is flaky. */
  same: { passed: number; failed: number };
  /** The last run of this definition that failed on other content: it shows that the check can fail. */
  failedBefore: Recorded<'checked'> | undefined;
}

export const MANIFEST = 'build-manifest.json';

/** The files of a component. */
export function filesOf(component: Component, workspace: Workspace): Frozen[] {
  return workspace.files.filter((file) => component.paths.some((pattern) => matchesPattern(pattern, file.path)));
}

/** Each check of the design with its latest run, as far as that run still vouches for what is there. */
export function checkStatuses(design: Design, workspace: Workspace, ledger: Ledger): CheckStatus[] {
  const owners = checkOwners(design);
  const runs = groupBy(eventsOf(ledger, 'checked'), (event) => event.body.check);
  // Once for each component: checks share what lies below them.
  const files = new Map(design.components.map((one) => [one.id, filesOf(one, workspace)]));
  const below = new Map<string, Frozen[]>();
  const filesBelow = (component: string): Frozen[] => {
    const known = below.get(component);
    if (known !== undefined) return known;
    const found = closure(design.components, component).flatMap((one) => files.get(one.id) ?? []);
    below.set(component, found);
    return found;
  };
  return design.checks.map((check) => {
    const component = owners.get(check.id);
    const definition = checkDefinition(check);
    const scripts = workspace.scripts.get(check.id) ?? [];
    const inputs = inputsHash(component === undefined ? [] : filesBelow(component), scripts);
    const none = { run: undefined, same: { passed: 0, failed: 0 }, failedBefore: undefined };
    const status = { check, component, definition, inputs, scripts, ...none };
    if (check.method !== 'command') {
      const refused = isConfirmed(check) && confirmation(ledger, status).is === 'rejected';
      return { ...status, state: refused ? 'failed' : unrun(check.method) };
    }
    const all = runs.get(check.id) ?? [];
    const ours = all.filter((event) => event.body.definition === definition);
    const fresh = ours.filter((event) => event.body.inputs === inputs);
    if (fresh.length === 0) return { ...status, state: all.length > 0 ? 'stale' : 'not-run', run: all.at(-1) };
    const failures = fresh.filter((event) => event.body.result === 'failed');
    const proof = {
      same: { passed: fresh.length - failures.length, failed: failures.length },
      failedBefore: ours.findLast((event) => event.body.inputs !== inputs && event.body.result === 'failed'),
    };
    const answer = fresh.find((event) => event.body.result === 'passed' && knowsAll(ledger, event, failures));
    if (answer === undefined) return { ...status, ...proof, state: 'failed', run: failures.at(-1) };
    // The first that passed after every failure: passing once more changes nothing that was approved.
    return { ...status, ...proof, state: 'passed', run: answer };
  });
}

/** Whether a run came after all of these. A pass on another branch knew nothing of a failure and does not answer it. */
function knowsAll(ledger: Ledger, run: Recorded<'checked'>, failures: readonly Recorded<'checked'>[]): boolean {
  return failures.every((failure) => ledger.graph.precedes(failure.id, run.id));
}

function unrun(method: Method | undefined): CheckState {
  if (method === 'not-testable') return 'not-testable';
  return method === undefined ? 'not-run' : 'to-confirm';
}

/** The hash of the files a check vouches for: its component's, those of everything below it, and its scripts. */
function inputsHash(below: readonly Frozen[], scripts: readonly Frozen[]): string {
  const files = [...below, ...scripts];
  return sha256(canonical(Object.fromEntries(files.map((file) => [file.path, file.sha256]))));
}

export interface Manifest {
  /** The exact bytes that are frozen and approved; null while something is missing. */
  content: string | null;
  sha256: string | null;
  /** What keeps it from being complete, one sentence each. */
  missing: string[];
  /** Evidence of the scan that it is about, where there is one. */
  scan?: string;
}

/** What the Build decision is about: files by component with their hashes, and what vouches for them. */
export function buildManifest(design: Design, workspace: Workspace, ledger: Ledger): Manifest {
  const statuses = checkStatuses(design, workspace, ledger);
  const { order, cycle } = buildOrder(design.components);
  const missing: string[] = [];
  if (cycle.length > 0) missing.push(`${cycle.map((one) => one.id).join(', ')}: no order to build in, for a cycle`);
  const components = order.map((component) => {
    const files = filesOf(component, workspace);
    if (isBuilt(component)) missing.push(...unbuilt(component, files));
    return { id: component.id, action: component.action ?? '', files: files as unknown as Json };
  });
  const checks = statuses.map((status) => {
    if (status.state === 'failed' || status.state === 'stale' || status.state === 'not-run')
      missing.push(`${status.check.id} ${describe(status)}`);
    return {
      id: status.check.id,
      component: status.component ?? '',
      criteria: status.check.criteria,
      method: status.check.method ?? '',
      definition: status.definition,
      inputs: status.inputs,
      scripts: status.scripts as unknown as Json,
      state: status.state,
      evidence: status.run?.body.evidence ?? '',
    };
  });
  const deviations = eventsOf(ledger, 'deviated').map((event) => event.body as unknown as Json);
  if (design.components.length === 0) missing.push('the design has no components');
  if (missing.length > 0) return { content: null, sha256: null, missing };
  const withScan = (scan: Recorded<'scanned'> | undefined) =>
    canonical({
      ...{ schema: 'countersign/build@1', components, checks, deviations },
      ...(scan === undefined ? {} : { scan: scan.body.evidence }),
    });
  const submitted = eventsOf(ledger, 'submitted').findLast((event) => submittedManifest(event) !== undefined);
  const frozen = submitted && submittedManifest(submitted);
  const isIts = (scan: Recorded<'scanned'> | undefined) => sha256(withScan(scan)) === frozen;
  const scan = standingScan(ledger, scanInputs(workspace, design.doc.text), submitted, isIts);
  const content = withScan(scan);
  return { content, sha256: sha256(content), missing, ...(scan === undefined ? {} : { scan: scan.body.evidence }) };
}

/** Hash of the manifest that a stage was submitted with. */
function submittedManifest({ body: { subject } }: Recorded<'submitted'>): string | undefined {
  return subject.about.startsWith('stage:')
    ? subject.artifacts.find((one) => one.path === MANIFEST)?.sha256
    : undefined;
}

function unbuilt(component: Component, files: readonly Frozen[]): string[] {
  return component.paths
    .filter((pattern) => !isElsewhere(pattern) && !files.some((file) => matchesPattern(pattern, file.path)))
    .map((pattern) => `${component.id}: nothing at ${pattern}`);
}

function describe({ state, run }: CheckStatus): string {
  if (state === 'failed') return run === undefined ? 'does not hold, says a person' : 'failed in its last run';
  return state === 'stale' ? 'ran on something that has changed since: run it again' : 'was not run';
}

/** Whether runs on exactly the same files came to different results. */
export const isFlaky = ({ same }: Pick<CheckStatus, 'same'>) => same.passed > 0 && same.failed > 0;
