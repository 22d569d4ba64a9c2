import * as z from 'zod';
import { readSettings } from '../build/check-settings.ts';
import type { Finding } from '../finding.ts';
import { idsIn } from '../ids.ts';
import { blocksOf, type Entry } from './entries.ts';
import { allFieldsOf, type Field, fieldsOf, listValue } from './fields.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Code, codeOf, type Outline, outline, sectionOf, tablesOf } from './markdown.ts';

const frontSchema = z.strictObject({ title: z.string().optional(), scope: z.string().optional() });

export const ACTIONS = ['build', 'reuse', 'adopt', 'skip'] as const;
export type Action = (typeof ACTIONS)[number];

export const METHODS = ['command', 'inspection', 'manual', 'not-testable'] as const;
export type Method = (typeof METHODS)[number];

export interface Component extends Entry {
  fields: ReadonlyMap<string, Field>;
  kind: string;
  action: Action | undefined;
  rawAction: string;
  dependsOn: string[];
  realises: string[];
  /** Path patterns relative to the project: a file, a folder with a trailing slash, or a glob. */
  paths: string[];
}

export interface Check extends Entry {
  fields: ReadonlyMap<string, Field>;
  criteria: string[];
  method: Method | undefined;
  rawMethod: string;
  command: Code | undefined;
  expect: { text: string; line: number }[];
  /** The component it verifies, where the criterion alone does not say. */
  component: string | undefined;
  reason: string;
  settings: ReturnType<typeof readSettings>;
}

export interface Binding {
  role: string;
  system: string;
  line: number;
}

export interface Design {
  path: string;
  doc: Outline;
  front: z.infer<typeof frontSchema> | undefined;
  findings: Finding[];
  decisions: Entry[];
  bindings: Binding[];
  components: Component[];
  checks: Check[];
}

/** Reads design.md. Total, as all readers are. */
export function readDesign(text: string, path = 'design.md'): Design {
  const doc = outline(text);
  const front = readFrontMatter(doc, path, 'design/1', frontSchema);
  return {
    path,
    doc,
    front: front.value,
    findings: front.findings,
    decisions: blocksOf(doc, 'Decisions', 'DEC'),
    bindings: readBindings(doc),
    components: blocksOf(doc, 'Components', 'CMP').map(readComponent),
    checks: blocksOf(doc, 'Verification', 'CHK').map(readCheck),
  };
}

function readBindings(doc: Outline): Binding[] {
  const section = sectionOf(doc, 'Bindings');
  return (section === undefined ? [] : tablesOf(section)).flatMap((table) =>
    table.rows.map((row) => ({
      role: row.cells.get('role')?.text ?? '',
      system: row.cells.get('system')?.text ?? '',
      line: row.line,
    })),
  );
}

function readComponent(entry: Entry): Component {
  const fields = fieldsOf(entry.block!);
  const rawAction = fields.get('action')?.value ?? '';
  return {
    ...entry,
    fields,
    kind: fields.get('kind')?.value ?? '',
    action: ACTIONS.find((one) => one === rawAction.toLowerCase()),
    rawAction,
    dependsOn: ids(fields.get('depends on'), 'CMP'),
    realises: ids(fields.get('realises'), 'REQ'),
    paths: listValue(fields.get('paths')),
  };
}

function readCheck(entry: Entry): Check {
  const fields = fieldsOf(entry.block!);
  const rawMethod = fields.get('method')?.value ?? '';
  return {
    ...entry,
    fields,
    criteria: ids(fields.get('criterion') ?? fields.get('criteria'), 'AC'),
    method: METHODS.find((one) => one === rawMethod.toLowerCase()),
    rawMethod,
    command: codeOf(entry.block!)[0],
    // A check may promise several things, each on a line of its own: all of them have to hold.
    expect: allFieldsOf(entry.block!)
      .filter((field) => field.key === 'expect')
      .flatMap((field) => field.values.map((text, at) => ({ text, line: field.valueLines[at]! }))),
    component: ids(fields.get('component'), 'CMP')[0],
    reason: fields.get('reason')?.value ?? '',
    settings: readSettings(fields),
  };
}

function ids(field: Field | undefined, prefix: string): string[] {
  return idsIn((field?.values ?? []).join(' ')).filter((id) => id.startsWith(`${prefix}-`));
}
