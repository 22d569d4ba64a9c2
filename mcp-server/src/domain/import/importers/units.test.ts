import { describe, expect, it } from 'vitest';
import { unitsIn } from '../catalogue.ts';
import type { Draft, Importer } from '../contract.ts';
import { designFirst } from '../design-first.ts';
import { itential } from './itential.ts';
import { kiro } from './kiro.ts';
import { openspec } from './openspec.ts';
import { specApply } from './spec-apply.ts';
import { specKit } from './spec-kit.ts';

const file = (path: string, text = '') => ({ path, text });
const OURS = '---\ncountersign: requirements/1\n---\n';
const read = (importer: Importer, ...files: ReturnType<typeof file>[]): Draft =>
  importer.read({ name: 'a/unit', files });
const texts = (list: readonly { text: string }[]) => list.map((one) => one.text);

describe('units of work', () => {
  const spec = '## Requirement: A\n';
  const names = (...files: ReturnType<typeof file>[]) =>
    unitsIn(files, undefined).map(({ importer, unit }) => `${importer.format} ${unit.name} ${unit.files.length}`);

  it('come by name, and each file belongs to one of them', () => {
    const both = [file('z/spec.md', spec), file('z/apply.md'), file('b/spec.md', spec), file('a/spec.md', spec)];
    expect(names(...both)).toEqual(['openspec a 1', 'openspec b 1', 'spec-apply z 2']);
    expect(names(...both.reverse())).toEqual(['openspec a 1', 'openspec b 1', 'spec-apply z 2']);
    expect(unitsIn(both, 'openspec').map(({ unit }) => unit.name)).toEqual(['a', 'b', 'z']);
  });

  it('of OpenSpec are Markdown with its headings outside fenced code, and none of our own', () => {
    expect(names(file('spec.md', spec))).toEqual(['openspec . 1']);
    expect(names(file('a/other.md', spec))).toEqual([]);
    expect(names(file('a/spec.md', `\`\`\`\n${spec}\`\`\`\n`))).toEqual([]);
    expect(names(file('a/spec.md', `~~~\n${spec}~~~\n\n${spec}`))).toEqual(['openspec a 1']);
    expect(names(file('a/spec.md', OURS + spec))).toEqual([]);
    expect(names(file('a/spec.md', '# A\n'))).toEqual([]);
    for (const heading of ['#### Scenario: B', '## ADDED Requirements', '### RENAMED Requirements'])
      expect(names(file('a/spec.md', `${heading}\n`))).toHaveLength(1);
    expect(names(file('a/spec.md', '##### Requirement: A\n'))).toEqual([]);
  });

  it('of OpenSpec have with a proposal all Markdown below it', () => {
    const change = [file('c/proposal.md'), file('c/specs/x/spec.md', spec), file('c/tasks.md')];
    expect(names(...change, file('c/notes.txt'), file('c/own.md', OURS))).toEqual(['openspec c 3']);
    expect(names(file('c/proposal.md'), file('c/tasks.md'))).toEqual([]);
    expect(names(file('proposal.md'), file('x/spec.md', spec))).toEqual(['openspec . 2']);
  });

  it('of spec.md and apply.md need both, and have the Markdown of their folder', () => {
    expect(names(file('a/apply.md'))).toEqual([]);
    expect(names(file('a/spec.md'), file('b/apply.md'))).toEqual([]);
    expect(names(file('spec.md'), file('apply.md'), file('x.txt'), file('b/c.md'), file('own.md', OURS))).toEqual([
      'spec-apply . 2',
    ]);
  });

  it('of Spec Kit are a spec.md with its headings or ids, and the Markdown of its folder', () => {
    const story = '# X\n\n## User Scenarios\n';
    expect(names(file('specs/001-a/spec.md', story), file('specs/001-a/plan.md'), file('specs/001-a/x.txt'))).toEqual([
      'spec-kit specs/001-a 2',
    ]);
    expect(names(file('spec.md', story), file('own.md', OURS))).toEqual(['spec-kit . 1']);
    for (const mark of ['#  feature specification: X\n', '### Functional Requirements\n', 'a\n- **FR-1**: x\n'])
      expect(names(file('a/spec.md', mark))).toEqual(['spec-kit a 1']);
    for (const none of [
      'User Scenarios\n',
      '#User Scenarios\n',
      '**FR-x**\n',
      'x # Functional Requirements\n',
      OURS + story,
    ])
      expect(names(file('a/spec.md', none))).toEqual([]);
    expect(names(file('a/readme.md', story))).toEqual([]);
  });

  it('of Kiro are a requirements.md with numbered headings, or in its own folder, that is filled in', () => {
    const numbered = '### Requirement 1: A\n';
    expect(names(file('f/requirements.md', numbered), file('f/tasks.md'), file('f/x.txt'))).toEqual(['kiro f 2']);
    for (const heading of ['## Anforderung 12 : A', '#### 要件3：A', '###  Requirement1: A'])
      expect(names(file('f/requirements.md', `x\n${heading}\n`))).toEqual(['kiro f 1']);
    for (const none of [
      '# Requirement 1: A',
      '##### Requirement 1: A',
      '### Requirement: A',
      '### Requirement 1 A',
      'x ### Requirement 1: A',
    ])
      expect(names(file('f/requirements.md', `${none}\n`))).toEqual([]);
    expect(names(file('.kiro/specs/a/requirements.md', 'text'))).toEqual(['kiro .kiro/specs/a 1']);
    expect(names(file('x/.kiro/specs/a/requirements.md', 'text'))).toEqual(['kiro x/.kiro/specs/a 1']);
    expect(names(file('x.kiro/specs/a/requirements.md', 'text'))).toEqual([]);
    expect(names(file('.kiro/specs/a/design.md', numbered))).toEqual([]);
    expect(names(file('f/requirements.md', `${numbered}\n# The {{NAME}} of it\n`))).toEqual([]);
    expect(names(file('f/requirements.md', `${numbered}\nThe {{NAME}} of it\n`))).toEqual(['kiro f 1']);
    expect(names(file('f/requirements.md', OURS + numbered))).toEqual([]);
  });

  it('of Itential have the files that it knows', () => {
    const known = ['customer-spec', 'customer-context', 'feasibility', 'solution-design', 'test-plan', 'as-built'];
    const files = [...known, 'readme', 'my-feasibility'].map((name) => file(`uc/${name}.md`));
    expect(names(...files, file('uc/test-report.md', OURS))).toEqual([`itential uc ${known.length}`]);
    expect(names(file('uc/feasibility.md'))).toEqual([]);
    expect(names(file('uc/customer-spec.md', OURS))).toEqual([]);
  });
});

