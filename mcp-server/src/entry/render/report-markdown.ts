import { short } from '../../domain/decision/subject.ts';
import type { Advice } from '../../domain/report/advice.ts';
import type { AuditRow } from '../../domain/report/audit.ts';
import type { Metrics } from '../../domain/report/metrics.ts';
import type { Report } from '../../domain/report/report.ts';
import type { Broken, Summary } from '../../domain/report/summary.ts';
import { duration } from './duration.ts';
import { cell, span, table } from './markdown.ts';

/** The report of a delivery as Markdown: what was built, how it was tested, who approved it at which level, what changed. */
export function reportMarkdown(report: Report): string {
  const { delivery, title, owner, track, risk, tickets, at, problems, finished, blocks, next } = report;
  const facts = [
    `Delivery ${span(delivery)}`,
    ...(owner === '' ? [] : [`owner ${span(owner)}`]),
    `track ${track}`,
    `risk ${risk}`,
    ...tickets.map((ticket) => span(ticket)),
    `as of ${at}`,
  ];
  return [
    `# Report: ${span(title)}`,
    facts.join(', '),
    ...problems.map((one) => `**Look at this first:** ${span(one)}`),
    finished
      ? 'Every gate is open: the delivery is finished.'
      : `Blocked: ${blocks.map(span).join('; ')}. Next: ${span(next)}`,
    part('Stages', ['Stage', 'State', 'Approved by', 'Digest'], stages(report)),
    part('Requirements and evidence', ['Requirement', 'Criterion', 'Proof', 'Checks'], requirements(report)),
    part('Checks', ['Check', 'State', 'Ran', 'Evidence'], checks(report)),
    part('Delivered', ['Component', 'State', 'Files'], components(report)),
    part('Changes between approvals', ['Subject', 'Rounds', 'What moved'], changes(report)),
    part('Deviations', ['ID', 'Designed', 'Delivered', 'Reason', 'Accepted by'], deviations(report)),
    part('Deploys', ['Environment', 'Outcome', 'When', 'Approved by', 'Inputs', 'Checks', 'Plan'], deploys(report)),
    part('Seen and accepted after the deploy', ['What', 'When', 'Found', 'Evidence'], looks(report)),
    part('Flow', ['Gate', 'Time', 'Waiting for a decision', 'Rounds', 'First try'], flow(report)),
    adviceMarkdown(report.advice),
    part('Approvals', AUDIT_HEAD, report.audit.map(auditCells)),
    `The record holds ${report.timeline.length} events and ends with ${report.heads.map((head) => span(short(head))).join(', ')}.`,
  ]
    .filter((one) => one !== '')
    .join('\n\n');
}

function part(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `## ${title}\n\n${table(head, rows)}`;
}

const flow = (report: Report) =>
  report.flow.gates.map((gate) => [
    gate.title,
    gate.startedAt === null ? '' : duration(gate.totalMs),
    duration(gate.waitingMs),
    String(gate.rounds),
    gate.firstPass === null ? '' : gate.firstPass ? 'yes' : 'no',
  ]);

/** Names of templates and checks come from files. */
const adviceMarkdown = (advice: readonly Advice[]) =>
  advice.map((one) => `- ${span(one.text)}: ${span(one.step)}`).join('\n');

const stages = (report: Report) =>
  report.stages.map((stage) => [
    stage.title,
    stage.state,
    stage.approvals.map((one) => `${cell(one.approver)} (${one.level}, ${one.at})`).join('; '),
    stage.digest === null ? '' : cell(short(stage.digest)),
  ]);

const requirements = (report: Report) =>
  report.requirements.flatMap((one) => {
    const name = `${one.id} ${cell(one.title)}`;
    if (one.criteria.length === 0) return [[name, '', one.proof, '']];
    return one.criteria.map((criterion, at) => [
      at === 0 ? name : '',
      `${criterion.id} ${cell(criterion.text)}`,
      criterion.proof,
      criterion.checks.map((check) => check.id).join(', '),
    ]);
  });

