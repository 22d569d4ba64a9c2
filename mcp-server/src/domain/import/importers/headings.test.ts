import { describe, expect, it } from 'vitest';
import type { Draft, Importer } from '../contract.ts';
import { itential } from './itential.ts';
import { kiro } from './kiro.ts';
import { openspec } from './openspec.ts';
import { specApply } from './spec-apply.ts';
import { specKit } from './spec-kit.ts';

/** Which lists of a draft have something, and what of it comes from a sentence with `word` in it. */
function placesOf(draft: Draft, word: string): string[] {
  return Object.entries(draft)
    .filter(([name, list]) => name !== 'documents' && Array.isArray(list) && JSON.stringify(list).includes(word))
    .map(([name]) => name);
}

/** Where an importer puts what stands below a heading in one of its files. */
function placed(importer: Importer, path: string, heading: string, body: string): string[] {
  const files = [{ path, text: `# Title\n\n## ${heading}\n\n${body}\n` }];
  return placesOf(importer.read({ name: 'unit', files }), 'zebra');
}

const PROSE = 'A zebra.';
const ITEM = '- A zebra.';
const CHILD = '### A zebra\n\nIt does something.';
const table = (...header: string[]) =>
  `| ${header.join(' | ')} |\n|${'---|'.repeat(header.length)}\n|${' zebra |'.repeat(header.length)}`;

type Row = [heading: string, body: string, places: string[]];

describe.each<[Importer, string, Row[]]>([
  [
    itential,
    'customer-spec.md',
    [
      ['Problem', PROSE, ['problem']],
      ['1. Problem Statement', PROSE, ['problem']],
      ['The Problem', PROSE, []],
      ['Problem owner', PROSE, []],
      ['Goal', PROSE, ['goal']],
      ['Goals', PROSE, ['goal']],
      ['Objective', PROSE, ['goal']],
      ['Objectives of it', PROSE, ['goal']],
      ['Outcome', PROSE, ['goal']],
      ['No Goals', PROSE, []],
      ['Goalless', PROSE, []],
      ['In Scope', PROSE, ['inScope']],
      ['In-Scope', PROSE, ['inScope']],
      ['Not In Scope', PROSE, []],
      ['Out of Scope', PROSE, ['outOfScope']],
      ['Out-of-Scope', PROSE, ['outOfScope']],
      ['Far Out of Scope', PROSE, []],
      ['Capabilities', table('Capability'), ['capabilities']],
      ['Capabilities', table('No capability'), []],
      ['Missing Capabilities', table('Capability'), []],
      ['Integrations', table('System'), ['systems']],
      ['Integrations', table('Integration'), ['systems']],
      ['Integrations', table('The system'), []],
      ['Old Integrations', table('System'), []],
      ['Discovery Questions', ITEM, ['questions']],
      ['Discovery Questions', table('Question'), ['questions']],
      ['Discovery Questions', table('A question'), []],
      ['More Discovery Questions', ITEM, []],
      ['More Discovery Questions', table('Question'), []],
      ['Design Decisions', ITEM, ['constraints']],
      ['Key Design Decisions', ITEM, ['constraints']],
      ['Key Design Decisions', table('Decision', 'Choice'), ['constraints']],
      ['Other Design Decisions', ITEM, []],
      ['Risks', ITEM, ['risks']],
      ['Other Risks', ITEM, []],
      ['Phases', CHILD, ['requirements']],
      ['Workflow Phases', CHILD, ['requirements']],
      ['Other Phases', CHILD, []],
      ['Acceptance Criteria', ITEM, ['requirements']],
      ['Acceptance Criteria', table('Criteria'), ['requirements']],
      ['Acceptance Criteria', table('Acceptance'), ['requirements']],
      ['Acceptance Criteria', table('Description'), ['requirements']],
      ['Acceptance Criteria', table('No description'), []],
      ['Other Acceptance Criteria', ITEM, []],
    ],
  ],
  [
    specApply,
    'spec.md',
    [
      ['Problem', PROSE, ['problem']],
      ['Why', PROSE, ['problem']],
      ['Context of it', PROSE, ['problem']],
      ['Motivation', PROSE, ['problem']],
      ['Background', PROSE, ['problem']],
      ['A problem', PROSE, []],
      ['Whyever', PROSE, []],
      ['Goal', PROSE, ['goal']],
      ['Goals', PROSE, ['goal']],
      ['Intent', PROSE, ['goal']],
      ['Purpose', PROSE, ['goal']],
      ['Overview', PROSE, ['goal']],
      ['Summary', PROSE, ['goal']],
      ['Description', PROSE, ['goal']],
      ['Objectives', PROSE, ['goal']],
      ['No goal', PROSE, []],
      ['In scope', PROSE, ['inScope']],
      ['Scope', PROSE, ['inScope']],
      ['Another scope', PROSE, []],
      ['Out of scope', PROSE, ['outOfScope']],
      ['Non-goals', PROSE, ['outOfScope']],
      ['Non-goal', PROSE, ['outOfScope']],
      ['Our non-goals', PROSE, []],
      ['Configuration', table('Name'), ['configuration']],
      ['Environment', table('Name'), ['configuration']],
      ['Input', table('Name'), ['configuration']],
      ['Inputs', table('Name'), ['configuration']],
      ['Parameters', table('Name'), ['configuration']],
      ['Settings', table('Name'), ['configuration']],
      ['Other inputs', table('Name'), []],
      ['Risk', ITEM, ['risks']],
      ['Risks', ITEM, ['risks']],
      ['No risks', ITEM, []],
      ['Constraint', ITEM, ['constraints']],
      ['Constraints', ITEM, ['constraints']],
      ['Assumption', ITEM, ['constraints']],
      ['Assumptions', ITEM, ['constraints']],
      ['Other assumptions', ITEM, []],
      ['Questions', ITEM, ['questions']],
      ['Question', ITEM, ['questions']],
      ['Open questions', ITEM, ['questions']],
      ['Old questions', ITEM, []],
      ['Requirements', ITEM, ['requirements']],
      ['Behaviour', PROSE, ['requirements']],
      ['Behavior', PROSE, ['requirements']],
      ['Functional requirements', ITEM, ['requirements']],
      ['Functionality', ITEM, ['requirements']],
      ['Feature', CHILD, ['requirements']],
      ['Specification', ITEM, ['requirements']],
      ['What it does', ITEM, ['requirements']],
      ['Must', ITEM, ['requirements']],
      ['Rules', ITEM, ['requirements']],
      ['Other rules', ITEM, []],
      ['Acceptance', ITEM, ['requirements']],
      ['Acceptance criteria', ITEM, ['requirements']],
      ['Done when', ITEM, ['requirements']],
      ['Success criteria', ITEM, ['requirements']],
      ['No acceptance', ITEM, []],
      ['Anything else', PROSE, []],
    ],
  ],
  [
    specKit,
    'spec.md',
    [
      ['Functional Requirements', ITEM, ['requirements']],
      ['Other Functional Requirements', ITEM, []],
      ['Non-Functional Requirements', ITEM, ['requirements']],
      ['Measurable Outcomes', ITEM, ['goal']],
      ['Success Criteria', ITEM, ['goal']],
      ['Other Success Criteria', ITEM, []],
      ['Edge Cases', ITEM, ['questions']],
      ['More Edge Cases', ITEM, []],
      ['Out of Scope', ITEM, ['outOfScope']],
      ['Far Out of Scope', ITEM, []],
      ['Assumptions', ITEM, ['constraints']],
      ['Dependencies', ITEM, ['constraints']],
      ['Constraints', ITEM, ['constraints']],
      ['Other Constraints', ITEM, []],
    ],
  ],
  [
    openspec,
    'proposal.md',
    [
      ['Why', PROSE, ['problem']],
      ['Why not', PROSE, []],
      ['Not Why', PROSE, []],
      ['What Changes', PROSE, ['goal']],
      ['What Changes here', PROSE, []],
      ['And What Changes', PROSE, []],
      ['Non-Goals', PROSE, ['outOfScope']],
      ['Out of Scope', PROSE, ['outOfScope']],
      ['Far Out of Scope', PROSE, []],
      ['Out of Scope here', PROSE, []],
    ],
  ],
  [
    kiro,
    'requirements.md',
    [
      ['Introduction', PROSE, ['problem']],
      ['Overview', PROSE, ['problem']],
      ['概要', PROSE, ['problem']],
      ['Project Description (Input)', PROSE, ['problem']],
      ['The Introduction', PROSE, []],
      ['Requirement 1: A zebra', '1. It runs.', ['requirements']],
      ['Anforderung 12 - A zebra', '1. It runs.', ['requirements']],
      ['Requirement: A zebra', '1. It runs.', []],
    ],
  ],
])('a section that $format reads', (importer, path, rows) => {
  it.each(rows)('of the heading %j with %j goes to %j', (heading, body, places) => {
    expect(placed(importer, path, heading, body)).toEqual(places);
  });
});