describe('work of spec.md and apply.md', () => {
  const apply = (text: string, spec = '# Greeter\n') =>
    read(specApply, file('a/spec.md', spec), file('a/apply.md', text));

  it.each([
    ['# Greeter\n', 'Greeter'],
    ['# Spec: Greeter\n', 'Greeter'],
    ['# Specification - Greeter\n', 'Greeter'],
    ['# Greeter – Spec\n', 'Greeter'],
    ['# Greeter specification\n', 'Greeter'],
    ['# Specific needs\n', 'Specific needs'],
    ['# Our spec: details\n', 'Our spec: details'],
    ['# Spec\n', 'unit'],
    ['text\n', 'unit'],
  ])('%j is called %j', (text, title) => expect(apply('', text).title).toBe(title));

  it('is one component with the paths and steps that apply.md names, which realises everything', () => {
    const text =
      '# Apply\n\n## Steps\n\n- Write `src/a.py`\n\n```sh\n`src/code.py`\n```\n\nSee `src/a.py`, `src/b.py`.\n';
    const { components, requirements } = apply(text, '# Greeter\n\n## Rules\n\n- It greets.\n');
    expect(components).toMatchObject([
      { title: 'Greeter', kind: 'unknown', action: 'build', actionInferred: true, paths: ['src/a.py', 'src/b.py'] },
    ]);
    expect([components[0]!.realises, texts(components[0]!.statements)]).toEqual([requirements, ['Write `src/a.py`']]);
    for (const heading of ['Apply', 'How', 'Plan', 'Instructions', 'Build'])
      expect(apply(`# A\n\n## ${heading} it\n\n- x\n`).components[0]!.statements).toHaveLength(1);
    expect(apply('# A\n\n## My plan\n\n- x\n').components[0]!.statements).toEqual([]);
  });

  it('has the components of apply.md where it has some', () => {
    const { components } = apply('# A\n\n## Components\n\n### Writer\n\nIt writes.\n');
    expect(components.map((one) => one.title)).toEqual(['Writer']);
  });

  it('is checked by the shell commands below headings such as Verify', () => {
    const code = (lang: string) => `\`\`\`${lang}\nmake ${lang || 'plain'}\n\`\`\`\n\n`;
    const text = `# A\n\n## Verification\n\n${['sh', 'bash', 'shell', 'console', '', 'python', 'shx'].map(code).join('')}## My test\n\n${code('sh')}`;
    const { checks } = apply(text);
    expect(checks.map((one) => one.text)).toEqual(['make sh', 'make bash', 'make shell', 'make console', 'make plain']);
    expect(checks[0]).toMatchObject({
      title: 'Verification',
      criteria: [],
      method: 'command',
      path: 'a/apply.md',
      line: 5,
    });
    for (const heading of ['Verify', 'Test', 'Tests', 'Testing', 'Check', 'Checks', 'Validate'])
      expect(apply(`# A\n\n## ${heading}\n\n${code('sh')}`).checks).toHaveLength(1);
  });

  it('has requirements below headings with their criteria, and others that are one sentence', () => {
    const { requirements } = apply(
      '',
      '# G\n\n## Requirements\n\n### 1. Greets\n\nIt greets.\n\n```\ncode\n```\n\n- It says the name.\n\n## Rules\n\n- The tool must end.\n',
    );
    expect(
      requirements.map((one) => [one.title, one.source, one.line, texts(one.statements), texts(one.criteria)]),
    ).toEqual([
      ['Greets', '1. Greets', 5, ['It greets.'], ['It says the name.']],
      ['End', 'line 17', 17, ['The tool must end.'], []],
    ]);
  });

  it('has acceptance criteria with its only requirement, or in one of their own', () => {
    const one = apply('', '# G\n\n## Rules\n\n- A.\n\n## Acceptance\n\n- B.\n').requirements;
    expect(one.map((each) => texts(each.criteria))).toEqual([['B.']]);
    const more = apply('', '# G\n\n## Rules\n\n- A.\n- C.\n\n## Acceptance\n\n- B.\n').requirements;
    expect(more.map((each) => [each.title, texts(each.criteria)])).toEqual([
      ['A', []],
      ['C', []],
      ['The result is accepted', ['B.']],
    ]);
    expect(more[2]).toMatchObject({
      source: 'Acceptance',
      line: 8,
      statements: [{ text: 'THE SYSTEM SHALL meet each of the criteria below.', inferred: 'acceptance criteria' }],
    });
    expect(apply('', '# G\n\n## Acceptance\n\ntext\n').requirements).toEqual([]);
  });

  it('leaves over what stands in other files', () => {
    const { documents } = read(
      specApply,
      ...['spec', 'apply', 'history', 'other', 'myspec'].map((one) => file(`a/${one}.md`)),
    );
    expect(documents.map((one) => one.path)).toEqual(['a/spec.md', 'a/apply.md', 'a/history.md']);
    expect(read(specApply, file('spec.md', '# T\n'), file('spec.md.bak', '# B\n')).title).toBe('T');
  });
});

