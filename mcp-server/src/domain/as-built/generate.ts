import { outline } from '../artifact/markdown.ts';
import { findSection, sectionText } from '../artifact/splice.ts';
import type { CheckStatus, Workspace } from '../build/manifest.ts';
import { checkStatuses, filesOf } from '../build/manifest.ts';
import { buildOrder } from '../build/order.ts';
import { short } from '../decision/subject.ts';
import type { DeliveryState } from '../delivery.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { tableText } from './table.ts';

/** Sections that people and agents write; generating again keeps them as they are. */
export const WRITTEN = ['Residual issues', 'Learnings', 'Maintainer', 'How to change this again'] as const;

/**
 * as-built.md from the ledger, the design and the files: the facts are computed, the written sections are kept. The same
 * input gives the same bytes (docs/artifacts.md).
 *
 * @param present the as-built.md that is there, for its written sections
 */
export function generateAsBuilt(
  state: DeliveryState,
  ledger: Ledger,
  workspace: Workspace,
  present: string | undefined,
): string {
  const kept = present === undefined ? undefined : outline(present);
  const written = WRITTEN.map((title) => {
    const section = kept === undefined ? undefined : findSection(kept, title);
    return section === undefined ? `## ${title}\n\n${PROMPTS[title]}` : sectionText(kept!, section).trimEnd();
  });
  const heads = basis(ledger);
  const front = ['---', 'countersign: as-built/1', 'heads:', ...heads.map((head) => `  - ${head}`), '---'];
  const parts = [
    front.join('\n'),
    `# ${state.title}: as built`,
    ...computedSections(state, ledger, workspace),
    ...written,
  ];
  return `${parts.join('\n\n')}\n`;
}

const PROMPTS: Record<(typeof WRITTEN)[number], string> = {
  'Residual issues': 'None known.',
  Learnings: 'None written down.',
  Maintainer: 'The owner named in the requirements.',
  'How to change this again': 'Change the requirements or the design, have them approved, and build again.',
};

/** The sections that are computed, each with its heading. */
export function computedSections(state: DeliveryState, ledger: Ledger, workspace: Workspace): string[] {
  const { design } = state;
  if (design === undefined) return [];
  const statuses = checkStatuses(design, workspace, ledger);
  return [
    `## Delivered\n\n${delivered(state, workspace)}`,
    `## Verification\n\n${verification(state, statuses)}`,
    `## Deviations\n\n${deviations(ledger)}`,
    `## Decisions\n\n${decisions(ledger)}`,
  ];
}

function delivered(state: DeliveryState, workspace: Workspace): string {
  const rows = buildOrder(state.design!.components).order.flatMap((component) => {
    const files = filesOf(component, workspace);
    const name = `${component.id} ${component.title}`;
    if (files.length === 0) return [[name, component.action ?? '', 'none here', '']];
    return files.map((file) => [name, component.action ?? '', `\`${file.path}\``, short(file.sha256)]);
  });
  return tableText(['Component', 'Action', 'File', 'SHA-256'], rows);
}

function verification(state: DeliveryState, statuses: readonly CheckStatus[]): string {
  const criteria = state.requirements?.requirements.flatMap((requirement) => requirement.criteria) ?? [];
  const rows = criteria.flatMap((criterion) => {
    const checks = statuses.filter((status) => status.check.criteria.includes(criterion.id));
    if (checks.length === 0) return [[criterion.id, '', 'not verified', '']];
    return checks.map((status) => [criterion.id, status.check.id, result(status), evidence(status)]);
  });
  return tableText(['Criterion', 'Check', 'Result', 'Evidence'], rows);
}

function result(status: CheckStatus): string {
  if (status.state === 'to-confirm') return `${status.check.method}, confirmed with the Build approval`;
  return status.state === 'not-testable' ? `not testable: ${status.check.reason}` : status.state;
}

function evidence(status: CheckStatus): string {
  return status.run === undefined ? '' : `evidence/${short(status.run.body.evidence)}`;
}

function deviations(ledger: Ledger): string {
  const events = eventsOf(ledger, 'deviated');
  if (events.length === 0) return 'None: what was delivered is what was designed.';
  const rows = events.map(({ body }) => [body.id, body.component ?? '', body.designed, body.delivered, body.reason]);
  return tableText(['ID', 'Component', 'Designed', 'Delivered', 'Reason'], rows);
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
