import { isEntryId, listEntries } from '../artifact/entries.ts';
import { fieldsOf } from '../artifact/fields.ts';
import { deepHeadingsOf, itemsOf, paragraphsOf, type Section, tablesOf } from '../artifact/markdown.ts';
import { SECTIONS } from '../artifact/sections.ts';
import { blockId } from '../artifact/splice.ts';
import { obligationsIn } from '../ears/obligation.ts';
import type { Place, Rule, RuleInput } from './rule.ts';
import { artifactsOf } from './rule.ts';
import { type KnownSection, knownSections, quoted } from './section-facts.ts';

const criterion = '- **AC-1.1** It prints a name.\n';

export const entryId: Rule = {
  id: 'entry-id',
  severity: 'error',
  mandatory: true,
  summary:
    'An entry starts with an id of its section, such as "### REQ-3: Title" or "- **CON-1** text"; without one it is not read.',
  examples: [
    {
      title: 'entries with ids, and prose under headings of its own',
      artifacts: {
        'requirements.md': `## Requirements\n\n### Background\n\nThe old script went away in May.\n\n### REQ-1: Greets\n\nThe tool SHALL greet.\n\n${criterion}\n## Constraints\n\n- **CON-1** No new server.\n- CON-2: No root.\n\n## Questions\n\n- None.\n`,
      },
      reports: [],
    },
    {
      title: 'ids that are written in another way',
      artifacts: {
        'requirements.md': `## Requirements\n\n### REQ1 Greets\n\n### REQ-2 - Leaves\n\n### req-3: Sleeps\n\n### REQ-04: Eats\n\n### REQ-0: Reads\n`,
      },
      reports: [3, 5, 7, 9, 11],
    },
    {
      title: 'an entry without any id',
      artifacts: { 'design.md': '## Components\n\n### The greeter\n\n- Kind: script\n- Action: build\n' },
      reports: [3],
    },
    {
      title: 'a requirement without any id',
      artifacts: { 'requirements.md': '## Requirements\n\n### Greeting\n\nThe tool SHALL greet.\n' },
      reports: [3],
    },
    {
      title: 'a heading that is too deep to be read',
      artifacts: {
        'requirements.md': '## Requirements\n\n### Greeting\n\n#### REQ-1: Greets\n\nThe tool SHALL greet.\n',
      },
      reports: [5],
    },
    {
      title: 'criteria and list entries whose ids cannot be read',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: A\n\n- AC 1.1 one\n- **AC-1** two\n- AC-1.1 three\n\n## Constraints\n\n- No new server.\n- CON2 no root\n',
      },
      reports: [5, 6, 11, 12],
    },
    {
      title: 'a row without an id',
      artifacts: {
        'requirements.md':
          '## Systems\n\n| ID | System | Purpose | Required | If not available |\n|---|---|---|---|---|\n| | IPAM | a | yes | |\n| SYS1 | DNS | a | yes | |\n',
      },
      reports: [5, 6],
    },
    {
      title: 'an entry in a section where nothing reads it',
      artifacts: { 'requirements.md': '## Scope\n\nAll.\n\n### REQ-1: Greets\n\nThe tool SHALL greet.\n' },
      reports: [5],
    },
  ],
  check: (input) => [...knownSections(input).flatMap(inSection), ...misplaced(input)],
};

function inSection(known: KnownSection): Place[] {
  const { path, facts, section } = known;
  const { prefix, form } = facts;
  if (section === undefined || prefix === undefined) return [];
  const places = form === 'table' ? inTable(prefix, section) : inBlocks(prefix, section);
  if (form === 'entries') places.push(...inList(prefix, section));
  return places.map((place) => ({ path, ...place }));
}

type Found = Omit<Place, 'path'>;

const unread = (line: number, text: string, form: string): Found => ({
  line,
  message: `${quoted(text)} is not read: it does not start with an id of the form ${form}`,
  fix: `write ${form}: and the title; numbers start at 1 and have no leading zeros`,
});