describe('work of Itential', () => {
  const specification = (text: string, design = '') =>
    read(itential, file('a/customer-spec.md', text), file('a/solution-design.md', design));

  it.each([
    ['# Use Case: Ports\n', 'Ports'],
    ['# Ports – High-Level Design (HLD)\n', 'Ports'],
    ['# Ports\n', 'Ports'],
    ['# The Use Case: Ports\n', 'The Use Case: Ports'],
    ['# Use Case:\n', 'unit'],
  ])('%j is called %j', (text, title) => expect(specification(text).title).toBe(title));

  it('has decisions of the customer as constraints, with their reason', () => {
    const rows = '| Decision | Choice | Reason |\n|---|---|---|\n| Vendor | X | cheap |\n| Site | Y | |';
    const { constraints, decisions } = specification(`## Design Decisions\n\n${rows}\n\n- Also this.\n`);
    expect([texts(constraints), decisions]).toEqual([['Vendor: X (cheap)', 'Site: Y', 'Also this.'], []]);
  });

  it('has a requirement for each phase, with what it says and no criterion', () => {
    const { requirements } = specification(
      '## Phases\n\n### 1. Turn up\n\nIt runs.\n\n#### Deeper\n\n- a\n\n### Check\n',
    );
    expect(requirements.map((one) => [one.title, one.source, texts(one.statements), one.criteria])).toEqual([
      ['Turn up', 'phase Turn up', ['It runs.', 'a'], []],
      ['Check', 'phase Check', [], []],
    ]);
  });

  it('has the tests of a design for the criteria that they name by number or by text', () => {
    const spec = '## Acceptance Criteria\n\n- Port is up\n- Ticket is closed\n';
    const row = (...cells: string[]) => `| ${cells.join(' | ')} |\n`;
    const head = `${row('AC', 'Test')}|---|---|\n`;
    const tests = [
      ['2', 'look'],
      ['AC-1', 'ping'],
      ['ticket', 'ask'],
      ['9', 'nothing'],
      ['other', 'nothing'],
      ['1', ''],
      ['in 2 weeks', 'nothing'],
    ];
    const { checks, requirements } = specification(
      spec,
      `## Acceptance Criteria\n\n${head}${tests.map((one) => row(...one)).join('')}`,
    );
    const [up, closed] = requirements[0]!.criteria;
    expect(checks.map((one) => [one.title, one.criteria, one.method, one.text, one.line])).toEqual([
      ['2', [closed], 'manual', 'look', 3],
      ['AC-1', [up], 'manual', 'ping', 6],
      ['ticket', [closed], 'manual', 'ask', 7],
      ['in 2 weeks', [closed], 'manual', 'nothing', 11],
    ]);
  });
});

