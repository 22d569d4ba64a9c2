import type { Binding, Design } from '../artifact/design.ts';
import { replaceSection, splice } from '../artifact/splice.ts';
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
  const bound = replaceSection(text, 'Bindings', bindings(design.bindings, replaced, system));
  const changed = rebuilt(bound, impact.touched);
  return replaceSection(changed, 'Rebind', openPoints(replaced, system, impact));
}

function bindings(rows: readonly Binding[], { role, systems }: Replaced, system: string): string {
  const cell = (value: string) => value.replace(/\|/g, '\\|');
  const isOld = (row: Binding) =>
    systems.some((one) => isSystem(row.system, one)) && (role === undefined || row.role === role);
  const kept = rows.filter((row) => !isOld(row)).map((row) => [cell(row.role), cell(row.system), '', '']);
  const named = role ?? rows.find(isOld)?.role ?? 'Role to be named';
  return table(['Role', 'System', 'Adapter', 'Version'], [...kept, [cell(named), cell(system), 'open', 'open']]);
}

/** `- Action: adopt` becomes `build` where code has to change; a rename and a new test leave the action. */
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
