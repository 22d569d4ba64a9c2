import { itemsOf, paragraphsOf, type Section, type TableData, tablesOf } from '../artifact/markdown.ts';
import type { SectionFacts } from '../artifact/sections.ts';
import type { Place, Rule } from './rule.ts';
import { knownSections } from './section-facts.ts';

const HEAD = '## Systems\n\n| ID | System | Purpose | Required | If not available |\n| --- | --- | --- | --- | --- |\n';

export const tableColumns: Rule = {
  id: 'table-columns',
  severity: 'error',
  summary: 'A table has the columns that are read, and every row has a cell for each column.',
  examples: [
    {
      title: 'the expected columns and one more',
      artifacts: { 'requirements.md': '## Limits\n\n| Limit | Value | Why |\n|---|---|---|\n| batch | 10 | API |\n' },
      reports: [],
    },
    {
      title: 'a cell with an escaped bar and an empty one',
      artifacts: { 'requirements.md': `${HEAD}| SYS-1 | IPAM | a \\| b | yes | |\n` },
      reports: [],
    },
    {
      title: 'no table, because nothing is needed',
      artifacts: { 'requirements.md': '## Systems\n\nNone.\n' },
      reports: [],
    },
    {
      title: 'a missing column',
      artifacts: { 'requirements.md': '## Limits\n\n| Limit | Amount |\n|---|---|\n| batch | 10 |\n' },
      reports: [3],
    },
    {
      title: 'a row with too few cells and one with too many',
      artifacts: { 'requirements.md': `${HEAD}| SYS-1 | IPAM | addresses | yes |\n| SYS-2 | A | B | no | C | D |\n` },
      reports: [5, 6],
    },
    {
      title: 'a line under the header that does not fit it, so that it is no table',
      artifacts: { 'requirements.md': '## Limits\n\n| Limit | Value |\n|---|\n| batch | 10 |\n' },
      reports: [3],
    },
    { title: 'a list', artifacts: { 'requirements.md': '## Limits\n\n- batch: 10\n' }, reports: [3] },
  ],
  check: (input) =>
    knownSections(input).flatMap(({ path, facts, section }) => {
      if (facts.columns === undefined || section === undefined) return [];
      const tables = tablesOf(section);
      const places =
        tables.length === 0 ? notTables(facts.columns, section) : tables.flatMap((one) => inTable(facts, one));
      return places.map((place) => ({ path, ...place }));
    }),
};

const headerOf = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;

function notTables(columns: readonly string[], section: Section): Omit<Place, 'path'>[] {
  const broken = paragraphsOf(section).find((paragraph) => paragraph.text.startsWith('|'));
  const fix = `start it with ${headerOf(columns)} and a line of as many ---`;
  if (broken !== undefined)
    return [{ line: broken.line, message: 'this is no table: header and the line of --- differ in cells', fix }];
  const item = itemsOf(section)[0];
  return item === undefined
    ? []
    : [{ line: item.line, message: `${section.title} is read from a table, not a list`, fix }];
}

function inTable({ columns = [] }: SectionFacts, table: TableData): Omit<Place, 'path'>[] {
  const missing = columns.filter((column) => !table.header.includes(column.toLowerCase()));
  const width = table.header.length;
  return [
    ...missing.map((column) => ({
      line: table.line,
      message: `the table has no column ${column}`,
      fix: `its header is ${headerOf(columns)}; further columns may follow`,
    })),
    ...table.rows
      .filter((row) => row.width !== width)
      .map((row) => ({
        line: row.line,
        message: `the row has ${row.width} cells, and the table ${width} columns`,
        fix: 'give it one cell for each column; write \\| for a bar inside a cell',
      })),
  ];
}
