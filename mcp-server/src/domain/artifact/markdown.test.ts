import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareTitle,
  codeOf,
  deepHeadingsOf,
  itemsOf,
  outline,
  paragraphsOf,
  type Section,
  sectionOf,
  tablesOf,
} from './markdown.ts';

const lines = (...all: string[]) => all.join('\n');

const sample = lines(
  '---',
  'countersign: design/1',
  'title: A thing',
  '---',
  '',
  '# A thing',
  '',
  'Above every section.',
  '',
  '## Scope',
  '',
  'Two lines',
  'of prose.',
  '',
  '### CMP-1: First',
  '',
  '- Kind: script',
  '',
  '#### Deeper',
  '',
  'Still CMP-1.',
  '',
  '## Rollback',
  '',
  'None.',
  '',
);

const shape = (section: Section): unknown => ({
  title: section.title,
  depth: section.depth,
  line: section.line,
  blocks: section.blocks.map(shape),
});

const sampleShape = [
  { title: 'Scope', depth: 2, line: 10, blocks: [{ title: 'CMP-1: First', depth: 3, line: 15, blocks: [] }] },
  { title: 'Rollback', depth: 2, line: 23, blocks: [] },
];

describe('the outline of an artifact', () => {
  it('[R-ART-1] knows front matter, title, sections and blocks with their lines', () => {
    const doc = outline(sample);
    expect(doc.front).toEqual({ yaml: 'countersign: design/1\ntitle: A thing', line: 2, start: 4, end: 40 });
    expect(doc.title).toBe('A thing');
    expect(doc.bom).toBe(false);
    expect(doc.sections.map(shape)).toEqual(sampleShape);
  });

  it.each(['\r\n', '\n'])('[R-ART-1] is the same with line ends %j and a byte order mark', (end) => {
    const doc = outline(`\ufeff${sample.replaceAll('\n', end)}`);
    expect(doc.bom).toBe(true);
    expect(doc.text.charCodeAt(0)).not.toBe(0xfeff);
    expect(doc.sections.map(shape)).toEqual(sampleShape);
    expect(doc.text.slice(doc.front!.start, doc.front!.end)).toBe(doc.front!.yaml);
    expect(doc.front!.line).toBe(2);
    for (const section of doc.sections) {
      expect(doc.text.slice(section.start, section.bodyStart)).toBe(`## ${section.title}${end}`);
      expect(section.end === doc.text.length || doc.text.slice(section.end).startsWith('## ')).toBe(true);
    }
  });

  it('ends a block where the next heading of its level or above begins', () => {
    const doc = outline(lines('## A', '### B', 'b', '### C', 'c', '## D', '# E', 'e', '## F', ''));
    const text = (section: Section) => doc.text.slice(section.start, section.end);
    const [a, d, f] = doc.sections;
    expect(text(a!)).toBe('## A\n### B\nb\n### C\nc\n');
    expect(a!.blocks.map(text)).toEqual(['### B\nb\n', '### C\nc\n']);
    expect(text(d!)).toBe('## D\n');
    expect(text(f!)).toBe('## F\n');
    expect(doc.title).toBe('E');
    expect(d!.nodes).toEqual([]);
  });

  it('keeps the first title', () => {
    expect(outline('# One\n\n# Two\n').title).toBe('One');
    expect(outline('no heading').title).toBeNull();
  });

  it('keeps a block that stands in no section, apart from sections of that name', () => {
    const doc = outline('### Scope\n\nx\n\n## Scope\n\ny\n');
    expect(doc.sections.map(shape)).toEqual([
      { title: 'Scope', depth: 3, line: 1, blocks: [] },
      { title: 'Scope', depth: 2, line: 5, blocks: [] },
    ]);
    expect(sectionOf(doc, 'scope')?.line).toBe(5);
  });

  it.each([
    '## Scope',
    '## 3. Scope',
    '## 3) Scope',
    '## 3.1 Scope',
    '## 1.2.3. Scope',
    '## **Scope**',
    '## SCOPE ##',
    '##   Scope  ',
    '## `Scope`',
    '## [Scope](x.md)',
    'Scope\n-----',
  ])('[R-ART-2] finds a section by its heading, written %j', (heading) => {
    expect(sectionOf(outline(`# T\n\n${heading}\n\nx\n`), 'Scope')).toBeDefined();
  });

  it.each([
    '# Scope',
    '### Scope',
    '##Scope',
    '## Scopes',
    '## 3Scope',
    '\\## Scope',
    '    ## Scope',
    '> ## Scope',
    '- ## Scope',
  ])('[R-ART-2] does not take %j for it', (heading) => {
    expect(sectionOf(outline(`${heading}\n\nx\n`), 'Scope')).toBeUndefined();
  });

  it.each([
    ['backticks', '```md', '```'],
    ['longer backticks with shorter ones inside', '````md\n```\n## X\n```', '````'],
    ['tildes with backticks inside', '~~~\n```\n## X', '~~~'],
    ['an HTML comment', '<!--', '-->'],
    ['an HTML block', '<pre>', '</pre>'],
    ['a fence that never closes', '```', ''],
  ])('[R-ART-2] does not see headings inside %s', (_name, open, close) => {
    const doc = outline(lines('## A', '', open, '## Hidden', '', '### Hidden too', close, '', 'x', ''));
    expect(doc.sections.map(shape)).toEqual([{ title: 'A', depth: 2, line: 1, blocks: [] }]);
  });

  it('[R-ART-1] reads headings in any script', () => {
    const doc = outline(
      '## \u05d4\u05d9\u05e7\u05e3\n\n### CMP-1: \u0627\u0644\u0634\u0628\u0643\u0629\n\n- Kind: \u0646\u0635\n',
    );
    expect(doc.sections.map(shape)).toEqual([
      {
        title: '\u05d4\u05d9\u05e7\u05e3',
        depth: 2,
        line: 1,
        blocks: [{ title: 'CMP-1: \u0627\u0644\u0634\u0628\u0643\u0629', depth: 3, line: 3, blocks: [] }],
      },
    ]);
    expect(sectionOf(doc, '\u05d4\u05d9\u05e7\u05e3')).toBeDefined();
  });

  it('reads a file whose lines end with carriage returns alone', () => {
    const doc = outline('## A\rx\r## B\ry');
    const text = ({ start, bodyStart, end }: Section) => [
      doc.text.slice(start, bodyStart),
      doc.text.slice(bodyStart, end),
    ];
    expect(doc.sections.map(text)).toEqual([
      ['## A\r', 'x\r'],
      ['## B\r', 'y'],
    ]);
    expect(outline('---\ra: 1\r---\r').front).toMatchObject({ yaml: 'a: 1', start: 4, end: 8 });
  });

  it('[R-ART-5] is there for any text', () => {
    const part = fc.constantFrom(
      '#',
      '##',
      '### ',
      '\n',
      '\r\n',
      '\r',
      '---',
      '```',
      '|',
      '- ',
      ' ',
      'a',
      '\ufeff',
      '<',
      '>',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const source = parts.join('');
        const doc = outline(source);
        expect((doc.bom ? '\ufeff' : '') + doc.text).toBe(source);
        const check = (section: Section, from: number, to: number) => {
          expect(section.start).toBeGreaterThanOrEqual(from);
          expect(section.bodyStart).toBeGreaterThan(section.start);
          expect(section.end).toBeGreaterThanOrEqual(section.bodyStart);
          expect(section.end).toBeLessThanOrEqual(to);
          let at = section.bodyStart;
          for (const block of section.blocks) {
            check(block, at, section.end);
            at = block.end;
          }
        };
        let at = 0;
        for (const section of doc.sections) {
          check(section, at, doc.text.length);
          at = section.end;
        }
        if (doc.front !== null) expect(doc.text.slice(doc.front.start, doc.front.end)).toBe(doc.front.yaml);
      }),
      { numRuns: 150 },
    );
  });

  it('compares titles without their numbers', () => {
    expect(['3. Scope', '3) SCOPE', '12.4 scope', 'Scope', '3Scope', '3.Scope'].map(bareTitle)).toEqual([
      'scope',
      'scope',
      'scope',
      'scope',
      '3scope',
      '3.scope',
    ]);
  });
});

