import { describe, expect, it } from 'vitest';
import { readFeasibility } from '../artifact/feasibility.ts';
import { type Need, readRequirements } from '../artifact/requirements.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import type { Bound, Part, Plan } from './plan.ts';
import { renderSkeleton } from './render.ts';

const REQUIREMENTS = readRequirements(`---
countersign: requirements/1
title: Zone file
owner: Ada
---

## Systems

| Id | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Name server | names | yes | stop and say so |
| SYS-2 | Ticket \\| desk | | no | |
| SYS-3 | Mail | | no | go on |
| SYS-4 | Vault | keeps secrets | no | ask |

## Requirements

### REQ-1: Write the zone

The system shall ask SYS-2 for the ticket.

- **AC-1.1** SYS-2 holds ${'a long '.repeat(12)}title
  - Example: zone \`a\` gives output \`serial 7\`
  - Example: what it puts in no place
  - The output \`x\`
- **AC-1.2** Twice is once

## Limits

| Limit | Value |
|---|---|
| Max. run-time | 5 min |

## Risks

### RSK-1: Stale caches

## Constraints

- **CON-1** no root
- **CON-2**
`);
const FEASIBILITY = readFeasibility('## Feasibility constraints\n\n- **FC-1** only in the lab\n');

const ansible: PlatformFact = { id: 'ansible', kind: 'system', outcome: 'present', version: '2.14' };
const bind: PlatformFact = { id: 'get/bind', kind: 'system', outcome: 'present', version: '9.18' };
const client: PlatformFact = { id: 'ansible/collection/dns', kind: 'client', outcome: 'present' };

const bound = (need: Need, more: Partial<Bound> = {}): Bound => ({
  need,
  status: 'unknown',
  fact: undefined,
  stated: undefined,
  client: undefined,
  ...more,
});
const part = (more: Partial<Part>): Part => ({
  id: 'CMP-1',
  title: 'Access',
  kind: 'client',
  action: 'build',
  dependsOn: [],
  realises: [],
  path: 'roles/access/',
  note: '',
  requirement: undefined,
  ...more,
});
const medium = (name: string, fact?: PlatformFact): Plan['medium'] => ({
  name,
  kind: 'role',
  path: (slug) => `roles/${slug}/`,
  check: (slug) => `sh checks/${slug}.sh`,
  fact,
});

const [names, tickets, mail, vault] = REQUIREMENTS.systems as [Need, Need, Need, Need];
const capability: Need = { ...names, id: 'CAP-1', title: 'Write\n  files', ifNot: '' };
const PLAN: Plan = {
  medium: medium('roles', ansible),
  others: [medium('charts'), medium('scripts')],
  bound: [
    bound(capability, { status: 'resolved', fact: ansible }),
    bound(names, { status: 'degraded', fact: bind, stated: 'Ada', client }),
    bound(tickets, { status: 'stub' }),
    bound(mail, { status: 'skipped', stated: 'Grace' }),
    bound(vault, { status: 'blocked', fact: { id: 'get/vault', outcome: 'absent' } }),
  ],
  parts: [
    part({ title: 'Access to  name server', action: 'reuse', note: 'Uses what is there.' }),
    part({ id: 'CMP-2', title: 'Stub of tickets', kind: 'stub', realises: ['REQ-1'], path: 'roles/stub/' }),
    part({ id: 'CMP-3', title: 'Access to mail', action: 'skip', path: 'x' }),
    part({
      id: 'CMP-4',
      title: 'Write; the: #zone',
      kind: 'workflow',
      dependsOn: ['CMP-1', 'CMP-2'],
      realises: ['REQ-1'],
      path: 'workflows/req-1.json',
      requirement: REQUIREMENTS.requirements[0]!,
    }),
    part({ id: 'CMP-5', title: 'Glue', kind: 'script', realises: ['REQ-2', 'REQ-3'], path: 'src/glue.sh' }),
  ],
  reuse: [],
};

/** The text below a heading of the second level, up to the next. */
const sectionIn = (text: string, title: string) =>
  new RegExp(`\\n## ${title}\\n\\n([^]*?)(?=\\n\\n## |\\n$)`).exec(text)?.[1];

