import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft } from './contract.ts';
import { renderDesign } from './render-design.ts';
import { renderRequirements } from './render-requirements.ts';

const at = { path: 'a.md', line: 3 };
const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft('A "title"', []), ...more });
const from = { format: 'kiro', tool: 'Kiro', files: [{ path: 'a`b|c.md', sha256: 'f00' }], owner: 'Ada' };
/** The text of one section. */
const section = (text: string, title: string) =>
  text.split(/^(?=## )/m).find((one) => one.startsWith(`## ${title}\n`)) ?? '';
const requirements = (more: Partial<Draft>, title: string) => section(renderRequirements(draft(more), from), title);
const requirement = (more: object) => ({ title: 'Run', source: 'R 1', ...at, statements: [], criteria: [], ...more });

describe('requirements.md of an import', () => {
  it('says of a draft without anything what is missing', () => {
    expect(renderRequirements(draft({}), from)).toBe(`---
countersign: requirements/1
title: "A \\"title\\""
owner: "Ada"
risk: standard
---

## Problem

The source does not say what the problem is. (inferred: nothing was found)

## Goal

The source does not say what the goal is. (inferred: nothing was found)

## Scope

### In scope


### Out of scope

## Capabilities

## Systems

## Requirements

### REQ-1: What the source asks for

THE SYSTEM SHALL do what the imported text says. (inferred: no requirement was found)

- **AC-1.1** Somebody compares the result with the imported text. (inferred: no criterion was found)

## Risks

## Limits

## Constraints

## Questions

- **Q-1** Which problem does this solve, and for whom? (inferred: import)
- **Q-2** What will be different, in terms someone can check? (inferred: import)

## Import

- Format: kiro
- Tool: Kiro
- Files:
  - \`a?b?c.md\` sha256:f00
`);
  });

  it('says of each need whether it is required and what happens without it', () => {
    const need = { title: 'A', purpose: 'p | q', required: true, requiredInferred: false, ifNot: '', ...at };
    const needs = [need, { ...need, required: false, requiredInferred: true }, { ...need, ifNot: 'stop\nnow' }];
    expect(requirements({ capabilities: needs }, 'Capabilities')).toBe(`## Capabilities

### CAP-1: A

- Required: yes
- If not available: the delivery cannot run (inferred: required)
- Source: \`a.md:3\`

### CAP-2: A

- Required: no (inferred: the source does not say)
- If not available: nothing replaces it (inferred: the source does not say)
- Source: \`a.md:3\`

### CAP-3: A

- Required: yes
- If not available: stop now
- Source: \`a.md:3\`

`);
    expect(requirements({ systems: needs }, 'Systems')).toBe(`## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
| SYS-1 | A | p \\| q | yes | the delivery cannot run (inferred: required) |
| SYS-2 | A | p \\| q | no | nothing replaces it (inferred: the source does not say) |
| SYS-3 | A | p \\| q | yes | stop now |

`);
  });

  it('has each requirement with its statements and criteria, and what had to be concluded', () => {
    const given = [
      requirement({
        change: 'added',
        statements: ['The tool SHALL run. ', 'AC-1.1 said so', '(REQ 3) too', 'AC of x', 'See AC-1'].map((text) => ({
          text,
          ...at,
        })),
        criteria: [
          { text: 'It runs.', ...at, steps: ['one\nmore', 'two'] },
          { text: 'Ends', ...at, inferred: 'why' },
        ],
      }),
      requirement({ statements: [{ text: 'It runs.', ...at }] }),
      requirement({ criteria: [{ text: 'Look', ...at, steps: ['it SHALL end'] }] }),
      requirement({ criteria: [{ text: 'It SHALL end', ...at }] }),
      requirement({ title: 'It MUST end', source: 'a | b' }),
    ];
    expect(requirements({ requirements: given }, 'Requirements')).toBe(`## Requirements

### REQ-1: Run

The tool SHALL run.

Source text: AC-1.1 said so

Source text: (REQ 3) too

AC of x

See AC-1

- Source: \`a.md:3\`, R 1
- Change: added

- **AC-1.1** It runs.
  - one
    more
  - two
- **AC-1.2** Ends (inferred: why)

### REQ-2: Run

It runs.

THE SYSTEM SHALL do what is said here. (inferred: the source does not oblige)

- Source: \`a.md:3\`, R 1

- **AC-2.1** What REQ-2 says can be seen. (inferred: the source has no criterion)

### REQ-3: Run

THE SYSTEM SHALL do what is said here. (inferred: the source does not oblige)

- Source: \`a.md:3\`, R 1

- **AC-3.1** Look
  - it SHALL end

### REQ-4: Run

- Source: \`a.md:3\`, R 1

- **AC-4.1** It SHALL end

### REQ-5: It MUST end

- Source: \`a.md:3\`, a \\| b

- **AC-5.1** What REQ-5 says can be seen. (inferred: the source has no criterion)

`);
    const asked = requirements(
      { requirements: given, problem: [{ text: 'x', ...at }], goal: [{ text: 'y', ...at }] },
      'Questions',
    );
    expect(asked).toBe('## Questions\n\n- **Q-1** What shows that these are met: REQ-2, REQ-5? (inferred: import)\n\n');
    expect(requirements({ requirements: given.slice(1, 2) }, 'Scope')).toBe(
      '## Scope\n\n### In scope\n\n- Run (inferred: a requirement of the source)\n\n### Out of scope\n\n',
    );
  });

  it('has scope, risks, constraints, questions and what was taken away, each as an item of its own', () => {
    const said = (text: string, inferred?: string) => ({
      text,
      ...at,
      ...(inferred === undefined ? {} : { inferred }),
    });
    const more = {
      problem: [said(' It is slow.\nVery. ', 'why')],
      inScope: [said('this')],
      outOfScope: [said('that')],
      risks: [
        { title: 'Fire', mitigation: '', ...at },
        { title: 'Flood', mitigation: 'Sand', ...at },
      ],
      constraints: [said('At night', 'assumption'), said('By day')],
      questions: [said('Who?')],
      removed: [said('**Old** gone')],
    };
    const text = renderRequirements(draft(more), from);
    expect(section(text, 'Problem')).toBe('## Problem\n\n- It is slow.\n  Very. (inferred: why)\n\n');
    expect(section(text, 'Scope')).toBe('## Scope\n\n### In scope\n\n- this\n\n### Out of scope\n\n- that\n\n');
    expect(section(text, 'Risks')).toBe(
      '## Risks\n\n### RSK-1: Fire\n\n- Mitigation: not said (inferred: the source does not say)\n- Source: `a.md:3`\n\n### RSK-2: Flood\n\n- Mitigation: Sand\n- Source: `a.md:3`\n\n',
    );
    expect(section(text, 'Constraints')).toBe(
      '## Constraints\n\n- **CON-1** At night (inferred: assumption)\n- **CON-2** By day\n\n',
    );
    expect(section(text, 'Questions')).toBe(
      '## Questions\n\n- **Q-1** Who?\n- **Q-2** What will be different, in terms someone can check? (inferred: import)\n\n',
    );
    expect(section(text, 'Requirements that the source takes away')).toBe(
      '## Requirements that the source takes away\n\n- **Old** gone\n\n',
    );
  });
});

describe('design.md of an import', () => {
  const component = (more: object) => ({
    title: 'The Store!',
    kind: 'role',
    action: 'build' as const,
    actionInferred: false,
    realises: [],
    paths: [],
    statements: [],
    ...at,
    ...more,
  });

  it('is none without components', () => expect(renderDesign(draft({}))).toBeUndefined());

  it('has one component that realises everything, and a check for all that the source does not check', () => {
    expect(
      renderDesign(
        draft({ components: [component({ actionInferred: true, statements: [{ text: 'a\n- Kind: b', ...at }] })] }),
      ),
    ).toBe(
      `---
countersign: design/1
title: "A \\"title\\""
---

## Decisions

## Components

### CMP-1: The Store!

- Kind: role
- Action: build
- Realises: REQ-1
- Paths: the-store-1/
- Source: \`a.md:3\`
- Concluded: Action (inferred: the source does not say)
- Concluded: Paths (inferred: the source names none)

- Source text: a
  - Kind: b

## Verification

### CHK-1: AC-1.1 is seen

- Criterion: AC-1.1
- Method: manual

A person does what AC-1.1 says and sees that it holds. (inferred: the source has no check)

### CHK-2: CMP-1 works

- Component: CMP-1
- Method: manual

A person starts CMP-1 and sees that it does its part. (inferred: the source has no check)

## Rollback

The source does not say how to get back. (inferred: nothing was found)
`,
    );
  });

  it('has components, checks, decisions and configuration as the source has them', () => {
    const criterion = { text: 'c', ...at };
    const [first, second, third] = [
      requirement({ criteria: [criterion, { text: 'd', ...at }] }),
      requirement({}),
      requirement({}),
    ];
    const check = { title: 'Look', criteria: [criterion], method: 'manual' as const, text: 'at it', ...at };
    const variable = { name: 'A', required: true, format: 'text', fallback: '', secret: false, meaning: 'x | y' };
    const text = renderDesign(
      draft({
        requirements: [first!, second!, third!],
        components: [
          component({ realises: [first, second], paths: ['a/', 'b'] }),
          component({ title: '???', action: 'adopt' }),
          component({ action: 'skip' }),
          component({ action: 'reuse', title: 'x'.repeat(50) }),
        ],
        checks: [check, { ...check, criteria: [], method: 'command', text: 'make\n```' }],
        decisions: [
          { title: 'T', choice: 'c', rationale: '', ...at },
          { title: 'U', choice: 'd', rationale: 'r', ...at },
        ],
        configuration: [variable, { ...variable, name: 'B', required: false, secret: true, fallback: '1' }],
        rollback: [{ text: 'Stop.\nGo back.', ...at }],
      }),
    )!;
    expect(section(text, 'Decisions')).toBe(
      '## Decisions\n\n### DEC-1: T\n\n- Choice: c\n- Rationale: not said (inferred: the source gives none)\n- Source: `a.md:3`\n\n### DEC-2: U\n\n- Choice: d\n- Rationale: r\n- Source: `a.md:3`\n\n',
    );
    expect(section(text, 'Components').match(/^(?:### |- (?:Action|Realises|Paths)).*$/gm)).toEqual([
      '### CMP-1: The Store!',
      '- Action: build',
      '- Realises: REQ-1, REQ-2',
      '- Paths: a/, b',
      '### CMP-2: ???',
      '- Action: adopt',
      '- Paths: component-2/',
      '### CMP-3: The Store!',
      '- Action: skip',
      `### CMP-4: ${'x'.repeat(50)}`,
      '- Action: reuse',
      '### CMP-5: What the source assigns to no component',
      '- Action: build',
      '- Realises: REQ-3',
      '- Paths: what-the-source-assigns-to-no-component-5/',
    ]);
    expect(section(text, 'Verification').match(/^(?:### |- |Look|`{3,}|make).*$/gm)).toEqual([
      '### CHK-1: Look',
      '- Criterion: AC-1.1',
      '- Method: manual',
      '- Source: `a.md:3`',
      '- Look: at it',
      '### CHK-2: Look',
      '- Component: CMP-1',
      '- Method: command',
      '- Expect: exit 0',
      '- Source: `a.md:3`',
      '````sh',
      'make',
      '```',
      '````',
      ...['AC-1.2', 'AC-2.1', 'AC-3.1'].flatMap((id, index) => [
        `### CHK-${index + 3}: ${id} is seen`,
        `- Criterion: ${id}`,
        '- Method: manual',
      ]),
      ...[1, 2, 5].flatMap((number, index) => [
        `### CHK-${index + 6}: CMP-${number} works`,
        `- Component: CMP-${number}`,
        '- Method: manual',
      ]),
    ]);
    expect(section(text, 'Configuration')).toBe(
      '## Configuration\n\n| Name | Required | Format | Default | Secret | Meaning |\n| --- | --- | --- | --- | --- | --- |\n| A | yes | text |  | no | x \\| y |\n| B | no | text | 1 | yes | x \\| y |\n\n',
    );
    expect(section(text, 'Rollback')).toBe('## Rollback\n\n- Stop.\n  Go back.\n');
  });

  it('gives what is left to the only component, unless that is not built', () => {
    const one = requirement({});
    const realised = (more: object) =>
      renderDesign(draft({ requirements: [one], components: [component(more)] }))!.match(
        /^(?:### CMP|- Realises).*$/gm,
      );
    expect(realised({})).toEqual(['### CMP-1: The Store!', '- Realises: REQ-1']);
    expect(realised({ action: 'skip' })).toEqual([
      '### CMP-1: The Store!',
      '### CMP-2: What the source assigns to no component',
      '- Realises: REQ-1',
    ]);
  });
});
