import type { Design } from '../artifact/design.ts';
import { sectionOf, tablesOf } from '../artifact/markdown.ts';
import { replaceSection, sectionText, splice } from '../artifact/splice.ts';
import { cite, code, list, table } from '../extract/draft/markdown.ts';
import type { Impact, Touched } from './impact.ts';
import { isSystem, type Replaced } from './match.ts';

/**
 * The design with another system bound: Bindings name it, components with work to do are to be built, and what a swap of
 * systems always raises stands as open points. Requirements name roles and stay as they are. Every other byte stays.
 *
 * @param text the design as it is
 */
export function draftRebound(text: string, design: Design, replaced: Replaced, system: string, impact: Impact): string {
  const changed = rebuilt(rebound(text, design, replaced, system), impact.touched);
  return replaceSection(changed, 'Rebind', openPoints(replaced, system, impact));
}

/** The row of the new system stands where the first old one did; the rows of other systems stay as they are. */
function rebound(text: string, { doc, bindings }: Design, { role, systems }: Replaced, system: string): string {
  const old = bindings.filter(
    (row) => systems.some((one) => isSystem(row.system, one)) && (role === undefined || row.role === role),
  );
  const named: Record<string, string> = { role: role ?? old[0]?.role ?? 'Role to be named', system };
  const cells = (header: readonly string[]) => header.map((key) => (named[key] ?? 'open').replace(/\|/g, '\\|'));
  const section = sectionOf(doc, 'Bindings');
  const tables = section === undefined ? [] : tablesOf(section);
  const [first] = old;
  const last = tables.at(-1);
  if (last === undefined) {
    const header = ['Role', 'System', 'Adapter', 'Version'];
    const rows = table(header, [cells(header.map((key) => key.toLowerCase()))]);
    const prose = section === undefined ? '' : `${sectionText(doc, section).trimEnd()}\n\n`;
    return replaceSection(text, 'Bindings', `${prose}${rows}`);
  }
  const { header } = tables.find(({ rows }) => rows.some(({ line }) => line === first?.line)) ?? last;
  const row = `| ${cells(header).join(' | ')} |`;
  const lines = text.split(/(?<=\n|\r(?!\n))/);
  const gone = new Set(old.map(({ line }) => line));
  const end = last.rows.at(-1)?.line ?? last.line + 1;
  return lines
    .flatMap((line, at) => {
      const [, eol = ''] = /(\r\n|\r|\n)?$/.exec(line)!;
      if (at + 1 === first?.line) return [`${row}${eol}`];
      if (first === undefined && at + 1 === end) return eol === '' ? [line, '\n', row] : [line, `${row}${eol}`];
      return gone.has(at + 1) ? [] : [line];
    })
    .join('');
}

/** `- Action: adopt` becomes `build` where code has to change; a new test leaves the action. */
function rebuilt(text: string, touched: readonly Touched[]): string {
  const edits = touched.flatMap(({ component, effort }) => {
    if (component === undefined || effort === 'test again') return [];
    const block = new RegExp(`^### ${component}\\b[^\\n]*\\n(?:(?!^#{1,3} )[^\\n]*\\n?)*`, 'm').exec(text);
    const action = block === null ? null : /^([-*] (?:\*\*)?Action:(?:\*\*)?[ \t]*)(\w+)/m.exec(block[0]);
    if (block === null || action === null) return [];
    const start = block.index + action.index + action[1]!.length;
    return [{ start, end: start + action[2]!.length, text: 'build' }];
  });
  return splice(text, edits);
}

function openPoints({ systems }: Replaced, system: string, { touched }: Impact): string {
  const old = list(systems.map(code));
  const now = code(system);
  const work = touched.map(({ component, title, effort, ties, dependents }) => {
    const where = cite(
      ties.flatMap((tie) => tie.evidence),
      '',
    );
    const rest = dependents.length > 0 ? `, ${dependents.length} more rest on it` : '';
    return `- ${component ?? code(title)}: ${effort}${where === '' ? '' : ` at ${where}`}${rest}`;
  });
  return [
    `From ${old} to ${now}. What has to be done:`,
    '',
    ...(work.length > 0 ? work : ['- no tie was seen in the code']),
    '',
    'Open points, each to be decided before the change is planned:',
    '',
    `- **Data migration** Which objects of ${old} have to be in ${now} before anything reads it, and who compares them?`,
    '- **Parallel run** How long do both hold the same, which of them is asked, and what ends it?',
    '- **Cutover** At which moment does each entry point use the new system, in which order, and who watches?',
    '- **Rollback** Until when can it be taken back, and how do writes that were made in between get into the old one?',
  ].join('\n');
}