describe('the skeleton of a design', () => {
  const facts: PlatformFact[] = [
    { id: 'kubernetes/lab', kind: 'system', outcome: 'present' },
    { id: 'kubernetes/lab/resources', kind: 'resource', outcome: 'present' },
    { id: 'kubernetes/gone', kind: 'system', outcome: 'absent' },
    { id: 'x/kubernetes/lab', kind: 'system', outcome: 'present' },
    { id: 'ansible/inventory/lab.ini', kind: 'inventory', outcome: 'present' },
    { id: 'ansible/inventory/no.ini', kind: 'inventory', outcome: 'denied' },
    ansible,
  ];
  const rendered = () => renderSkeleton(PLAN, REQUIREMENTS, FEASIBILITY, facts);
  const long = `SYS-2 holds ${'a long '.repeat(12)}title`;

  it('[R-FEAS-6] starts with its front matter, has its sections in order and ends with one line feed', () => {
    const text = rendered();
    expect(text).toMatch(/^---\ncountersign: design\/1\n---\n\n# Design: Zone file\n\n## Environment\n\n- /);
    expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Environment',
      'Decisions',
      'Bindings',
      'Components',
      'Interfaces',
      'Flow',
      'Failure modes',
      'Verification',
      'Configuration',
      'Rollback',
      'Environments',
    ]);
    expect(text).toMatch(/[^\n]\n$/);
  });

  it.each<[string, string[]]>([
    [
      'Environment',
      [
        '- CAP-1 Write files: resolved (probe:ansible)',
        '- SYS-1 Name server: degraded (probe:get/bind)',
        '- SYS-2 Ticket | desk: stub (no evidence)',
        '- SYS-3 Mail: skipped (stated:Grace)',
        '- SYS-4 Vault: blocked (probe:get/vault)',
      ],
    ],
    [
      'Decisions',
      [
        '### DEC-1: What the automation is written in',
        '',
        '- Choice: roles',
        '- Rationale: probe:ansible is there and fits what the needs speak of (inferred: skeleton)',
        '- Alternatives: charts, scripts',
        '',
        '### DEC-2: How CON-1 is kept',
        '',
        '- Choice: open (inferred: skeleton)',
        '- Rationale: CON-1: no root',
        '',
        '### DEC-3: How CON-2 is kept',
        '',
        '- Choice: open (inferred: skeleton)',
        '- Rationale: CON-2',
        '',
        '### DEC-4: How FC-1 is kept',
        '',
        '- Choice: open (inferred: skeleton)',
        '- Rationale: FC-1: only in the lab',
      ],
    ],
    [
      'Bindings',
      [
        '| Role | System | Adapter | Version |',
        '|---|---|---|---|',
        '| Name server | get/bind | ansible/collection/dns | 9.18 |',
        '| Ticket \\| desk | stub |  |  |',
        '| Mail | stated by Grace |  |  |',
        '| Vault | blocked |  |  |',
      ],
    ],
    [
      'Components',
      [
        '### CMP-1: Access to name server',
        '',
        '- Kind: client',
        '- Action: reuse',
        '',
        'Uses what is there.',
        '',
        '### CMP-2: Stub of tickets',
        '',
        '- Kind: stub',
        '- Action: build',
        '- Realises: REQ-1',
        '- Paths: `roles/stub/`',
        '',
        '### CMP-3: Access to mail',
        '',
        '- Kind: client',
        '- Action: skip',
        '',
        '### CMP-4: Write; the: #zone',
        '',
        '- Kind: workflow',
        '- Action: build',
        '- Depends on: CMP-1, CMP-2',
        '- Realises: REQ-1',
        '- Paths: `workflows/req-1.json`, `checks/ac-1.*.sh`',
        '',
        '### CMP-5: Glue',
        '',
        '- Kind: script',
        '- Action: build',
        '- Realises: REQ-2, REQ-3',
        '- Paths: `src/glue.sh`, `checks/ac-2.*.sh`, `checks/ac-3.*.sh`',
      ],
    ],
    [
      'Interfaces',
      [
        'Contract of the stub for SYS-2 (Ticket | desk), which the real system has to meet:',
        '',
        '- REQ-1: The system shall ask SYS-2 for the ticket.',
        `- AC-1.1: ${long}`,
      ],
    ],
    [
      'Flow',
      [
        '```mermaid',
        'sequenceDiagram',
        '  participant CMP1 as Access to name server',
        '  participant CMP2 as Stub of tickets',
        '  participant CMP4 as Write  the   zone',
        '  participant CMP5 as Glue',
        '  CMP4->>CMP1: asks',
        '  CMP4->>CMP2: asks',
        '```',
      ],
    ],
    [
      'Failure modes',
      [
        ...[
          ['Write files', 'CAP-1', 'stop and report'],
          ['Name server', 'SYS-1', 'stop and say so'],
          ['Ticket | desk', 'SYS-2', 'stop and report'],
          ['Vault', 'SYS-4', 'ask'],
        ].flatMap(([title, id, response]) => [
          `### ${title} does not answer`,
          '',
          `- Detection: the call to ${id} fails or times out`,
          `- Response: ${response}`,
          '',
        ]),
        '### RSK-1 Stale caches',
        '',
        '- Detection: open (inferred: skeleton)',
        '- Response: open (inferred: skeleton)',
      ],
    ],
    [
      'Verification',
      [
        '### CHK-1: Stub of tickets',
        '',
        '- Component: CMP-2',
        '- Method: command',
        '- Expect: file roles/stub/README.md exists',
        '',
        '```sh',
        'test -e roles/stub/',
        '```',
        '',
        '### CHK-2: Glue',
        '',
        '- Component: CMP-5',
        '- Method: command',
        '- Expect: file src/glue.sh exists',
        '',
        '```sh',
        'test -e src/glue.sh',
        '```',
        '',
        `### CHK-3: ${long.slice(0, 80)}`,
        '',
        '- Criterion: AC-1.1',
        '- Component: CMP-4',
        '- Method: command',
        '- Expect: exit 0',
        '  - `stdout contains serial 7`',
        '',
        '```sh',
        'sh checks/ac-1.1.sh',
        '```',
        '',
        '### CHK-4: Twice is once',
        '',
        '- Criterion: AC-1.2',
        '- Component: CMP-4',
        '- Method: command',
        '- Expect: exit 0',
        '',
        '```sh',
        'sh checks/ac-1.2.sh',
        '```',
      ],
    ],
    [
      'Configuration',
      [
        '| Name | Required | Format | Default | Secret | Meaning |',
        '|---|---|---|---|---|---|',
        '| MAX_RUN_TIME | no | as in Limits | 5 min | no | limit Max. run-time |',
      ],
    ],
    [
      'Rollback',
      [
        '- CMP-2: take back what Stub of tickets changed (inferred: to be written before Build)',
        '- CMP-4: take back what Write; the: #zone changed (inferred: to be written before Build)',
        '- CMP-5: take back what Glue changed (inferred: to be written before Build)',
      ],
    ],
    [
      'Environments',
      ['kubernetes/lab', 'ansible/inventory/lab.ini'].flatMap((id, at) => [
        ...(at === 0 ? [] : ['']),
        `### ${id}`,
        '',
        '- Kind: protected (inferred: nobody called it a sandbox)',
        '- Overlay: open',
        '- Verify: the checks of this design',
      ]),
    ],
  ])('[R-FEAS-6] says all that follows under %s', (title, lines) => {
    expect(sectionIn(rendered(), title)).toBe(lines.join('\n'));
  });

  it('[R-FEAS-6] of nothing says that there is nothing', () => {
    const none = renderSkeleton(
      { medium: medium('scripts'), others: [], bound: [], parts: [], reuse: [] },
      readRequirements(''),
      readFeasibility(''),
      [],
    );
    expect(none).toBe(`---
countersign: design/1
---

# Design: untitled

## Environment



## Decisions

### DEC-1: What the automation is written in

- Choice: scripts
- Rationale: the snapshot shows nothing else to write automation in (inferred: skeleton)
- Alternatives: none here

## Bindings

| Role | System | Adapter | Version |
|---|---|---|---|

## Components

## Interfaces

Each component takes its settings from Configuration and ends with an exit code (inferred: skeleton).

## Flow

\`\`\`mermaid
sequenceDiagram
\`\`\`

## Failure modes

## Verification

## Configuration

| Name | Required | Format | Default | Secret | Meaning |
|---|---|---|---|---|---|

## Rollback

Nothing is built.

## Environments

### Local

- Kind: sandbox
- Verify: the checks of this design
`);
  });

  it('[R-FEAS-6] gives a client no checks of a requirement, and each stub a contract of its own', () => {
    const two = [tickets, mail].map((need) => bound(need, { status: 'stub' }));
    const parts = [part({ title: ' Access ', realises: ['REQ-1'] })];
    const found = renderSkeleton({ ...PLAN, bound: two, parts }, REQUIREMENTS, FEASIBILITY, []);
    expect(sectionIn(found, 'Components')).toBe(
      '### CMP-1: Access\n\n- Kind: client\n- Action: build\n- Realises: REQ-1\n- Paths: `roles/access/`',
    );
    expect(sectionIn(found, 'Interfaces')).toMatch(
      /title\n\nContract of the stub for SYS-3 \(Mail\), which the real system has to meet:\n\n- SYS-3: Mail$/,
    );
  });

  it('[R-FEAS-6] names ten places at most', () => {
    const many = Array.from(
      { length: 11 },
      (_, at): PlatformFact => ({ id: `kubernetes/c${at}`, kind: 'system', outcome: 'present' }),
    );
    const named = sectionIn(renderSkeleton(PLAN, REQUIREMENTS, FEASIBILITY, many), 'Environments')!;
    expect([...named.matchAll(/^### (.*)$/gm)].map(([, id]) => id)).toEqual(many.slice(0, 10).map(({ id }) => id));
  });

  it.each<[string, string[]]>([
    ['Example: a gives output serial 7', ['serial 7']],
    ['example: a\n gives OUTPUT `serial\n 7` ', ['serial 7']],
    ['Example: output `a` or `b`', []],
    ['No Example: output a', []],
    ['Example: the throughput a', []],
    ['Example: the output', []],
    [`Example: output ${'x'.repeat(200)}`, ['x'.repeat(200)]],
    [`Example: output ${'x'.repeat(201)}`, []],
  ])('[R-FEAS-6] expects what an example shows as output: %j', (example, expected) => {
    const [requirement] = REQUIREMENTS.requirements as [(typeof REQUIREMENTS.requirements)[number]];
    const criteria = [{ ...requirement.criteria[1]!, nested: [example] }];
    const parts = [part({ requirement: { ...requirement, criteria } })];
    const found = renderSkeleton({ ...PLAN, parts }, REQUIREMENTS, FEASIBILITY, []);
    expect([...found.matchAll(/^ {2}- `stdout contains (.*)`$/gm)].map(([, output]) => output)).toEqual(expected);
  });
});