/** A design, as each of the formats has one in a file of its own. */
describe('a section of a design', () => {
  it.each<Row>([
    ['Goals', PROSE, ['goal']],
    ['Goal', PROSE, ['goal']],
    ['Objectives', PROSE, ['goal']],
    ['Goals of it', PROSE, []],
    ['Non-Goals', PROSE, ['outOfScope']],
    ['Non Goal', PROSE, ['outOfScope']],
    ['Out of scope', PROSE, ['outOfScope']],
    ['Our non-goals', PROSE, []],
    ['Rollback', PROSE, ['rollback']],
    ['Roll back', PROSE, ['rollback']],
    ['Backout plan', PROSE, ['rollback']],
    ['Recovery plan', PROSE, ['rollback']],
    ['No rollback', PROSE, []],
    ['Configuration', table('Variable'), ['configuration']],
    ['Environment variables', table('Variable'), ['configuration']],
    ['Our configuration', table('Variable'), []],
    ['Questions', ITEM, ['questions']],
    ['Open question', ITEM, ['questions']],
    ['Old questions', ITEM, []],
    ['Risks', table('Risk', 'Mitigation'), ['risks']],
    ['Risk', ITEM, ['risks']],
    ['Risks', table('Other risk'), []],
    ['No risks', ITEM, []],
    ['Decisions', table('Decision', 'Choice'), ['decisions']],
    ['Design decision', table('Topic', 'Value'), ['decisions']],
    ['Key Design Decisions', table('Question', 'Outcome'), ['decisions']],
    ['Decisions', table('Decision'), []],
    ['Decisions', table('Choice'), []],
    ['Decisions and more', table('Decision', 'Choice'), []],
    ['Components', CHILD, ['components']],
    ['Modules', CHILD, ['components']],
    ['コンポーネント一覧', CHILD, ['components']],
    ['Componentwise', CHILD, []],
    ['Our components', CHILD, []],
    ['Components', '### Overview\n\nA zebra.', []],
    ['Components', '### Interfaces\n\nA zebra.', []],
    ['Component Inventory', table('Component', 'Type'), ['components']],
    ['Inventory', table('Asset', 'Kind'), ['components']],
    ['Inventory', table('Name'), []],
  ])('of the heading %j with %j goes to %j', (heading, body, places) => {
    expect(placed(openspec, 'design.md', heading, body)).toEqual(places);
  });
});
