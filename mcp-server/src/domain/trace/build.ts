import type { Design } from '../artifact/design.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { sectionText } from '../artifact/splice.ts';
import { type CheckStatus, checkStatuses, type Workspace } from '../build/manifest.ts';
import { ownersOf } from '../build/owned.ts';
import { isElsewhere } from '../build/paths.ts';
import type { DeliveryState } from '../delivery.ts';
import { idsIn, requirementOf } from '../ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Stage } from '../stage.ts';
import { Trace } from './trace.ts';

/**
 * The trace of a delivery as it is now: requirement -> criterion -> decision and component -> task -> file -> check ->
 * evidence -> approval. Takes time in proportion to the artifacts, the files and the ledger.
 */
export function buildTrace(state: DeliveryState, workspace: Workspace, ledger: Ledger): Trace {
  const trace = new Trace();
  addApprovals(trace, state);
  const approval = (stage: Stage) => state.gates.find((gate) => gate.covers.includes(stage))?.about ?? '';
  if (state.requirements !== undefined) addRequirements(trace, state.requirements, approval('requirements'));
  if (state.design !== undefined) {
    const statuses = checkStatuses(state.design, workspace, ledger);
    addDesign(trace, state.design, approval('design'));
    addFiles(trace, state, workspace, approval('build'));
    addChecks(trace, state, statuses, { design: approval('design'), build: approval('build') });
  }
  return trace;
}

function addApprovals(trace: Trace, state: DeliveryState): void {
  for (const gate of state.gates) {
    const by = gate.approvals.map((one) => `${one.approver} (${one.level}, ${one.at})`).join(', ');
    trace.add({ id: gate.about, kind: 'approval', title: by, state: gate.state });
  }
}

function addRequirements(trace: Trace, requirements: Requirements, approval: string): void {
  for (const { id, title, line, criteria } of requirements.requirements) {
    trace.add({ id, kind: 'requirement', title, artifact: 'requirements.md', line, state: '' });
    trace.link(id, approval);
    for (const criterion of criteria) {
      const { id: name, title: text, line: at } = criterion;
      trace.add({ id: name, kind: 'criterion', title: text, artifact: 'requirements.md', line: at, state: '' });
      trace.link(id, name);
    }
  }
}

function addDesign(trace: Trace, design: Design, approval: string): void {
  for (const { id, title, line } of design.decisions) {
    trace.add({ id, kind: 'decision', title, artifact: 'design.md', line, state: '' });
    trace.link(id, approval);
  }
  for (const { id, title, line, rawAction } of design.components) {
    trace.add({ id, kind: 'component', title, artifact: 'design.md', line, state: rawAction });
    trace.link(id, approval);
  }
  // A decision says which requirements it serves and which components it shapes, or a component cites the decision.
  for (const { id, block } of design.decisions)
    for (const named of idsIn(sectionText(design.doc, block!))) {
      if (named.startsWith('REQ-')) trace.link(named, id);
      else if (named.startsWith('AC-')) trace.link(requirementOf(named), id);
      else if (named.startsWith('CMP-')) trace.link(id, named);
    }
  for (const { id, realises, block } of design.components) {
    for (const requirement of realises) trace.link(requirement, id);
    for (const named of idsIn(sectionText(design.doc, block!))) if (named.startsWith('DEC-')) trace.link(named, id);
  }
}

/** Files by the component that owns them; their tasks stand between. */
function addFiles(trace: Trace, state: DeliveryState, workspace: Workspace, approval: string): void {
  for (const task of state.tasks) {
    const { id, component, kind } = task;
    trace.add({ id, kind: 'task', title: `${kind} ${component.id}`, state: task.state });
    trace.link(component.id, id);
  }
  const elsewhere = state.design!.components.flatMap((one) =>
    one.paths.filter(isElsewhere).map((path) => [path, [one.id]] as const),
  );
  for (const [path, owners] of [...ownersOf(state.design!.components, workspace), ...elsewhere]) {
    trace.add({ id: path, kind: 'file', title: '', state: '' });
    trace.link(path, approval);
    for (const owner of owners) {
      const [build, verify] = [`TSK-${number(owner)}.1`, `TSK-${number(owner)}.2`];
      trace.link(trace.nodes.has(build) ? build : owner, path);
      trace.link(path, verify);
    }
  }
}

const number = (component: string) => component.slice('CMP-'.length);

function addChecks(
  trace: Trace,
  state: DeliveryState,
  statuses: readonly CheckStatus[],
  approval: { design: string; build: string },
): void {
  for (const { check, component, state: stands, run } of statuses) {
    const { id, title, line } = check;
    trace.add({ id, kind: 'check', title, artifact: 'design.md', line, state: stands });
    trace.link(id, approval.design);
    for (const criterion of check.criteria) trace.link(criterion, id);
    if (component !== undefined) trace.link(`TSK-${number(component)}.2`, id);
    if (run === undefined) continue;
    const { evidence, result } = run.body;
    trace.add({
      id: evidence,
      kind: 'evidence',
      title: `${result} ${run.at}`,
      state: stands === 'stale' ? 'stale' : result,
    });
    trace.link(id, evidence);
    trace.link(evidence, approval.build);
  }
  for (const task of state.tasks)
    if (task.kind === 'verify') for (const one of task.checks) trace.link(task.id, one.check.id);
}