describe('work of Spec Kit', () => {
  const specification = (text: string, plan?: string) =>
    read(specKit, file('a/spec.md', text), ...(plan === undefined ? [] : [file('a/plan.md', plan)]));
  const told = (text: string) =>
    specification(text).requirements.map((one) => [
      one.title,
      one.source,
      one.line,
      texts(one.statements),
      texts(one.criteria),
    ]);

  it.each([
    ['# Feature Specification: Keys\n', 'Keys'],
    ['# feature specification:Keys\n', 'Keys'],
    ['# The Feature Specification: Keys\n', 'The Feature Specification: Keys'],
    ['text\n', 'unit'],
  ])('%j is called %j', (text, title) => expect(specification(text).title).toBe(title));

  it('has a requirement for each story, with what it says and its scenarios', () => {
    const scenarios = '**Acceptance Scenarios**:\n\n1. **Given** a, **Then** b\n2. More';
    expect(
      told(
        `## User Scenarios & Testing\n\n### User Story 1 - Rotate one host (Priority: P1)\n\nAs I.\n\n#### Why\n\nBecause.\n\n${scenarios}\n\n### User story 12: Log (P3)\n\n### User Story 3 – Tell. !\n\n### User Story 4\n\n### The User Story 5 - No\n\nAcceptance Scenarios of it.\n`,
      ),
    ).toEqual([
      ['Rotate one host', 'User Story 1', 3, ['As I.', 'Because.'], ['**Given** a, **Then** b', 'More']],
      ['Log', 'User Story 12', 16, [], []],
      ['Tell', 'User Story 3', 18, [], []],
    ]);
  });

  it('has a requirement for each FR-n, also where it is not functional, and questions of what is unclear', () => {
    const text =
      '## Functional Requirements\n\n- **FR-001**: System MUST keep keys.\n- FR-2 Users should be able to see them\n- **FR-003**: It MUST end [NEEDS CLARIFICATION: when?] soon\n- Something else\n\n## Non-Functional Requirements\n\n- **NFR-1**: It [needs clarification how fast] MUST be fast\n';
    expect(told(text)).toEqual([
      ['Keep keys', 'FR-001', 3, ['System MUST keep keys.'], []],
      ['See them', 'FR-2', 4, ['Users should be able to see them'], []],
      [
        'It MUST end [NEEDS CLARIFICATION: when?] soon',
        'FR-003',
        5,
        ['It MUST end [NEEDS CLARIFICATION: when?] soon'],
        [],
      ],
      ['Something else', 'line 6', 6, ['Something else'], []],
      [
        'It [needs clarification how fast] MUST be fast',
        'NFR-1',
        10,
        ['It [needs clarification how fast] MUST be fast'],
        [],
      ],
    ]);
    expect(specification(text).questions).toEqual([
      { text: 'FR-003: when?', path: 'a/spec.md', line: 5 },
      { text: 'NFR-1: how fast', path: 'a/spec.md', line: 10 },
    ]);
  });

  it('has the words of the user as problem, and other sections with what was concluded of them', () => {
    const draft = specification(
      '# X\n\nSee Input: none\n\n**Input**: User description: "keys"\n\n### Edge Cases\n\n- None left?\n\n## Assumptions\n\n- There is one.\n\n## Success Criteria\n\n### Measurable Outcomes\n\n- **SC-001**: Fast\n\n## Out of Scope\n\n- Passwords\n',
    );
    const { problem, questions, constraints, goal, outOfScope } = draft;
    const at = (line: number) => ({ path: 'a/spec.md', line });
    expect({ problem, questions, constraints, goal, outOfScope }).toEqual({
      problem: [{ text: '**Input**: User description: "keys"', ...at(5), inferred: 'input of the user' }],
      questions: [{ text: 'Edge case: None left?', ...at(9), inferred: 'edge case' }],
      constraints: [{ text: 'There is one.', ...at(13), inferred: 'assumption' }],
      goal: [{ text: '**SC-001**: Fast', ...at(19) }],
      outOfScope: [{ text: 'Passwords', ...at(23) }],
    });
    expect(draft.documents[0]!.leftOver().map((one) => one.text)).toEqual(['See Input: none']);
  });

  it('has components of the plan with the requirements that their text names', () => {
    const { components, requirements } = specification(
      '## Functional Requirements\n\n- **FR-001**: A\n- **FR-002**: B\n',
      '# Plan\n\n## Components\n\n### Keeper\n\nFor FR-002.\n\n### Other\n\nNone.\n',
    );
    expect(components.map((one) => [one.title, one.realises, one.path, one.line])).toEqual([
      ['Keeper', [requirements[1]], 'a/plan.md', 5],
      ['Other', [], 'a/plan.md', 9],
    ]);
    expect(read(specKit, file('a/plan.md', '## Components\n\n### K\n\nx\n')).components).toHaveLength(1);
  });
});

