import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outline } from './markdown.ts';
import { blockId, findSection, replaceSection, sectionText, splice } from './splice.ts';

describe('splicing', () => {
  it('[R-ART-3] changes the given spans and nothing else', () => {
    const edits = [
      { start: 6, end: 6, text: 'X' },
      { start: 0, end: 2, text: '' },
      { start: 2, end: 4, text: 'yy' },
    ];
    expect(splice('abcdefgh', edits)).toBe('yyefXgh');
    expect(splice('abc', [])).toBe('abc');
    expect(edits[0]!.start).toBe(6);
  });

  it('refuses edits that overlap', () => {
    const overlapping = [
      { start: 0, end: 3, text: '' },
      { start: 2, end: 4, text: '' },
    ];
    expect(() => splice('abcdef', overlapping)).toThrow(RangeError);
  });
});

describe('finding a section', () => {
  const doc = outline('## 1. Risks\n\n### Scope\n\nx\n\n### CMP-1: Title\n\n## Scope\n\ny\n');

  it('[R-ART-2] goes by its title, or by the id or title of a block', () => {
    expect(findSection(doc, ' risks ')?.title).toBe('1. Risks');
    expect(findSection(doc, '7. Risks')?.title).toBe('1. Risks');
    for (const name of ['CMP-1', 'cmp-1', 'CMP-1: Title', 'cmp-1: title']) expect(findSection(doc, name)?.line).toBe(7);
    for (const name of ['CMP', 'CMP-10', 'Title', '']) expect(findSection(doc, name)).toBeUndefined();
  });

  it('[R-ART-2] prefers a section to a block of the same title before it', () => {
    expect(findSection(doc, 'Scope')).toMatchObject({ depth: 2, line: 9 });
  });

  it('knows the id that a heading starts with', () => {
    const idOf = (heading: string) => blockId(outline(`## S\n\n### ${heading}\n`).sections[0]!.blocks[0]!);
    expect(['CMP-1: x', 'AC-1.2 : x', '**REQ-3**: x', 'Q-4'].map(idOf)).toEqual(['CMP-1', 'AC-1.2', 'REQ-3', 'Q-4']);
    expect(['CMP-1 x', 'cmp-1: x', 'CMP-1x: y', 'x CMP-1: y', 'CMP-: x'].map(idOf)).toEqual(Array(5).fill(undefined));
  });
});

