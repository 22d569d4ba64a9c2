import { outline } from '../artifact/markdown.ts';
import { findSection, sectionText } from '../artifact/splice.ts';
import { confirmedBy } from '../build/confirmed.ts';
import type { CheckStatus, Workspace } from '../build/manifest.ts';
import { checkStatuses, filesOf, isFlaky } from '../build/manifest.ts';
import { buildOrder } from '../build/order.ts';
import { short } from '../decision/subject.ts';
import type { DeliveryState } from '../delivery.ts';
import { deltaOf } from '../delta/delta.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { oneLine } from '../one-line.ts';
import { deviationRows } from '../report/deviations.ts';
import { explainedBy } from '../scan/differences.ts';
import type { ScanReport } from '../scan/report.ts';
import { tableText } from './table.ts';

/** Sections that people and agents write; generating again keeps them as they are. */
export const WRITTEN = ['Residual issues', 'Learnings', 'Maintainer', 'How to change this again'] as const;

/**
 * as-built.md from the ledger, the design and the files: the facts are computed, the written sections are kept. The same
 * input gives the same bytes (docs/artifacts.md).
 *
 * @param present the as-built.md that is there, for its written sections
 * @param facts what evidence says besides
 */
export function generateAsBuilt(
  state: DeliveryState,
  ledger: Ledger,
  workspace: Workspace,
  present: string | undefined,
  facts: RecordFacts,
): string {
  const kept = present === undefined ? undefined : outline(present);
  const written = WRITTEN.map((title) => {
    const section = kept === undefined ? undefined : findSection(kept, title);
    return section === undefined ? `## ${title}\n\n${promptOf(title, state)}` : sectionText(kept!, section).trimEnd();
  });
  const heads = basis(ledger);
  const front = ['---', 'countersign: as-built/1', 'heads:', ...heads.map((head) => `  - ${head}`), '---'];
  const parts = [
    front.join('\n'),
    `# ${state.title}: as built`,
    ...computedSections(state, ledger, workspace, facts),
    ...written,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** What a written section says until somebody writes it. */
function promptOf(title: (typeof WRITTEN)[number], state: DeliveryState): string {
  if (title === 'Residual issues') return 'None known.';
  if (title === 'Learnings') return 'None written down.';
  if (title === 'Maintainer') return 'The owner named in the requirements.';
  const commands = (state.design?.checks ?? []).filter((check) => check.method === 'command').map((check) => check.id);
  return [
    `1. \`/spec-change ${state.id}\`, or \`countersign change ${state.id} propose\`: say what changes in requirements and design.`,
    '2. Have the plan approved; only the tasks and checks that it reaches open again.',
    `3. Build them, and run the checks: ${commands.map((id) => `\`countersign run-check ${state.id} ${id}\``).join(', ') || 'there are none to run'}.`,
    '4. The way back stands in design.md, Rollback.',
  ].join('\n');
}

/** What evidence says, as texts that were read before. */
export interface RecordFacts {
  /** The scan of what is there; undefined where nothing scanned it. */
  scan: ScanReport | undefined;
  /** The requirements as they were approved first; undefined where none were. */
  firstRequirements: string | undefined;
  /** Who wrote a file, by path and content hash (`path sha256`). */
  writers: ReadonlyMap<string, string>;
}

/** The sections that are computed, each with its heading. */
export function computedSections(
  state: DeliveryState,
  ledger: Ledger,
  workspace: Workspace,
  facts: RecordFacts,
): string[] {
  const { design } = state;
  if (design === undefined) return [];
  const statuses = checkStatuses(design, workspace, ledger);
  return [
    `## Delivered\n\n${delivered(state, workspace, facts)}`,
    `## Verification\n\n${verification(state, statuses, ledger)}`,
    `## Dependencies introduced\n\n${dependencies(facts.scan)}`,
    `## Deviations\n\n${deviations(ledger, facts.scan)}`,
    `## Changed requirements\n\n${changedRequirements(state, facts.firstRequirements)}`,
    `## Decisions\n\n${decisions(ledger)}`,
  ];
}

function delivered(state: DeliveryState, workspace: Workspace, { writers }: RecordFacts): string {
  const rows = buildOrder(state.design!.components).order.flatMap((component) => {
    const files = filesOf(component, workspace);
    const name = `${component.id} ${component.title}`;
    if (files.length === 0) return [[name, component.action ?? '', 'none here', '', '']];
    return files.map((file) => [
      name,
      component.action ?? '',
      `\`${file.path}\``,
      short(file.sha256),
      writers.get(`${file.path} ${file.sha256}`) ?? 'not recorded',
    ]);
  });
  return tableText(['Component', 'Action', 'File', 'SHA-256', 'Written by'], rows);
}

