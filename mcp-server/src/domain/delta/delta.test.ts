import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaOf, type UnitChange } from './delta.ts';
import { unitsOf } from './units.ts';

const BEFORE = `---
countersign: requirements/1
title: VLANs
risk: low
---

# VLANs

Said before all sections.

## Problem

Ports are set by hand. Nobody
knows which.

## Scope

### In scope

- Access ports
- Trunks

### Out of scope

- Routing

## Systems

| ID | System | Required |
| --- | --- | --- |
| SYS-1 | Switch | yes |
| SYS-2 | Inventory | no |

## Requirements

### REQ-1: Create

WHEN a VLAN is asked for, THE SYSTEM SHALL create it. It SHALL be named.

- **AC-1.1** It is there.
- **AC-1.2** It has a name.

### REQ-2: Remove

THE SYSTEM SHALL remove unused VLANs.

- **AC-2.1** They are gone.

## Limits

| Limit | Value |
| --- | --- |
| max-hosts | 20 |
| batch | 5 |
`;

const told = (changes: readonly UnitChange[]) =>
  changes.flatMap(({ change, key, pieces }) =>
    pieces.length === 0
      ? [`${change} ${key}`]
      : pieces.map(({ before, after }) => `${change} ${key}: ${before ?? '-'} => ${after ?? '-'}`),
  );
const edited = (from: string, to: string) => {
  expect(BEFORE).toContain(from);
  return told(deltaOf(BEFORE, BEFORE.replace(from, to)));
};

describe('what a semantic delta reports', () => {
  it.each([
    [
      'one sentence of a requirement',
      'It SHALL be named.',
      'It SHALL be tagged.',
      ['MODIFIED REQ-1: It SHALL be named. => It SHALL be tagged.'],
    ],
    ['a criterion, not its requirement', 'It is there.', 'It is up.', ['MODIFIED AC-1.1: It is there. => It is up.']],
    ['a title', 'REQ-2: Remove', 'REQ-2: Clean', ['MODIFIED REQ-2: Remove => Clean']],
    [
      'one cell of a row with an id',
      '| SYS-2 | Inventory | no |',
      '| SYS-2 | Inventory | yes |',
      ['MODIFIED SYS-2: Required: no => Required: yes'],
    ],
    ['one row without an id', '| batch | 5 |', '| batch | 9 |', ['MODIFIED Limits: batch | 5 => batch | 9']],
    [
      'a whole-section sentence',
      'Ports are set by hand.',
      'Ports are set by script.',
      ['MODIFIED Problem: Ports are set by hand. => Ports are set by script.'],
    ],
    [
      'text before the first section',
      'Said before',
      'Put before',
      ['MODIFIED Beginning: Said before all sections. => Put before all sections.'],
    ],
    [
      'a key of the front matter',
      'risk: low',
      'risk: destructive',
      ['MODIFIED front matter: risk: risk: low => risk: destructive'],
    ],
    ['a new criterion', '- **AC-2.1**', '- **AC-2.2** Twice.\n- **AC-2.1**', ['ADDED AC-2.2: - => Twice.']],
    [
      'a requirement that is gone',
      '### REQ-2: Remove\n\nTHE SYSTEM SHALL remove unused VLANs.\n\n- **AC-2.1** They are gone.\n',
      '',
      [
        'REMOVED REQ-2: Remove => -',
        'REMOVED REQ-2: THE SYSTEM SHALL remove unused VLANs. => -',
        'REMOVED AC-2.1: They are gone. => -',
      ],
    ],
    [
      'a sentence that went to another section',
      '- Trunks\n\n### Out of scope\n',
      '\n### Out of scope\n\n- Trunks',
      ['MODIFIED Scope / In scope: Trunks => -', 'MODIFIED Scope / Out of scope: - => Trunks'],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(edited(from, to)).toEqual(expected);
  });

  it('an entry that went to another section, because that changes what it means', () => {
    const [block] = /### REQ-2[^#]*/.exec(BEFORE)!;
    const after = `${BEFORE.replace(block, '')}\n## Later\n\n${block}`;
    expect(told(deltaOf(BEFORE, after))).toEqual(['ADDED Later', 'MODIFIED REQ-2: in Requirements => in Later']);
  });

  it('nothing about line ends, a byte order mark, wrapping or numbered headings', () => {
    const same = BEFORE.replace('Nobody\nknows', 'Nobody knows').replace('## Limits', '## 7. Limits');
    expect(deltaOf(BEFORE, `\ufeff${same.replaceAll('\n', '\r\n')}`)).toEqual([]);
  });

  it('code as a whole, because the order of its lines matters', () => {
    const code = (body: string) => `### CHK-1: Check\n\n- Method: command\n\n\`\`\`sh\n${body}\n\`\`\`\n`;
    expect(told(deltaOf(code('a\nb'), code('b\na')))).toEqual(['MODIFIED CHK-1: a\nb => b\na']);
  });
});

const word = fc.constantFrom('port', 'vlan', 'switch', 'name', 'trunk', 'role');
const sentence = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `The ${words.join(' ')} SHALL work.`);
const block = fc.record({
  prose: fc.array(sentence, { minLength: 1, maxLength: 3 }),
  criteria: fc.array(sentence, { maxLength: 3 }),
});
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;
const render = ({ prose, criteria }: Block, number: number) =>
  `### REQ-${number}: Thing ${number}\n\n${prose.join(' ')}\n\n${criteria.map((text, at) => `- **AC-${number}.${at + 1}** ${text}`).join('\n')}\n`;