const checks = (report: Report) =>
  report.checks.map((check) => [
    `${check.id} ${cell(check.title)}`,
    check.state,
    check.run?.at ?? '',
    check.run === null ? '' : cell(short(check.run.evidence)),
  ]);

const components = (report: Report) =>
  report.components.map((one) => [`${one.id} ${cell(one.title)}`, cell(one.state), String(one.files.length)]);

const changes = (report: Report) =>
  report.changes.map((change) => [
    cell(change.about),
    change.from === null ? String(change.to.round) : `${change.from.round} to ${change.to.round}`,
    change.artifacts
      .map(
        ({ path, units, files }) =>
          `${cell(path)}: ${[...units.map((one) => one.key), ...files.map((one) => one.path)].slice(0, 12).map(cell).join(', ')}`,
      )
      .join('; '),
  ]);

const deviations = (report: Report) =>
  report.deviations.map((one) => [
    one.id,
    cell(one.designed),
    cell(one.delivered),
    cell(one.reason),
    one.acceptedBy.length === 0 ? 'nobody yet' : one.acceptedBy.map(cell).join(', '),
  ]);

const deploys = (report: Report) =>
  report.operations.deploys.map((one) => [
    cell(one.environment),
    one.reason === '' ? one.outcome : `${one.outcome}: ${cell(one.reason)}`,
    one.at,
    one.approvedBy.length === 0 ? 'nobody' : one.approvedBy.map(cell).join(', '),
    one.sets.map(cell).join(', '),
    one.checks.map((check) => `${cell(check.name)} ${check.result} ${span(short(check.evidence))}`).join(', '),
    span(short(one.plan)),
  ]);

const looks = (report: Report) =>
  report.operations.looks.map((one) => [cell(one.what), one.at, cell(one.said), span(short(one.evidence))]);

/** All deliveries as Markdown: where each stands, and how they went. */
export function allMarkdown(deliveries: readonly (Summary | Broken)[], metrics: Metrics): string {
  const rows = deliveries.map((one) =>
    'title' in one
      ? [
          cell(one.delivery),
          cell(one.title),
          one.finished ? 'finished' : one.waitsFor === '' ? 'in work' : `waits for a person: ${one.waitsFor}`,
          `${one.requirements.passed} of ${one.requirements.total}`,
          `${one.checks.passed} of ${one.checks.total}`,
          String(one.deviations),
        ]
      : [cell(one.delivery), '', 'integrity fault', '', '', ''],
  );
  const gates = metrics.gates.map((gate) => [
    gate.title,
    String(gate.passed),
    duration(gate.medianMs),
    duration(gate.medianWaitingMs),
    `${gate.firstPass} of ${gate.passed}`,
  ]);
  return [
    part('Deliveries', ['Delivery', 'Title', 'Standing', 'Requirements proven', 'Checks passed', 'Deviations'], rows),
    part('Flow', ['Gate', 'Passed', 'Time, median', 'Waiting for a decision, median', 'At the first try'], gates),
    adviceMarkdown(metrics.advice),
  ]
    .filter((one) => one !== '')
    .join('\n\n');
}

/** Decisions as a table, with the delivery of each. */
export function auditTable(rows: readonly AuditRow[]): string {
  const head = ['Delivery', ...AUDIT_HEAD, 'Ticket'];
  return table(
    head,
    rows.map((row) => [cell(row.delivery), ...auditCells(row), row.tickets.map(cell).join(' ')]),
  );
}

const AUDIT_HEAD = ['At', 'Subject', 'Decision', 'Approver', 'Level', 'Separated', 'Digest'];

const auditCells = (one: AuditRow) => [
  one.at,
  cell(one.subject),
  one.decision,
  cell(one.approver),
  one.level,
  one.separated === null ? '' : one.separated ? 'yes' : 'no',
  cell(short(one.digest)),
];