/** What the files bring in from elsewhere, and whether the design knew of it. */
function dependencies(scan: ScanReport | undefined): string {
  if (scan === undefined) return 'Not known: these files were not scanned.';
  if (scan.dependencies.length === 0) return 'None was found.';
  const rows = scan.dependencies.map((one) => [
    `${one.kind} ${one.name}`,
    one.version,
    one.pinned === null ? 'a variable decides' : one.pinned ? 'yes' : 'no',
    one.source,
    one.licence || 'not said',
    `\`${one.path}:${one.line}\` ${one.component}`.trim(),
    one.designed ? 'yes' : 'no',
  ]);
  return tableText(['Dependency', 'Version', 'Pinned', 'Source', 'Licence', 'Where', 'In the design'], rows);
}

function verification(state: DeliveryState, statuses: readonly CheckStatus[], ledger: Ledger): string {
  const criteria = state.requirements?.requirements.flatMap((requirement) => requirement.criteria) ?? [];
  const rows = criteria.flatMap((criterion) => {
    const checks = statuses.filter((status) => status.check.criteria.includes(criterion.id));
    if (checks.length === 0) return [[criterion.id, '', 'not verified', '']];
    return checks.map((status) => [criterion.id, status.check.id, result(status, ledger), evidence(status)]);
  });
  return tableText(['Criterion', 'Check', 'Result', 'Evidence'], rows);
}

function result(status: CheckStatus, ledger: Ledger): string {
  if (isFlaky(status)) {
    const { passed, failed } = status.same;
    return `${status.state}, flaky: ${failed} of ${passed + failed} runs on these files failed`;
  }
  if (status.state === 'to-confirm')
    return `${status.check.method}, ${confirmedBy(ledger, status) ?? 'confirmed with the Build approval'}`;
  return status.state === 'not-testable' ? `not testable: ${status.check.reason}` : status.state;
}

function evidence(status: CheckStatus): string {
  return status.run === undefined ? '' : `evidence/${short(status.run.body.evidence)}`;
}

/** The record's own decision is no part of it: drawn again after it, the record has to be the same. */
const BUILD: ReadonlySet<string> = new Set(['stage:build']);

function deviations(ledger: Ledger, scan: ScanReport | undefined): string {
  const recorded = deviationRows(ledger, BUILD);
  const open = (scan?.differences ?? []).filter(({ key }) => explainedBy(key, ledger) === undefined);
  if (recorded.length + open.length === 0) return 'None: what was delivered is what was designed.';
  const rows = recorded.map(({ id, component, designed, delivered, reason, acceptedBy }) => [
    id,
    component,
    designed,
    delivered,
    reason,
    acceptedBy.join(', ') || 'the decision on this record',
  ]);
  // What a comparison found and nobody explained is no less a difference.
  const found = open.map(({ key, component, designed, delivered }) => [
    'found',
    component,
    designed,
    `${key}: ${delivered}`,
    'nobody said why',
    '',
  ]);
  return tableText(['ID', 'Component', 'Designed', 'Delivered', 'Reason', 'Accepted by'], [...rows, ...found]);
}

/** What became of the requirements since they were approved first. */
function changedRequirements({ requirements, cycles }: DeliveryState, first: string | undefined): string {
  const changes = first === undefined || requirements === undefined ? [] : deltaOf(first, requirements.doc.text);
  if (changes.length === 0) return 'None: what was asked for first is what was delivered.';
  const rows = changes.map(({ change, key, title, pieces }) => [
    key === title ? key : `${key} ${title}`,
    change.toLowerCase(),
    pieces.map(({ before, after }) => after ?? `no longer: ${before}`).join('; '),
  ]);
  const applied = cycles.filter((cycle) => cycle.closed?.body.status === 'APPLIED');
  const by = applied.map(({ n, title }) => `- change ${n}: ${oneLine(title)}`);
  return [tableText(['Entry', 'Change', 'Now'], rows), ...(by.length === 0 ? [] : [by.join('\n')])].join('\n\n');
}

function decisions(ledger: Ledger): string {
  const abouts = new Map(eventsOf(ledger, 'submitted').map((event) => [event.body.digest, event.body.subject]));
  const rows = eventsOf(ledger, 'decided').flatMap((event) => {
    const { statement, level } = event.body;
    const subject = abouts.get(statement.subject);
    if (subject === undefined || subject.about === 'stage:as-built') return [];
    return [
      [subject.about, statement.decision, statement.approver.name, level, statement.at, short(statement.subject)],
    ];
  });
  return tableText(['Subject', 'Decision', 'By', 'Level', 'At', 'Digest'], rows);
}

/** The heads the record rests on: its own submissions and the decisions on them are left out. */
function basis(ledger: Ledger): string[] {
  const own = new Set(
    eventsOf(ledger, 'submitted')
      .filter((event) => event.body.subject.about === 'stage:as-built')
      .map((event) => event.body.digest),
  );
  const events = ledger.graph.order.filter(
    (event) =>
      !(event.type === 'submitted' && own.has(event.body.digest)) &&
      !(event.type === 'decided' && own.has(event.body.statement.subject)),
  );
  const parents = new Set(events.flatMap((event) => event.parents));
  return events
    .map((event) => event.id)
    .filter((id) => !parents.has(id))
    .sort();
}