const blocks = fc.array(block, { minLength: 1, maxLength: 6 });
const whole = (parts: readonly string[]) => `## Requirements\n\n${parts.join('\n')}`;

/** A delta carried out on the pieces of a text: what it says has to be all there is to say. */
function applied(before: string, changes: readonly UnitChange[]): Map<string, string[]> {
  const units = new Map([...unitsOf(before)].map(([key, unit]) => [key, unit.pieces.map((piece) => piece.text)]));
  for (const { change, key, pieces } of changes) {
    const list = units.get(key) ?? [];
    for (const one of pieces) {
      if (one.before !== null) list.splice(list.indexOf(one.before), 1);
      if (one.after !== null) list.push(one.after);
    }
    if (change === 'REMOVED') units.delete(key);
    else units.set(key, list);
  }
  return units;
}
const sortedUnits = (units: Map<string, string[]>) =>
  [...units].map(([key, texts]) => [key, [...texts].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1));

describe('a delta, for any text', () => {
  it('of moved blocks is empty', () => {
    fc.assert(
      fc.property(blocks, fc.infiniteStream(fc.nat()), (list, ranks) => {
        const parts = list.map((one, at) => render(one, at + 1));
        const moved = parts.map((part) => [ranks.next().value!, part] as const).sort(([a], [b]) => a - b);
        expect(deltaOf(whole(parts), whole(moved.map(([, part]) => part)))).toEqual([]);
      }),
    );
  });

  it('of one edited sentence is exactly that sentence', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), fc.nat(), (list, which, place) => {
        const at = which % list.length;
        const prose = [...list[at]!.prose];
        const old = prose[place % prose.length]!;
        prose[place % prose.length] = 'Something else SHALL hold.';
        const parts = list.map((one, index) => render(one, index + 1));
        const after = parts.with(at, render({ ...list[at]!, prose }, at + 1));
        expect(deltaOf(whole(parts), whole(after))).toMatchObject([
          { change: 'MODIFIED', key: `REQ-${at + 1}`, pieces: [{ before: old, after: 'Something else SHALL hold.' }] },
        ]);
      }),
    );
  });

  it('carried out on the old text gives the new one, and backwards', () => {
    fc.assert(
      fc.property(blocks, blocks, (one, other) => {
        const [a, b] = [one, other].map((list) => whole(list.map((part, at) => render(part, at + 1)))) as [
          string,
          string,
        ];
        const texts = (source: string) =>
          new Map([...unitsOf(source)].map(([key, unit]) => [key, unit.pieces.map((piece) => piece.text)]));
        expect(sortedUnits(applied(a, deltaOf(a, b)))).toEqual(sortedUnits(texts(b)));
        expect(sortedUnits(applied(b, deltaOf(b, a)))).toEqual(sortedUnits(texts(a)));
      }),
    );
  });

  it('loses no word of any text', () => {
    const text = fc.array(
      fc.constantFrom(
        '#',
        '##',
        '### REQ-1: a',
        '- ',
        '| a |\n| - |\n',
        '> q',
        '<b>',
        '`',
        'x',
        '\n',
        '\n\n',
        'Q-1 ',
        '    y',
        '---\n',
        '**AC-1.1** z',
      ),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const source = parts.join('');
        const words = [...unitsOf(source).values()]
          .flatMap((unit) => [unit.key, unit.title, ...unit.pieces.map((piece) => piece.text)])
          .join(' ');
        for (const mark of ['x', 'y', 'z', 'q']) if (source.includes(mark)) expect(words).toContain(mark);
      }),
    );
  });
});