describe('what stands below a heading', () => {
  const section = (...body: string[]) => sectionOf(outline(lines('## S', ...body, '')), 'S')!;

  it('is read from tables by the header, whatever its case and marks', () => {
    const [table, second] = tablesOf(
      section(
        '',
        '| **Need** | Status |',
        '|---|:-:|',
        '| CAP-1 | `resolved` |',
        '| a \\| b |',
        '',
        'x',
        '',
        '| A |',
        '|-|',
        '| 1 | 2 |',
      ),
    );
    expect(table).toMatchObject({ line: 3, header: ['need', 'status'] });
    expect(table!.rows.map((row) => [row.line, row.width, [...row.cells]])).toEqual([
      [
        5,
        2,
        [
          ['need', { text: 'CAP-1', line: 5 }],
          ['status', { text: 'resolved', line: 5 }],
        ],
      ],
      [6, 1, [['need', { text: 'a | b', line: 6 }]]],
    ]);
    expect(second!.rows[0]!.width).toBe(2);
    expect([...second!.rows[0]!.cells.keys()]).toEqual(['a', '#1']);
  });

  it('is read from lists with their nesting and lines', () => {
    expect(
      itemsOf(
        section('', '- **Key:** one', '  two', '  - in *ner*', '    - deeper', '* other', '', '  second paragraph'),
      ),
    ).toEqual([
      {
        text: 'Key: one two',
        line: 3,
        endLine: 6,
        children: [
          { text: 'in ner', line: 5, endLine: 6, children: [{ text: 'deeper', line: 6, endLine: 6, children: [] }] },
        ],
      },
      { text: 'other second paragraph', line: 7, endLine: 9, children: [] },
    ]);
  });

  it('is read from paragraphs, each on one line', () => {
    expect(paragraphsOf(section('', 'a  b', 'c `d`', '', '- no', '', '> no', '', 'e'))).toEqual([
      { text: 'a b c d', line: 3 },
      { text: 'e', line: 10 },
    ]);
  });

  it('is read from fenced code, byte for byte', () => {
    expect(codeOf(section('', '```sh', 'a  b', '', '  # c', '```', '', '~~~', 'd', '~~~'))).toEqual([
      { lang: 'sh', text: 'a  b\n\n  # c', line: 3 },
      { lang: '', text: 'd', line: 9 },
    ]);
  });

  it('names headings that are too deep to open a block', () => {
    expect(deepHeadingsOf(section('', '#### **Deep** ', 'x', '', '##### Deeper', '### Block', '#### Its own'))).toEqual(
      [
        { text: 'Deep', line: 3 },
        { text: 'Deeper', line: 6 },
      ],
    );
  });

  it('does not reach into blocks', () => {
    const found = section(
      '',
      'mine',
      '',
      '### B',
      '',
      'not mine',
      '',
      '- not mine',
      '',
      '| N |',
      '|-|',
      '',
      '```',
      '```',
    );
    expect(paragraphsOf(found)).toEqual([{ text: 'mine', line: 3 }]);
    expect([itemsOf(found), tablesOf(found), codeOf(found)]).toEqual([[], [], []]);
  });
});
