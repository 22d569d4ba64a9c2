import type { Draft, DraftCheck, DraftComponent, DraftCriterion, DraftRequirement } from './contract.ts';
import { fenced, item, oneLine, place } from './safe-text.ts';

/**
 * design.md of an import, without what was left over; undefined where the source names no component. What the format needs
 * and the source does not say is filled in and marked: paths, a check for each criterion, who realises the rest.
 */
export function renderDesign(draft: Draft): string | undefined {
  if (draft.components.length === 0) return undefined;
  const requirementIds = new Map(draft.requirements.map((one, at) => [one, `REQ-${at + 1}`]));
  const criteria = draft.requirements.flatMap((one, at) =>
    (one.criteria.length > 0 ? one.criteria : [undefined]).map((criterion, index) => ({
      id: `AC-${at + 1}.${index + 1}`,
      criterion,
    })),
  );
  // A draft without requirements gets one in requirements.md.
  const all = criteria.length > 0 ? criteria : [{ id: 'AC-1.1', criterion: undefined }];
  const components = complete(draft);
  const sections = [
    `---\ncountersign: design/1\ntitle: ${JSON.stringify(draft.title)}\n---`,
    `## Decisions\n\n${draft.decisions.map(decision).join('\n\n')}`.trimEnd(),
    `## Components\n\n${components.map((one, at) => component(one, at, requirementIds)).join('\n\n')}`,
    `## Verification\n\n${checks(draft, components, all).join('\n\n')}`,
    ...configuration(draft),
    `## Rollback\n\n${draft.rollback.length > 0 ? draft.rollback.map((one) => item(one.text)).join('\n') : 'The source does not say how to get back. (inferred: nothing was found)'}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** Every requirement is realised by something; what the source assigns to nothing stands in a component of its own. */
function complete(draft: Draft): DraftComponent[] {
  const realised = new Set(draft.components.flatMap((one) => one.realises));
  const rest = draft.requirements.filter((one) => !realised.has(one));
  const [only] = draft.components;
  if (rest.length === 0 && draft.requirements.length > 0) return draft.components;
  if (draft.components.length === 1 && only !== undefined && only.action !== 'skip')
    return [{ ...only, realises: [...only.realises, ...rest] }];
  const path = only?.path ?? '';
  return [
    ...draft.components,
    {
      title: 'What the source assigns to no component',
      kind: 'unknown',
      action: 'build',
      actionInferred: true,
      realises: rest,
      paths: [],
      statements: [],
      path,
      line: only?.line ?? 1,
    },
  ];
}

const isBuilt = (one: DraftComponent) => one.action === 'build' || one.action === 'adopt';

function component(one: DraftComponent, at: number, requirementIds: ReadonlyMap<DraftRequirement, string>): string {
  const realises = one.realises.flatMap((requirement) => requirementIds.get(requirement) ?? []);
  const named = realises.length > 0 ? realises : requirementIds.size === 0 && at === 0 ? ['REQ-1'] : [];
  const notes = [
    ...(one.actionInferred ? ['Action (inferred: the source does not say)'] : []),
    ...(isBuilt(one) && one.paths.length === 0 ? ['Paths (inferred: the source names none)'] : []),
  ];
  return [
    `### CMP-${at + 1}: ${oneLine(one.title)}`,
    '',
    `- Kind: ${oneLine(one.kind)}`,
    `- Action: ${one.action}`,
    ...(named.length > 0 ? [`- Realises: ${named.join(', ')}`] : []),
    ...(isBuilt(one)
      ? [`- Paths: ${(one.paths.length > 0 ? one.paths : [`${slug(one.title)}-${at + 1}/`]).join(', ')}`]
      : []),
    `- Source: ${place(one.path, one.line)}`,
    ...notes.map((note) => `- Concluded: ${note}`),
    ...(one.statements.length > 0 ? ['', ...one.statements.map((said) => prose(said.text))] : []),
  ].join('\n');
}

/** As an item of one line with what follows indented: nothing in it is taken for a field of the component. */
const prose = (text: string) => item(`Source text: ${text}`);

const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40) || 'component';

function decision(one: Draft['decisions'][number], at: number): string {
  return [
    `### DEC-${at + 1}: ${oneLine(one.title)}`,
    '',
    `- Choice: ${oneLine(one.choice, 600)}`,
    `- Rationale: ${oneLine(one.rationale, 600) || 'not said (inferred: the source gives none)'}`,
    `- Source: ${place(one.path, one.line)}`,
  ].join('\n');
}

interface Known {
  id: string;
  criterion: DraftCriterion | undefined;
}

/** The checks of the source, then one for what they leave: a person looks, until somebody writes a better one. */
function checks(draft: Draft, components: readonly DraftComponent[], criteria: readonly Known[]): string[] {
  const known = new Map(
    criteria.flatMap(({ id, criterion }) => (criterion === undefined ? [] : [[criterion, id] as const])),
  );
  const verified = new Set<string>();
  const blocks: string[] = [];
  const add = (title: string, fields: readonly string[], body: string) =>
    blocks.push(`### CHK-${blocks.length + 1}: ${oneLine(title)}\n\n${fields.join('\n')}\n\n${body}`);
  for (const check of draft.checks) {
    const ids = check.criteria.flatMap((criterion) => known.get(criterion) ?? []);
    for (const id of ids) verified.add(id);
    add(
      check.title,
      [ids.length > 0 ? `- Criterion: ${ids.join(', ')}` : '- Component: CMP-1', ...how(check)],
      body(check),
    );
  }
  const open = criteria.filter(({ id }) => !verified.has(id));
  for (const { id } of open)
    add(
      `${id} is seen`,
      [`- Criterion: ${id}`, '- Method: manual'],
      `A person does what ${id} says and sees that it holds. (inferred: the source has no check)`,
    );
  components.forEach((one, at) => {
    if (!isBuilt(one)) return;
    add(
      `CMP-${at + 1} works`,
      [`- Component: CMP-${at + 1}`, '- Method: manual'],
      `A person starts CMP-${at + 1} and sees that it does its part. (inferred: the source has no check)`,
    );
  });
  return blocks;
}

function how(check: DraftCheck): string[] {
  const source = `- Source: ${place(check.path, check.line)}`;
  return check.method === 'command' ? ['- Method: command', '- Expect: exit 0', source] : ['- Method: manual', source];
}

const body = (check: DraftCheck) =>
  check.method === 'command' ? fenced(check.text, 'sh') : item(`Look: ${check.text}`);

function configuration(draft: Draft): string[] {
  if (draft.configuration.length === 0) return [];
  const rows = draft.configuration.map(({ name, required, format, fallback, secret, meaning }) =>
    [
      name,
      required ? 'yes' : 'no',
      oneLine(format),
      oneLine(fallback),
      secret ? 'yes' : 'no',
      oneLine(meaning, 300),
    ].join(' | '),
  );
  const head = '| Name | Required | Format | Default | Secret | Meaning |\n| --- | --- | --- | --- | --- | --- |';
  return [`## Configuration\n\n${head}\n${rows.map((row) => `| ${row} |`).join('\n')}`];
}
