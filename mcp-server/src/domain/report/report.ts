import type { Entry } from '../artifact/entries.ts';
import { allFieldsOf } from '../artifact/fields.ts';
import { glassLines } from '../break-glass.ts';
import { filesOf } from '../build/manifest.ts';
import { buildOrder } from '../build/order.ts';
import type { Cycle } from '../change/cycles.ts';
import type { SignatureProblem } from '../decision/assurance.ts';
import { type Comment, commentsOf } from '../decision/comments.ts';
import { type Frozen, short } from '../decision/subject.ts';
import type { DeliveryRead, DeliveryState } from '../delivery.ts';
import { groupBy } from '../group.ts';
import { clockFindings } from '../ledger/clock-findings.ts';
import { buildTrace } from '../trace/build.ts';
import { type Gap, gapsOf } from '../trace/gaps.ts';
import { type Advice, adviceFor } from './advice.ts';
import { type ApprovedChange, approvedChanges } from './approved-changes.ts';
import { type AuditRow, auditRows } from './audit.ts';
import { type CheckView, checkViews } from './checks.ts';
import { type ComponentGraph, componentGraph } from './component-graph.ts';
import { type DeviationRow, deviationRows } from './deviations.ts';
import type { EvidenceText } from './evidence.ts';
import { type Flow, flowOf } from './flow.ts';
import { matrix, type RequirementRow } from './matrix.ts';
import { type Operations, operations } from './operations.ts';
import { type PlatformView, platformView } from './platform.ts';
import { type StageCard, stageCards } from './stage-card.ts';
import { type TimelineEvent, timeline } from './timeline.ts';

/** A component with its files and how far its tasks are. */
export interface ComponentRow {
  id: string;
  title: string;
  kind: string;
  action: string;
  state: string;
  dependsOn: string[];
  realises: string[];
  files: Frozen[];
}

/** Why the design is as it is. */
export interface DecisionRow {
  id: string;
  title: string;
  /** What stands in its block, in order: `choice`, `rationale`, `alternatives`. */
  says: { key: string; text: string }[];
}

/** A cycle of change after the delivery was finished. */
export interface CycleRow {
  n: number;
  title: string;
  status: string;
  openedAt: string;
  openedBy: string;
  requirements: string[];
  approvedBy: { approver: string; level: string }[];
  /** Why an open one does not go on, one sentence each. */
  waitsFor: string[];
}

/** Everything a report says of one delivery: facts, no form. */
export interface Report {
  delivery: string;
  title: string;
  owner: string;
  track: string;
  risk: string;
  /** The template it was started from; empty without one. */
  template: string;
  tickets: string[];
  dependsOn: string[];
  /** Id of the first event, which is the delivery's identity. */
  first: string;
  heads: string[];
  /** When the report was made, RFC 3339. */
  at: string;
  finished: boolean;
  /** Why the next gate is not open, one sentence each, and the step that a person may take. */
  blocks: string[];
  next: string;
  /** Broken glass, clocks and signatures: what a reader has to know before the rest. */
  problems: string[];
  stages: StageCard[];
  requirements: RequirementRow[];
  gaps: Gap[];
  components: ComponentRow[];
  graph: ComponentGraph;
  decisions: DecisionRow[];
  checks: CheckView[];
  changes: ApprovedChange[];
  cycles: CycleRow[];
  platform: PlatformView;
  deviations: DeviationRow[];
  operations: Operations;
  comments: Comment[];
  flow: Flow;
  advice: Advice[];
  audit: AuditRow[];
  timeline: TimelineEvent[];
}

/** What a report is made from, beside the delivery itself. */
export interface ReportSources {
  signatures: readonly SignatureProblem[];
  text: EvidenceText;
  next: string;
}

/** The report of a delivery; the same input gives the same report. Linear in ledger, artifacts and files. */
export function buildReport(read: DeliveryRead, state: DeliveryState, sources: ReportSources): Report {
  const { ledger, workspace, id, now } = read;
  const { signatures, text, next } = sources;
  const trace = buildTrace(state, workspace, ledger);
  const front = state.requirements?.front;
  const flow = flowOf(ledger, state.settled.track, now);
  return {
    delivery: id,
    title: state.title,
    owner: front?.owner ?? '',
    track: state.settled.track,
    risk: state.settled.risk,
    template: ledger.first.body.template ?? front?.template ?? '',
    tickets: front?.refs ?? [],
    dependsOn: front?.['depends-on'] ?? [],
    first: ledger.first.id,
    heads: [...ledger.graph.heads],
    at: new Date(now).toISOString(),
    finished: state.next === null && state.change === null,
    blocks: [...(state.next?.reasons ?? []).map((reason) => reason.text), ...(state.change?.waitsFor ?? [])],
    next,
    problems: [
      ...glassLines(id, state.glass, now),
      ...clockFindings(ledger.graph, now).map((one) => `event ${short(one.event)}: ${one.message}`),
      ...signatures.map((one) => `decision ${short(one.event)} is worth ${one.level}: ${one.message}`),
    ],
    stages: stageCards(read, state),
    requirements: matrix(state, trace),
    gaps: gapsOf(trace),
    components: components(read, state),
    graph: componentGraph(state.design?.components ?? []),
    decisions: (state.design?.decisions ?? []).map(decision),
    checks: checkViews(state, workspace, ledger, text),
    changes: approvedChanges(ledger, state.cycles, text),
    cycles: state.cycles.map((cycle) => cycleRow(cycle, state)),
    platform: platformView(state, ledger, text),
    deviations: deviationRows(ledger),
    operations: operations(ledger, text),
    comments: commentsOf(ledger),
    flow,
    advice: adviceFor({ delivery: id, flow }),
    audit: auditRows(read, state),
    timeline: timeline(ledger),
  };
}

function decision({ id, title, block }: Entry): DecisionRow {
  const fields = block === undefined ? [] : allFieldsOf(block);
  return { id, title, says: fields.map(({ key, values }) => ({ key, text: values.join('; ') })) };
}

function cycleRow(cycle: Cycle, { change }: DeliveryState): CycleRow {
  const { n, title, status, opened, requirements, approvals } = cycle;
  return {
    n,
    title,
    status,
    openedAt: opened.at,
    openedBy: opened.actor.name,
    requirements: Object.keys(requirements),
    approvedBy: approvals.map(({ body }) => ({ approver: body.statement.approver.name, level: body.level })),
    waitsFor: change?.cycle.id === cycle.id ? change.waitsFor : [],
  };
}

function components(read: DeliveryRead, state: DeliveryState): ComponentRow[] {
  const all = state.design?.components ?? [];
  const { order, cycle } = buildOrder(all);
  const tasksOf = groupBy(state.tasks, (task) => task.component.id);
  return [...order, ...cycle].map((component) => {
    const tasks = tasksOf.get(component.id) ?? [];
    return {
      id: component.id,
      title: component.title,
      kind: component.kind,
      action: component.action ?? component.rawAction,
      state: tasks.find((task) => task.state !== 'verified')?.state ?? (tasks.length === 0 ? '' : 'verified'),
      dependsOn: component.dependsOn,
      realises: component.realises,
      files: filesOf(component, read.workspace),
    };
  });
}