/** Whether a text seems to be meant to start with an id of the prefix. */
const seems = (prefix: string, text: string) => new RegExp(`^\\W{0,3}${prefix}\\W{0,3}\\d`, 'i').test(text);

function inBlocks(prefix: string, section: Section): Found[] {
  const form = `### ${prefix}-n`;
  return [section, ...section.blocks].flatMap((block) => {
    const found = deepHeadingsOf(block)
      .filter((heading) => seems(prefix, heading.text))
      .map(({ line, text }) => ({
        line,
        message: `${quoted(text)} is not read: its heading is too deep`,
        fix: `write it as "### ${text}"`,
      }));
    if (block === section) return found;
    const id = blockId(block);
    const fine = id?.startsWith(`${prefix}-`) && isEntryId(id);
    if (!fine && (id !== undefined || seems(prefix, block.title) || (found.length === 0 && isEntry(block))))
      found.push(unread(block.line, block.title, form));
    if (prefix === 'REQ') found.push(...criteria(block));
    return found;
  });
}

const ENTRY_FIELDS = ['kind', 'action', 'criterion', 'method', 'choice', 'required'];

/** A block that carries what only entries carry: fields, criteria or an obligation. */
function isEntry(block: Section): boolean {
  const fields = fieldsOf(block);
  if (ENTRY_FIELDS.some((key) => fields.has(key)) || listEntries(block, 'AC').length > 0) return true;
  return paragraphsOf(block).some(({ text }) => obligationsIn(text) > 0);
}

function criteria(block: Section): Found[] {
  const read = new Set(listEntries(block, 'AC').flatMap((one) => (isEntryId(one.id) ? [one.line] : [])));
  return itemsOf(block)
    .filter((item) => seems('AC', item.text) && !read.has(item.line))
    .map((item) => unread(item.line, item.text, 'AC-n.m'));
}

/** What people write into a list that has nothing to list. */
const NOTHING = /^(?:-|n\/a|(?:none|nothing|no (?:open|further)|keine|aucune?|ninguna?)\b.{0,40})?$/i;

function inList(prefix: string, section: Section): Found[] {
  const read = new Set(listEntries(section, prefix).flatMap((one) => (isEntryId(one.id) ? [one.line] : [])));
  return itemsOf(section)
    .filter((item) => !read.has(item.line) && !NOTHING.test(item.text))
    .map((item) => unread(item.line, item.text, `${prefix}-n`));
}

function inTable(prefix: string, section: Section): Found[] {
  return tablesOf(section).flatMap((table) =>
    table.rows.flatMap((row) => {
      const id = row.cells.get('id')?.text ?? '';
      if (!table.header.includes('id') || (isEntryId(id) && id.startsWith(`${prefix}-`))) return [];
      return [
        {
          line: row.line,
          message: `the row's id ${quoted(id)} is not of the form ${prefix}-n`,
          fix: `give it the next free ${prefix}-n`,
        },
      ];
    }),
  );
}

/** Blocks whose id belongs to another section of the same artifact. */
function misplaced(input: RuleInput): Place[] {
  const facts = Object.values(SECTIONS).flat();
  return artifactsOf(input).flatMap(({ path, doc }) => {
    const own = knownSections(input).filter((known) => known.doc === doc);
    const read = new Set(own.flatMap(({ facts, section }) => (facts.prefix === undefined ? [] : [section])));
    return doc.sections
      .filter((section) => !read.has(section))
      .flatMap((section) => (section.depth === 3 ? [section] : section.blocks))
      .flatMap((block) => {
        const prefix = blockId(block)?.split('-')[0];
        const home = facts.find((one) => one.prefix === prefix && own.some((known) => known.facts === one));
        if (prefix === undefined || home === undefined) return [];
        return [
          {
            path,
            line: block.line,
            message: `${quoted(block.title)} is not read here`,
            fix: `move it to the section ${home.title}`,
          },
        ];
      });
  });
}