describe('work of Kiro', () => {
  const told = (text: string, design = '') => {
    const draft = read(kiro, file('a/requirements.md', text), file('a/design.md', design));
    return {
      requirements: draft.requirements.map((one) => [
        one.title,
        one.source,
        one.line,
        texts(one.statements),
        texts(one.criteria),
      ]),
      realises: draft.components.map((one) => [one.title, one.realises.map(({ title }) => title)]),
      left: draft.documents.flatMap((one) => one.leftOver()).map((one) => one.text),
    };
  };
  const requirements =
    '# Requirements\n\n### Requirement 1: Albums\n\n**User Story:** As I.\n\n#### Acceptance Criteria\n\n1. WHEN a THEN b\n2. More\n\n#### Notes\n\nA note.\n\n### Anforderung 12 - Suche\n\n**Acceptance Criteria**\n\n- x\n\n### 要件3\n\n```\ncode\n```\n';

  it('has its requirements in any language, with their stories and criteria', () => {
    expect(told(requirements)).toEqual({
      requirements: [
        ['Albums', 'Requirement 1', 3, ['**User Story:** As I.', 'A note.'], ['WHEN a THEN b', 'More']],
        ['Suche', 'Anforderung 12', 16, [], ['x']],
        ['要件3', '要件3', 22, [], []],
      ],
      realises: [],
      left: ['#### Notes', '```\ncode\n```'],
    });
  });

  it.each([
    ['Requirements: 1.1, 3', ['Albums', '要件3']],
    ['_Requirements 12.4_', ['Suche']],
    ['requirement 2 – 12', ['Suche']],
    ['要件：3', ['要件3']],
    ['需求 1、12', ['Albums', 'Suche']],
    ['It meets requirement number 1', []],
    ['Version 1', []],
  ])('has components that realise what %j names: %j', (text, titles) => {
    const { realises } = told(requirements, `# Design\n\n## Components\n\n### Store\n\n${text}\n`);
    expect(realises).toEqual([['Store', titles]]);
  });
});