describe('replacing a section', () => {
  const source = '# T\n\n## A\n\nold\n\n## B\n\nkept\n';

  it('[R-ART-3] replaces the body and keeps the heading', () => {
    expect(replaceSection(source, 'A', 'new\n\nmore')).toBe('# T\n\n## A\n\nnew\n\nmore\n\n## B\n\nkept\n');
    expect(replaceSection(source, 'B', 'new')).toBe('# T\n\n## A\n\nold\n\n## B\n\nnew\n');
  });

  it('[R-ART-3] takes a heading of the same level with the text', () => {
    expect(replaceSection(source, 'A', '## 1. A\n\nnew')).toBe('# T\n\n## 1. A\n\nnew\n\n## B\n\nkept\n');
    expect(replaceSection(source, 'B', '## B\nnew\n')).toBe('# T\n\n## A\n\nold\n\n## B\nnew\n');
    expect(replaceSection(source, 'A', '### CMP-1: x\n\nnew')).toBe(
      '# T\n\n## A\n\n### CMP-1: x\n\nnew\n\n## B\n\nkept\n',
    );
  });

  it('[R-ART-3] replaces one block and leaves its neighbours', () => {
    const blocks = '## C\n\n### CMP-1: a\n\n1\n\n### CMP-2: b\n\n2\n\n## D\n';
    expect(replaceSection(blocks, 'CMP-1', 'new')).toBe('## C\n\n### CMP-1: a\n\nnew\n\n### CMP-2: b\n\n2\n\n## D\n');
    expect(replaceSection(blocks, 'CMP-2', '### CMP-2: c\n\nnew')).toBe(
      '## C\n\n### CMP-1: a\n\n1\n\n### CMP-2: c\n\nnew\n\n## D\n',
    );
  });

  it('appends a section that is not there', () => {
    expect(replaceSection('', 'A', 'x')).toBe('## A\n\nx\n');
    expect(replaceSection('# T', ' A ', 'x')).toBe('# T\n\n## A\n\nx\n');
    expect(replaceSection('# T\n', 'A', 'x')).toBe('# T\n\n## A\n\nx\n');
    expect(replaceSection('# T\n\n', 'A', '## A\n\nx')).toBe('# T\n\n## A\n\nx\n');
    expect(replaceSection('\ufeff# T\r\n', 'A', 'x\ny')).toBe('\ufeff# T\r\n\r\n## A\r\n\r\nx\r\ny\r\n');
  });

  it('gives a heading at the very end of the file its line end', () => {
    expect(replaceSection('# T\n\n## A', 'A', 'x')).toBe('# T\n\n## A\n\nx\n');
    expect(replaceSection('## A\n', 'A', 'x')).toBe('## A\n\nx\n');
  });

  it('[R-ART-3] keeps the indentation that makes the first line code', () => {
    const code = '## A\n\n    indented code\n\n## B\n';
    expect(replaceSection(code, 'A', '\n  \n    indented code\n\n')).toBe(code);
  });

  it('[R-ART-3] writes the line ends of the document', () => {
    expect(replaceSection('## A\r\n\r\nold\r\n', 'A', 'x\ny\r\nz\rw')).toBe('## A\r\n\r\nx\r\ny\r\nz\r\nw\r\n');
    expect(replaceSection('## A\n\nold\n', 'A', 'x\r\ny')).toBe('## A\n\nx\ny\n');
  });

  it('[R-ART-2] replaces what is a section, not what looks like one inside a fence', () => {
    const fenced = '## A\n\n````md\n## B\n\n```\n## C\n```\n````\n\n## B\n\nold\n';
    expect(replaceSection(fenced, 'B', 'new')).toBe('## A\n\n````md\n## B\n\n```\n## C\n```\n````\n\n## B\n\nnew\n');
  });

  it.each(['```\nnever closed', '<!-- never closed', '~~~~\n~~~'])(
    '[R-ART-3] refuses a text that would swallow what follows: %j',
    (open) => {
      expect(() => replaceSection(source, 'A', open)).toThrow(/section/);
      expect(replaceSection(source, 'B', open)).toContain(open);
    },
  );

  const piece = fc.constantFrom(
    'word',
    'two\nlines',
    '- Key: value\n  - nested',
    '| A | B |\n|---|---|\n| 1 | 2 |',
    '```md\n## Not a section\n```',
    '````\n```\n### CMP-9: no\n```\n````',
    '    indented',
    '\u05d8\u05e7\u05e1\u05d8 \u{1f600}',
    '<div>\n\n</div>',
  );
  const prose = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('\n\n'));
  const documents = fc.record({
    bom: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
    front: fc.boolean(),
    sections: fc.array(fc.record({ body: prose, blocks: fc.array(prose, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    tail: fc.constantFrom('', '\n', '\n\n'),
  });
  type Plan = typeof documents extends fc.Arbitrary<infer T> ? T : never;

  function written(plan: Plan): string {
    const parts = plan.front ? ['---\ncountersign: design/1\n---\n\n# T'] : ['# T'];
    let number = 0;
    for (const [at, section] of plan.sections.entries()) {
      parts.push(`## Section ${at}`, section.body);
      for (const block of section.blocks) parts.push(`### CMP-${++number}: Block`, block);
    }
    const text = `${parts.filter((part) => part !== '').join('\n\n')}${plan.tail}`;
    return (plan.bom ? '\ufeff' : '') + text.replaceAll('\n', plan.end);
  }

  const nth = (source: string, pick: number) => {
    const doc = outline(source);
    const all = doc.sections.flatMap((section) => [section, ...section.blocks]);
    const section = all[pick % all.length]!;
    const name = blockId(section) ?? section.title;
    return { doc, section, name };
  };

  it('[R-ART-3] leaves every byte outside the section, with mark and line ends', () => {
    fc.assert(
      fc.property(documents, fc.nat(8), prose, fc.boolean(), (plan, pick, body, withHeading) => {
        const source = written(plan);
        const { doc, section, name } = nth(source, pick);
        const heading = `${'#'.repeat(section.depth)} ${section.title}\n\n`;
        const result = replaceSection(source, name, withHeading ? heading + body : body);
        const before = (plan.bom ? '\ufeff' : '') + doc.text.slice(0, section.start);
        const after = doc.text.slice(section.end);
        expect(result.startsWith(before)).toBe(true);
        expect(result.endsWith(after)).toBe(true);
        const now = result.slice(before.length, result.length - after.length);
        expect(now.trimEnd()).toBe(
          `${heading}${body}`.trimEnd().replaceAll('\n', doc.text.includes('\r\n') ? '\r\n' : '\n'),
        );
      }),
      { numRuns: 80 },
    );
  });

  it('[R-ART-3] with itself changes nothing but blank lines around it, and once more nothing at all', () => {
    fc.assert(
      fc.property(documents, fc.nat(8), (plan, pick) => {
        const source = written(plan);
        const { doc, section, name } = nth(source, pick);
        const once = replaceSection(source, name, sectionText(doc, section));
        const filled = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '');
        expect(filled(once)).toEqual(filled(source));
        const again = nth(once, pick);
        expect(replaceSection(once, again.name, sectionText(again.doc, again.section))).toBe(once);
        const body = again.doc.text.slice(again.section.bodyStart, again.section.end);
        expect(filled(replaceSection(once, again.name, body))).toEqual(filled(source));
      }),
      { numRuns: 80 },
    );
  });

  it('[R-ART-4] keeps all other sections as they were', () => {
    fc.assert(
      fc.property(documents, fc.nat(8), prose, (plan, pick, body) => {
        const source = written(plan);
        const { doc, section, name } = nth(source, pick);
        const titles = (text: string) =>
          outline(text).sections.flatMap((one) => [one.title, ...one.blocks.map((b) => b.title)]);
        const gone = section.blocks.map((block) => block.title);
        expect(titles(replaceSection(source, name, body))).toEqual(
          titles(doc.text).filter((title) => !gone.includes(title)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
