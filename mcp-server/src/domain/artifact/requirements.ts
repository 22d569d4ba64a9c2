import * as z from 'zod';
import type { Finding } from '../finding.ts';
import { RISKS } from '../policy/demand.ts';
import { TRACKS } from '../stage.ts';
import { blocksOf, type Entry, entriesOf, listEntries } from './entries.ts';
import { fieldsOf, inferredBy, yesNo } from './fields.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Outline, outline, type Paragraph, paragraphsOf, sectionOf, tablesOf } from './markdown.ts';
import { type Question, questionsOf } from './questions.ts';

const frontSchema = z.strictObject({
  title: z.string().min(1),
  owner: z.string().min(1),
  risk: z.enum(RISKS).default('standard'),
  track: z.enum(TRACKS).optional(),
  refs: z.array(z.string()).default([]),
  'depends-on': z.array(z.string()).default([]),
  template: z.string().optional(),
});

/** A capability the platform has to offer, or a system that plays a role. */
export interface Need extends Entry {
  required: boolean | undefined;
  /** Where it says so, or fails to; undefined where it does not mention it. */
  requiredLine: number | undefined;
  ifNot: string;
  purpose: string;
}

export interface Criterion extends Entry {
  inferred: string | undefined;
}

export interface Requirement extends Entry {
  statements: Paragraph[];
  criteria: Criterion[];
  inferred: string | undefined;
}

export interface Limit {
  name: string;
  value: string;
  line: number;
}

export interface Requirements {
  path: string;
  doc: Outline;
  front: z.infer<typeof frontSchema> | undefined;
  /** What is wrong with the front matter. */
  findings: Finding[];
  capabilities: Need[];
  systems: Need[];
  requirements: Requirement[];
  risks: Entry[];
  limits: Limit[];
  constraints: Entry[];
  questions: Question[];
}

/** Reads requirements.md. Total: what is missing is empty, what is wrong is for the rules to say. */
export function readRequirements(text: string, path = 'requirements.md'): Requirements {
  const doc = outline(text);
  const front = readFrontMatter(doc, path, 'requirements/1', frontSchema);
  return {
    path,
    doc,
    front: front.value,
    findings: front.findings,
    capabilities: blocksOf(doc, 'Capabilities', 'CAP').map(readCapability),
    systems: readSystems(doc),
    requirements: blocksOf(doc, 'Requirements', 'REQ').map(readRequirement),
    risks: blocksOf(doc, 'Risks', 'RSK'),
    limits: readLimits(doc),
    constraints: entriesOf(doc, 'Constraints', 'CON'),
    questions: questionsOf(doc, 'Questions'),
  };
}

function readCapability(entry: Entry): Need {
  const fields = entry.block === undefined ? new Map() : fieldsOf(entry.block);
  return {
    ...entry,
    required: yesNo(fields.get('required')?.value),
    requiredLine: fields.get('required')?.line,
    ifNot: fields.get('if not available')?.value ?? '',
    purpose: '',
  };
}

function readSystems(doc: Outline): Need[] {
  const section = sectionOf(doc, 'Systems');
  if (section === undefined) return [];
  return tablesOf(section).flatMap((table) =>
    table.rows.flatMap((row) => {
      const cell = (name: string) => row.cells.get(name)?.text ?? '';
      return [
        {
          id: cell('id'),
          title: cell('system'),
          line: row.line,
          block: undefined,
          required: yesNo(cell('required')),
          requiredLine: row.line,
          ifNot: cell('if not available'),
          purpose: cell('purpose'),
        },
      ];
    }),
  );
}

function readRequirement(entry: Entry): Requirement {
  const block = entry.block!;
  const statements = paragraphsOf(block);
  return {
    ...entry,
    statements,
    criteria: listEntries(block, 'AC').map((criterion) => ({ ...criterion, inferred: inferredBy(criterion.title) })),
    inferred: inferredBy(entry.title) ?? statements.map((one) => inferredBy(one.text)).find((one) => one !== undefined),
  };
}

function readLimits(doc: Outline): Limit[] {
  const section = sectionOf(doc, 'Limits');
  if (section === undefined) return [];
  return tablesOf(section).flatMap((table) =>
    table.rows.map((row) => ({
      name: row.cells.get('limit')?.text ?? '',
      value: row.cells.get('value')?.text ?? '',
      line: row.line,
    })),
  );
}

/** Every id that requirements.md declares, kind by kind. */
export function declaredIds(requirements: Requirements): Entry[] {
  return [
    ...requirements.capabilities,
    ...requirements.systems,
    ...requirements.requirements.flatMap((requirement) => [requirement, ...requirement.criteria]),
    ...requirements.risks,
    ...requirements.constraints,
    ...requirements.questions,
  ];
}