describe('needs, risks and decisions in tables', () => {
  const specification = (text: string) => read(itential, file('customer-spec.md', text));

  it('have what the table says, and what it does not say is told apart', () => {
    const head = '| Capability | Required | If not available | Purpose |\n|---|---|---|---|\n';
    const { capabilities } = specification(
      `## Capabilities\n\n${head}| A | yes | stop | run |\n| B | no | | |\n| C | perhaps | | |\n| | yes | | |\n`,
    );
    expect(capabilities).toEqual([
      {
        title: 'A',
        required: true,
        requiredInferred: false,
        ifNot: 'stop',
        purpose: 'run',
        path: 'customer-spec.md',
        line: 3,
      },
      {
        title: 'B',
        required: false,
        requiredInferred: false,
        ifNot: '',
        purpose: '',
        path: 'customer-spec.md',
        line: 6,
      },
      { title: 'C', required: true, requiredInferred: true, ifNot: '', purpose: '', path: 'customer-spec.md', line: 7 },
    ]);
    const named = (header: string) =>
      specification(`## Capabilities\n\n| Capability | ${header} |\n|---|---|\n| A | x y |\n`).capabilities[0]!;
    expect(['Fallback', 'Otherwise', 'What if not'].map((one) => named(one).ifNot)).toEqual(['x y', 'x y', '']);
    expect(['Used for', 'Why', 'The purpose'].map((one) => named(one).purpose)).toEqual(['x y', 'x y', '']);
  });

  it('have risks with their mitigation, from a table or an arrow', () => {
    const risks = (body: string) =>
      specification(`## Risks\n\n${body}\n`).risks.map(({ title, mitigation }) => [title, mitigation]);
    expect(risks('| Risk | Response |\n|---|---|\n| Fire | Water |\n| | Nothing |')).toEqual([['Fire', 'Water']]);
    expect(risks('| Risk | No mitigation |\n|---|---|\n| Fire | Water |')).toEqual([['Fire', '']]);
    expect(risks('- [Fire] → Water\n- Flood => Sand\n- Storm -> Wait\n- Theft Mitigation: Lock\n- Frost')).toEqual([
      ['Fire', 'Water'],
      ['Flood', 'Sand'],
      ['Storm', 'Wait'],
      ['Theft', 'Lock'],
      ['Frost', ''],
    ]);
  });

  it('have decisions with a choice and a rationale nested in an item', () => {
    const design = (body: string) =>
      read(openspec, file('design.md', `## Decisions\n\n${body}\n`)).decisions.map((one) => [
        one.title,
        one.choice,
        one.rationale,
      ]);
    expect(design('- **Decision: Push**\n  - **Choice**: webhook\n  - Reason: fast')).toEqual([
      ['Push', 'webhook', 'fast'],
    ]);
    expect(design('- Store\n  - Selected approach: files\n  - **Why**: simple')).toEqual([
      ['Store', 'files', 'simple'],
    ]);
    expect(design('- Our decision: x\n  - Choice: a\n  - Rationale: b')).toEqual([['Our decision: x', 'a', 'b']]);
    expect(design('- Store\n  - Choice: files')).toEqual([]);
    expect(design('- Store\n  - Reason: simple')).toEqual([]);
    expect(design('- Choice: a\n- Reason: b')).toEqual([]);
  });

  it('have components with what the table says of them', () => {
    const head = '| # | Component | Type | Action |\n|---|---|---|---|\n';
    const { components } = read(
      openspec,
      file(
        'design.md',
        `## Component Inventory\n\n${head}| 1 | Writer \`src/w.py\` | script | Reuse it |\n| 2 | Reader | role | |\n| 3 | Gone | | |\n`,
      ),
    );
    expect(components.map((one) => [one.kind, one.action, one.actionInferred, one.paths, one.line])).toEqual([
      ['script', 'reuse', false, ['src/w.py'], 3],
      ['role', 'build', true, [], 6],
    ]);
  });
});

