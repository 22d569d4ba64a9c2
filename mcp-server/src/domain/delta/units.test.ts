import { describe, expect, it } from 'vitest';
import { type Unit, unitsOf } from './units.ts';

const TEXT = `---
countersign: requirements/1
title: Ports
# of the office
refs:
  - CHG0041

  - CHG0042
risk-of it: low
---
Said first. Said second; and third.

# The   *ports*

Below the title.

## 2. Scope

Of all.

### In scope

- Access ports; trunks.
- **Max hosts:** 20 at once
- Note:
- **Stop-after failures**: 2
- a: b: c
- 2nd: one
- http://x is
- SYS-9x is none
- _CON-7:_ No packages. No shell.
  - AC-7.12 Nested below it.
  - plain below it
- AC-1.2
- \`Q-14.\` Who *pays*?

  > a quotation of it

#### Deeper

Deep text.

## Systems

| ID | System | For what |
| --- | --- | --- |
| SYS-12 | Switch | the  ports |
| other | x | y |

| Name | ID |
| --- | --- |
| SYS-3 | b |

| Id of it | System |
| --- | --- |
| SYS-4 | c |

| Valid |
| --- |
| SYS-5 |

| System | ID |
| --- | --- |
| SYS-6 | d |

| ID |
| --- |
| not SYS-7 |

## Requirements

### REQ-10: Create: it

WHEN asked, THE SYSTEM SHALL create it. It SHALL be named.

#### Part of REQ-10

\`\`\`sh
a   b
\`\`\`

<b>raw  text</b>

***

### REQ-11

Text.

### REQ-1x: no id

Text of none.

#### REQ-12: A deep one

Under it.

## About REQ-10

Cited.

# Second title

## REQ-13: As a section

Own text.
`;

const told = (units: ReadonlyMap<string, Unit>) =>
  [...units.values()].map(
    ({ key, entry, title, line, within, pieces }) =>
      `${line} ${entry ? 'entry' : 'text'} [${key}] "${title}" in "${within}"${pieces.map((one) => `\n  ${one.line} <${one.label}> ${JSON.stringify(one.text)}`).join('')}`,
  );

const UNITS = `
2 text [front matter: countersign] "countersign" in ""
  2 <countersign> "countersign: requirements/1"
3 text [front matter: title] "title" in ""
  3 <title> "title: Ports\\n# of the office"
5 text [front matter: refs] "refs" in ""
  5 <refs> "refs:\\n  - CHG0041\\n  - CHG0042"
9 text [front matter: risk-of it] "risk-of it" in ""
  9 <risk-of it> "risk-of it: low"
11 text [Beginning] "" in ""
  11 <> "Said first."
  11 <> "Said second;"
  11 <> "and third."
  13 <heading> "The ports"
  15 <> "Below the title."
  102 <heading> "Second title"
17 text [Scope] "Scope" in ""
  19 <> "Of all."
21 text [Scope / In scope] "In scope" in ""
  23 <> "Access ports;"
  23 <> "trunks."
  24 <max hosts> "**Max hosts:** 20 at once"
  25 <note> "Note:"
  26 <stop-after failures> "**Stop-after failures**: 2"
  27 <a> "a: b: c"
  28 <> "2nd: one"
  29 <> "http://x is"
  30 <> "SYS-9x is none"
  39 <> "Deeper"
  41 <> "Deep text."
31 entry [CON-7] "" in "Scope / In scope"
  31 <> "No packages."
  31 <> "No shell."
  33 <> "plain below it"
32 entry [AC-7.12] "" in "CON-7"
  32 <> "Nested below it."
34 entry [AC-1.2] "" in "Scope / In scope"
35 entry [Q-14] "" in "Scope / In scope"
  35 <> "Who *pays*?"
  37 <> "> a quotation of it"
43 text [Systems] "Systems" in ""
  45 <columns> "ID | System | For what"
  48 <row other> "other | x | y"
  50 <columns> "Name | ID"
  52 <row SYS-3> "SYS-3 | b"
  54 <columns> "Id of it | System"
  56 <row SYS-4> "SYS-4 | c"
  58 <columns> "Valid"
  60 <row SYS-5> "SYS-5"
  62 <columns> "System | ID"
  64 <row SYS-6> "SYS-6 | d"
  66 <columns> "ID"
  68 <row not SYS-7> "not SYS-7"
47 entry [SYS-12] "Switch" in "Systems"
  47 <system> "System: Switch"
  47 <for what> "For what: the ports"
70 text [Requirements] "Requirements" in ""
72 entry [REQ-10] "Create: it" in "Requirements"
  72 <title> "Create: it"
  74 <> "WHEN asked, THE SYSTEM SHALL create it."
  74 <> "It SHALL be named."
  76 <> "Part of REQ-10"
  78 <code> "a   b"
  82 <> "<b>raw text</b>"
  84 <> "***"
86 entry [REQ-11] "" in "Requirements"
  88 <> "Text."
90 text [Requirements / REQ-1x: no id] "REQ-1x: no id" in ""
  92 <> "Text of none."
94 entry [REQ-12] "A deep one" in "Requirements"
  94 <title> "A deep one"
  96 <> "Under it."
98 text [About REQ-10] "About REQ-10" in ""
  100 <> "Cited."
104 entry [REQ-13] "As a section" in ""
  104 <title> "As a section"
  106 <> "Own text."
`;

describe('an artifact as units', () => {
  it('has every piece with its line, its label and the unit that it belongs to', () => {
    expect(`\n${told(unitsOf(TEXT)).join('\n')}\n`).toBe(UNITS);
  });

  it('is the same behind a byte order mark and with the line ends of other systems', () => {
    const units = told(unitsOf(TEXT));
    expect(told(unitsOf(`\ufeff${TEXT}`))).toEqual(units);
    expect(told(unitsOf(TEXT.replaceAll('\n', '\r\n')))).toEqual(units);
    expect(told(unitsOf(TEXT.replaceAll('\n', '\r')))).toEqual(units);
  });

  it('takes a byte order mark in its midst for white space', () => {
    expect(told(unitsOf('a\ufeffb'))).toEqual(['1 text [Beginning] "" in ""\n  1 <> "a b"']);
  });
});
