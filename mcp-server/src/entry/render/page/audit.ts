import type { AuditRow } from '../../../domain/report/audit.ts';
import type { Report } from '../../../domain/report/report.ts';
import { filterForm, kindsOf, table } from './filter.ts';
import { clip, type Html, html } from './html.ts';
import { badge, hash, time } from './words.ts';

/** Every decision with author, approver and level: the table an auditor prints. */
export function auditSection({ audit }: Report): Html {
  return html`<section id="audit" aria-labelledby="audit-title">
<h2 id="audit-title">Approvals</h2>
${
  audit.length === 0
    ? html`<p>Nobody has decided anything yet.</p>`
    : html`${filterForm({
        target: 'audit-table',
        what: 'decisions',
        kinds: kindsOf(
          audit,
          (one) => one.decision,
          (kind) => kind,
        ),
      })}
${table('Decisions with author, approver, separation and level', ['At', 'Subject', 'Decision', 'Approver', 'Level', 'Author', 'Separated', 'Digest', 'Comment'], html`<tbody>${audit.map(row)}</tbody>`, 'audit-table')}`
}
</section>`;
}

function row(one: AuditRow): Html {
  const glass =
    one.breakGlass !== null && one.decision !== 'break-glass' && html` (break-glass ${one.breakGlass} was open)`;
  const mail = one.email !== '' && html`<br><small>${one.email}</small>`;
  return html`<tr data-kind="${one.decision}"><td>${time(one.at)}</td>
<th scope="row">${one.subject}${one.round > 1 && html` round ${one.round}`}${glass}</th>
<td>${badge(one.decision)}</td><td>${one.approver}${mail}</td>
<td>${badge(one.level)}${one.levelAsked !== '' && one.levelAsked !== one.level && html`<br><small>asked: ${one.levelAsked}</small>`}</td>
<td>${one.authors.join(', ')}</td><td>${separation(one)}</td><td>${hash(one.digest)}</td><td>${clip(one.comment, 500)}</td></tr>`;
}

function separation({ separated, separationAsked }: AuditRow): string {
  if (separated === null) return '';
  const is = separated ? 'yes' : 'no';
  return separationAsked ? `${is}, asked for` : is;
}
