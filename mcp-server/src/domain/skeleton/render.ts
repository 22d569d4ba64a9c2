import type { Feasibility } from '../artifact/feasibility.ts';
import type { Criterion, Requirements } from '../artifact/requirements.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { contractOf } from '../feasibility/stub-contract.ts';
import type { Bound, Part, Plan } from './plan.ts';

/** design.md of a plan. What nothing but the plan says is marked as inferred, so that an approval lists it. */
export function renderSkeleton(
  { medium, others, bound, parts }: Plan,
  requirements: Requirements,
  feasibility: Feasibility,
  facts: readonly PlatformFact[],
): string {
  const built = parts.filter(({ action }) => action === 'build');
  const sections = [
    '---\ncountersign: design/1\n---',
    `# Design: ${requirements.front?.title ?? 'untitled'}`,
    '## Environment',
    environment(bound),
    '## Decisions',
    decision(
      medium.name,
      medium.fact,
      others.map(({ name }) => name),
    ),
    ...constraints(requirements, feasibility),
    '## Bindings',
    table(
      ['Role', 'System', 'Adapter', 'Version'],
      bound
        .filter(({ need }) => need.id.startsWith('SYS-'))
        .map(({ need, fact, stated, status, client }) => [
          need.title,
          fact?.outcome === 'present' ? fact.id : stated !== undefined ? `stated by ${stated}` : status,
          client?.id ?? '',
          fact?.version ?? '',
        ]),
    ),
    '## Components',
    ...parts.map(component),
    '## Interfaces',
    interfaces(bound, requirements),
    '## Flow',
    flow(parts),
    '## Failure modes',
    ...failures(bound, requirements),
    '## Verification',
    ...checks(parts, medium),
    '## Configuration',
    table(
      ['Name', 'Required', 'Format', 'Default', 'Secret', 'Meaning'],
      requirements.limits.map(({ name, value }) => [
        variable(name),
        'no',
        'as in Limits',
        value,
        'no',
        `limit ${name}`,
      ]),
    ),
    '## Rollback',
    built
      .map(({ id, title }) => `- ${id}: take back what ${line(title)} changed (inferred: to be written before Build)`)
      .join('\n') || 'Nothing is built.',
    '## Environments',
    environments(facts),
  ];
  return `${sections.join('\n\n')}\n`;
}

function environment(bound: readonly Bound[]): string {
  return bound
    .map(({ need, status, fact, stated }) => {
      const from =
        fact === undefined ? (stated === undefined ? 'no evidence' : `stated:${stated}`) : `probe:${fact.id}`;
      return `- ${need.id} ${line(need.title)}: ${status} (${from})`;
    })
    .join('\n');
}

function decision(choice: string, fact: PlatformFact | undefined, others: readonly string[]): string {
  const why =
    fact === undefined
      ? 'the snapshot shows nothing else to write automation in'
      : `probe:${fact.id} is there and fits what the needs speak of`;
  return `### DEC-1: What the automation is written in\n\n- Choice: ${choice}\n- Rationale: ${why} (inferred: skeleton)\n- Alternatives: ${others.join(', ') || 'none here'}`;
}

/** Each constraint of the requirements and of feasibility gets a decision, so that none is forgotten. */
function constraints(requirements: Requirements, feasibility: Feasibility): string[] {
  return [...requirements.constraints, ...feasibility.constraints].map(
    ({ id, title }, at) =>
      `### DEC-${at + 2}: How ${id} is kept\n\n- Choice: open (inferred: skeleton)\n- Rationale: ${id}${title === '' ? '' : `: ${line(title)}`}`,
  );
}

function component({ id, title, kind, action, dependsOn, realises, path, note }: Part): string {
  const fields = [
    `- Kind: ${kind}`,
    `- Action: ${action}`,
    ...(dependsOn.length > 0 ? [`- Depends on: ${dependsOn.join(', ')}`] : []),
    ...(realises.length > 0 ? [`- Realises: ${realises.join(', ')}`] : []),
    ...(action === 'build' ? [`- Paths: \`${path}\`${checkPaths(realises, kind)}`] : []),
  ];
  return `### ${id}: ${line(title)}\n\n${fields.join('\n')}${note === '' ? '' : `\n\n${note}`}`;
}

/** The checks of a requirement lie with the component that is for it. */
const checkPaths = (realises: readonly string[], kind: string) =>
  kind === 'client' || kind === 'stub'
    ? ''
    : realises.map((id) => `, \`checks/ac-${id.slice('REQ-'.length)}.*.sh\``).join('');

