import { inputFault } from '../fault.ts';
import type { AuditRow, AuditSpan } from './audit.ts';
import { csv } from './csv.ts';
import type { Broken } from './summary.ts';

/** What an auditor draws: decisions of a span, over one delivery or all, and what could not be read. */
export interface AuditSample {
  rows: AuditRow[];
  /** Deliveries whose ledgers do not hold together: their decisions are not in the sample. */
  broken: Broken[];
}

const COLUMNS: readonly (readonly [name: string, of: (row: AuditRow) => string])[] = [
  ['delivery', (row) => row.delivery],
  ['title', (row) => row.title],
  ['tickets', (row) => row.tickets.join(' ')],
  ['subject', (row) => row.subject],
  ['environment', (row) => row.environment],
  ['decision', (row) => row.decision],
  ['round', (row) => (row.round === 0 ? '' : String(row.round))],
  ['authors', (row) => row.authors.join(' ')],
  ['submitted_at', (row) => row.submittedAt],
  ['approver', (row) => row.approver],
  ['approver_email', (row) => row.email],
  ['decided_at', (row) => row.at],
  ['level', (row) => row.level],
  ['level_asked', (row) => row.levelAsked],
  ['separated', (row) => (row.separated === null ? '' : yesNo(row.separated))],
  ['separation_asked', (row) => yesNo(row.separationAsked)],
  ['break_glass', (row) => (row.breakGlass === null ? '' : String(row.breakGlass))],
  ['digest', (row) => row.digest],
  ['event', (row) => row.event],
  ['comment', (row) => row.comment],
];

const yesNo = (is: boolean) => (is ? 'yes' : 'no');

/** The sample as CSV. A delivery that could not be read is a row too: what is missing must not look like nothing. */
export function sampleCsv({ rows, broken }: AuditSample): string {
  const names = COLUMNS.map(([name]) => name);
  const faults = broken.map((one) => {
    const said = new Map([
      ['delivery', one.delivery],
      ['decision', 'integrity-fault'],
      ['comment', one.problems.map((problem) => `${problem.file} ${problem.message}`).join('; ')],
    ]);
    return names.map((name) => said.get(name) ?? '');
  });
  return csv(names, [...rows.map((row) => COLUMNS.map(([, of]) => of(row))), ...faults]);
}

/**
 * The span that options name: dates are whole days in UTC, both inclusive, and times are RFC 3339.
 *
 * @throws Fault `bad-time`
 */
export function spanOf(options: {
  since?: string | undefined;
  until?: string | undefined;
  env?: string | undefined;
}): AuditSpan {
  const { since, until, env } = options;
  return {
    ...(since === undefined ? {} : { since: timeOf(since, '00:00:00.000') }),
    ...(until === undefined ? {} : { until: timeOf(until, '23:59:59.999') }),
    ...(env === undefined ? {} : { environment: env }),
  };
}

function timeOf(text: string, ofDay: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = day ? Date.parse(`${text}T${ofDay}Z`) : Date.parse(text);
  const isTime = day || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  if (isTime && !Number.isNaN(time)) return time;
  throw inputFault({
    code: 'bad-time',
    message: `${JSON.stringify(text)} is no time`,
    expected: 'a day such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z',
  });
}