describe('a change of OpenSpec', () => {
  const change = (text: string) => read(openspec, file('c/specs/audit/spec.md', text));

  it('says of each requirement how it changes, up to the next heading of a section', () => {
    const text =
      '# Audit Specification\n\n## Purpose\n\nTo see.\n\n## ADDED Requirements\n\n### Requirement: A\n\nIt shall.\n\n#### Scenario: S\n\n- **WHEN** x\n\n```\ncode\n```\n\n## Others\n\n### Requirement: B\n\n## REMOVED Requirements\n\n### Requirement: C\n\nOld.\n\n```\nkept\n```\n';
    const { requirements, removed, goal, title, documents } = change(text);
    expect(title).toBe('Audit');
    expect(texts(goal)).toEqual(['To see.']);
    expect(requirements.map((one) => [one.title, one.change, one.source])).toEqual([
      ['A', 'added', 'audit: A'],
      ['B', undefined, 'audit: B'],
    ]);
    expect(requirements[0]!.criteria).toMatchObject([{ text: 'S', steps: ['**WHEN** x'] }]);
    expect(texts(removed)).toEqual(['**C** Old.']);
    expect(documents[0]!.leftOver().map((one) => one.text)).toEqual(['```\ncode\n```\n\n## Others', '```\nkept\n```']);
  });

  it('has its title from its proposal', () => {
    const named = (text: string) => read(openspec, file('c/proposal.md', text)).title;
    expect(named('# Change: Faster\n')).toBe('Faster');
    expect(named('# Proposal: Faster\n')).toBe('Faster');
    expect(named('# A Change: Faster\n')).toBe('A Change: Faster');
    expect(named('text\n')).toBe('unit');
  });
});

describe('a design that comes first', () => {
  const first = (path: string, text: string) => designFirst.read({ name: path, files: [file(path, text)] });

  it.each([
    ['# Design: Cache\n', 'Cache'],
    ['# Technical Design Document – Cache\n', 'Cache'],
    ['# Solution design\n', 'plan'],
    ['# Cache design\n', 'Cache design'],
    ['text\n', 'plan'],
  ])('%j is called %j', (text, title) => expect(first('docs/plan.md', text).title).toBe(title));

  it('obliges by sentences of paragraphs and items, and by no others', () => {
    const text = 'It must run.\n\n- It shall end. It is small.\n\n> It must be quoted.\n\n# It must head\n';
    expect(first('plan.md', text).requirements.map((one) => [one.line, one.statements[0]!.text, one.source])).toEqual([
      [1, 'It must run.', 'sentence of the design'],
      [3, 'It shall end.', 'sentence of the design'],
    ]);
  });

  it('obliges to what each of its components is there for', () => {
    const { requirements, components } = first('plan.md', '## Components\n\n### The `store`\n\nIt keeps.\n');
    expect(requirements).toEqual(components[0]!.realises);
    expect(requirements[0]).toMatchObject({
      title: 'The store',
      source: 'component of the design',
      line: 3,
      statements: [{ text: 'THE SYSTEM SHALL do what the component "The store" is there for.' }],
    });
  });
});