function interfaces(bound: readonly Bound[], requirements: Requirements): string {
  const stubs = bound.filter(({ status }) => status === 'stub').map(({ need }) => contractOf(need, requirements));
  if (stubs.length === 0)
    return 'Each component takes its settings from Configuration and ends with an exit code (inferred: skeleton).';
  return stubs
    .map(
      ({ need, title, operations }) =>
        `Contract of the stub for ${need} (${line(title)}), which the real system has to meet:\n\n${operations.map((one) => `- ${line(one)}`).join('\n')}`,
    )
    .join('\n\n');
}

function flow(parts: readonly Part[]): string {
  const shown = parts.filter(({ action }) => action !== 'skip');
  const calls = shown.flatMap(({ id, dependsOn }) => dependsOn.map((on) => `  ${node(id)}->>${node(on)}: asks`));
  return [
    '```mermaid',
    'sequenceDiagram',
    ...shown.map(({ id, title }) => `  participant ${node(id)} as ${line(title).replace(/[;:#]/g, ' ')}`),
    ...calls,
    '```',
  ].join('\n');
}

const node = (id: string) => id.replace('-', '');

function failures(bound: readonly Bound[], requirements: Requirements): string[] {
  const gone = bound
    .filter(({ status }) => status !== 'skipped')
    .map(({ need }) => [
      `${line(need.title)} does not answer`,
      `the call to ${need.id} fails or times out`,
      line(need.ifNot) || 'stop and report',
    ]);
  const risks = requirements.risks.map(({ id, title }) => [
    `${id} ${line(title)}`,
    'open (inferred: skeleton)',
    'open (inferred: skeleton)',
  ]);
  return [...gone, ...risks].map(
    ([title, detection, response]) => `### ${title}\n\n- Detection: ${detection}\n- Response: ${response}`,
  );
}

/** One check a criterion, and one for each component that serves others. */
function checks(parts: readonly Part[], medium: Plan['medium']): string[] {
  const own = parts
    .filter(({ action, requirement }) => action === 'build' && requirement === undefined)
    .map(({ id, title, path }) => ({
      title: line(title),
      fields: [
        `- Component: ${id}`,
        '- Method: command',
        `- Expect: file ${path}${path.endsWith('/') ? 'README.md' : ''} exists`,
      ],
      command: `test -e ${path}`,
    }));
  const criteria = parts.flatMap(({ id, requirement }) =>
    (requirement?.criteria ?? []).map((one) => ({
      title: line(one.title).slice(0, 80),
      fields: [
        `- Criterion: ${one.id}`,
        `- Component: ${id}`,
        '- Method: command',
        '- Expect: exit 0',
        ...expectations(one),
      ],
      command: medium.check(one.id.toLowerCase()),
    })),
  );
  return [...own, ...criteria].map(
    ({ title, fields, command }, at) =>
      `### CHK-${at + 1}: ${title}\n\n${fields.join('\n')}\n\n\`\`\`sh\n${command}\n\`\`\``,
  );
}

/** What the criterion's examples show as output. */
function expectations({ nested = [] }: Criterion): string[] {
  return nested.flatMap((text) => {
    const output = /^Example:.{0,400}\boutput\s+`?([^`]{1,200})`?\s*$/is.exec(text)?.[1];
    return output === undefined ? [] : [`  - \`stdout contains ${line(output)}\``];
  });
}

/** Places that the snapshot knows; production is never assumed to be a sandbox. */
function environments(facts: readonly PlatformFact[]): string {
  const places = facts.filter(
    ({ id, kind, outcome }) => outcome === 'present' && (kind === 'inventory' || /^kubernetes\/[^/]+$/.test(id)),
  );
  if (places.length === 0) return '### Local\n\n- Kind: sandbox\n- Verify: the checks of this design';
  return places
    .slice(0, 10)
    .map(
      ({ id }) =>
        `### ${id}\n\n- Kind: protected (inferred: nobody called it a sandbox)\n- Overlay: open\n- Verify: the checks of this design`,
    )
    .join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const text = (cells: readonly string[]) => `| ${cells.map((one) => line(one).replace(/\|/g, '\\|')).join(' | ')} |`;
  return [text(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(text)].join('\n');
}

const variable = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
const line = (text: string) => text.replace(/\s+/g, ' ').trim();
