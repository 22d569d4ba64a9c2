import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import { type DraftInput, draftFeasibility } from './draft.ts';
import type { PlatformFact } from './snapshot.ts';

const REQUIREMENTS = `---
countersign: requirements/1
title: VLANs for <b>ports</b>
owner: Ann
risk: low
---

## Capabilities

### CAP-1: Secret store

- Required: yes
- If not available: Stop and  say so

### CAP-2: Log collector

- Required: no
- If not available: Log to a file

## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Address plan | Says what is free | yes | Stub: a table |
| SYS-2 | Ticket system | Takes the change | yes | Work \`without\` it |
| SYS-3 | Coffee machine | Wakes | yes | Ask |
| SYS-4 | Monitoring | Sees it | yes | Stub: a page |
| | Nameless | None | yes | |

## Requirements

### REQ-1: Provision a VLAN

WHEN asked, THE SYSTEM SHALL take a free VLAN from SYS-1. It SHALL be quick.

- **AC-1.1** SYS-1 holds the
  VLAN.
- **AC-1.2** It is there.

## Questions

- **Q-2** Who pays?
- **Q-10** When?
- **Q-9** Why?
`;

const input = (facts: readonly PlatformFact[], more: Partial<DraftInput> = {}): DraftInput => ({
  requirements: readRequirements(REQUIREMENTS),
  facts,
  platform: `sha256:${'a'.repeat(64)}`,
  rules: { 'ticket system ': 'get/tick|ets' },
  stated: [],
  existing: [],
  ...more,
});

const FACTS: PlatformFact[] = [
  { id: 'netbox/ipam', kind: 'system', outcome: 'absent' },
  { id: 'get/tick|ets', kind: 'system', outcome: 'present', version: '7', health: 'stopped', reason: 'a `pause`' },
  { id: 'vault/lab', kind: 'system', outcome: 'denied', reason: 'no token' },
];

const head = (decision: string, title: string) =>
  `---\ncountersign: feasibility/1\ndecision: ${decision}\nplatform: sha256:${'a'.repeat(64)}\n---\n\n# Feasibility: ${title}\n`;

const TEXT = `${head('not-feasible', 'VLANs for bports/b')}
## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|
| CAP-1 | blocked | vault lab, denied, no token (inferred: "secret store" is secret store, and vault is one) | probe:vault/lab |
| CAP-2 | unknown | no probe answers it |  |
| SYS-1 | stub | netbox ipam, absent (inferred: "address plan" is address management, and netbox is one) | probe:netbox/ipam |
| SYS-2 | degraded | get tick\\|ets 7, stopped, a pause (inferred: countersign.yaml says so) | probe:get/tick\\|ets |
| SYS-3 | unknown | no probe answers it |  |
| SYS-4 | resolved | ours \\| since 2020 | stated:Ann |

## Feasibility constraints

### FC-1: Address plan is stub

- Answers: SYS-1

Built and tested against a stub that meets this contract:

- REQ-1: WHEN asked, THE SYSTEM SHALL take a free VLAN from SYS-1. It SHALL be quick.
- AC-1.1: SYS-1 holds the VLAN.

### FC-2: Ticket system is degraded

- Answers: SYS-2

It is there and cannot be relied on (get tick|ets 7, stopped, a pause). Work without it

### FC-3: Monitoring is only stated

- Answers: SYS-4

It rests on a statement alone: the build tests it before it is used. Stub: a page

## Reuse

- REQ-1: provision vlan (\`roles/vlan\`) (inferred: both speak of create, vlan)

## Open questions

- **Q-11** What is known of CAP-2 (Log collector), and who says so? no probe answers it.
- **Q-12** What is known of SYS-3 (Coffee machine), and who says so? no probe answers it.
`;

const EMPTY = `${head('feasible', 'untitled')}
## Findings

| Need | Status | Fact | Evidence |
|---|---|---|---|

## Feasibility constraints

None.

## Reuse

Nothing that is there shares enough words with a requirement.

## Open questions

None.
`;

describe('a drafted feasibility', () => {
  it('[R-FEAS-3] says what was found for every need, what weak ones ask of the build, what serves again, and what is open', () => {
    const drafted = draftFeasibility(
      input(FACTS, {
        stated: [{ need: 'SYS-4', status: 'resolved', fact: 'ours | since 2020', by: 'Ann' }],
        existing: [{ what: 'roles/vlan', name: 'provision <vlan>' }],
      }),
    );
    expect(drafted.text).toBe(TEXT);
    expect(drafted.decision).toBe('not-feasible');
    expect(drafted.needs.map(({ need, title, status }) => [need, title, status])).toEqual([
      ['CAP-1', 'Secret store', 'blocked'],
      ['CAP-2', 'Log collector', 'unknown'],
      ['SYS-1', 'Address plan', 'stub'],
      ['SYS-2', 'Ticket system', 'degraded'],
      ['SYS-3', 'Coffee machine', 'unknown'],
      ['SYS-4', 'Monitoring', 'resolved'],
    ]);
    expect(drafted.stubs.map(({ need, operations }) => [need, operations.length])).toEqual([['SYS-1', 2]]);
    expect(drafted.reuse.map(({ requirement, what }) => [requirement, what])).toEqual([['REQ-1', 'roles/vlan']]);
  });

  it('[R-FEAS-3] says so where nothing is weak, open or there already', () => {
    const requirements = readRequirements('## Problem\n\nNone.\n');
    const { text, ...rest } = draftFeasibility(input([], { requirements }));
    expect(rest).toEqual({ decision: 'feasible', needs: [], reuse: [], stubs: [] });
    expect(text).toBe(EMPTY);
  });

  it('[R-FEAS-3] asks for no constraint for what is not required, and counts questions from one', () => {
    const requirements = readRequirements(
      '## Capabilities\n\n### CAP-1: Address plan\n\n- Required: no\n\n### CAP-2: Coffee\n\n- Required: yes\n',
    );
    const facts: PlatformFact[] = [{ id: 'netbox/ipam', kind: 'system', outcome: 'present', health: 'stopped' }];
    const { text, decision } = draftFeasibility(input(facts, { requirements }));
    expect(decision).toBe('undetermined');
    expect(text).toContain('\n## Feasibility constraints\n\nNone.\n');
    expect(text).toContain(
      '## Open questions\n\n- **Q-1** What is known of CAP-2 (Coffee), and who says so? no probe answers it.\n',
    );
  });
});
