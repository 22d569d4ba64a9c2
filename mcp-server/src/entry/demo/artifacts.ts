/** The artifacts of the demonstration: a small delivery that needs nothing but Node to be built and checked. */

export const REQUIREMENTS = `---
countersign: requirements/1
title: "Zone file from a host list"
owner: "Demo Person"
risk: low
---

## Problem

The zone file of the lab is edited by hand. Twice this year two hosts got one name, and the wrong machine answered.

## Goal

One list of hosts is the only thing people edit, and a zone file follows from it or nothing does.

## Scope

### In scope

- Address records for the hosts of the lab.

### Out of scope

- Loading the zone into a name server.

## Capabilities

### CAP-1: Run a JavaScript program

- Required: yes
- If not available: the zone file stays handmade

## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
| SYS-1 | Version control | keeps the host list and its history | yes | no way to see who changed what |

## Requirements

### REQ-1: Records follow the list

WHEN the generator is given a host list, THE SYSTEM SHALL print one address record for each host, sorted by name.

- **AC-1.1** For a list of two hosts the output has exactly two address records in order of name.

### REQ-2: No name twice

IF a name stands in the list twice, THEN THE SYSTEM SHALL print nothing and end with exit code 1.

- **AC-2.1** A list with a double name gives exit code 1 and names the double host.

## Risks

### RSK-1: A broken list empties the zone

- Impact: names stop resolving
- Mitigation: REQ-2, nothing is printed unless the whole list is sound

## Limits

| Limit | Value |
| --- | --- |
| max-hosts | 500 |

## Constraints

- **CON-1** No third-party packages.

## Questions

### Q-1: Who may edit the list?

- Answer: everyone in the lab, through a pull request
`;

/** @param platform the probed snapshot: `sha256:` and 64 hex digits */
export const feasibility = (platform: string) => `---
countersign: feasibility/1
decision: feasible
platform: ${platform}
---

## Findings

| Need | Status | Fact | Evidence |
| --- | --- | --- | --- |
| CAP-1 | resolved | Node is here | probe:tool/node |
| SYS-1 | resolved | git is here | probe:tool/git |

## Reuse

Nothing to reuse: there is no generator yet.

## Open questions

None.
`;

export const DESIGN = `---
countersign: design/1
---

## Environment

A checkout of this repository with Node 20 or newer.

## Decisions

### DEC-1: Refuse instead of repair

- Choice: a list with a double name gives no output at all
- Rationale: a half-right zone is worse than yesterday's
- Alternatives: keep the first of two entries

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| Version control | git | command line | any |

## Components

### CMP-1: Host list

- Kind: data
- Action: build
- Depends on: none
- Realises: REQ-1
- Paths: zone/hosts.json

### CMP-2: Generator

- Kind: program
- Action: build
- Depends on: CMP-1
- Realises: REQ-1, REQ-2
- Paths: zone/generate.mjs

No third-party packages are used (CON-1).

## Interfaces

The list is a JSON array of \`{ "name": ..., "address": ... }\`.

## Failure modes

### A double name

- Detection: the generator compares names before it prints
- Response: exit code 1, the name on standard error

## Verification

### CHK-1: The list is valid JSON with names and addresses

- Criterion: AC-1.1
- Component: CMP-1
- Method: command
- Expect: exit 0
- Expect: stdout contains 2 hosts

\`\`\`sh
node -e "const l=JSON.parse(require('fs').readFileSync('zone/hosts.json'));if(!l.every(h=>h.name&&h.address))process.exit(1);console.log(l.length+' hosts')"
\`\`\`

### CHK-2: Two hosts, two records, sorted

- Criterion: AC-1.1
- Component: CMP-2
- Method: command
- Expect: stdout matches /^alpha\\s+IN\\s+A\\s+192\\.0\\.2\\.1\\nbravo\\s+IN\\s+A\\s+192\\.0\\.2\\.2\\n$/

\`\`\`sh
node zone/generate.mjs zone/hosts.json
\`\`\`

### CHK-3: A double name is refused

- Criterion: AC-2.1
- Component: CMP-2
- Method: command
- Expect: exit 1
- Expect: stderr contains alpha

\`\`\`sh
list=$(mktemp)
echo '[{"name":"alpha","address":"192.0.2.1"},{"name":"alpha","address":"192.0.2.9"}]' > "$list"
node zone/generate.mjs "$list"
code=$?
rm -f "$list"
exit $code
\`\`\`

## Rollback

Take the previous commit of zone/: the generator keeps no state.
`;

export const HOSTS = `[
  { "name": "bravo", "address": "192.0.2.2" },
  { "name": "alpha", "address": "192.0.2.1" }
]
`;

/** The first attempt: it forgets REQ-2, and the check says so. */
export const GENERATOR_FIRST = `import { readFileSync } from 'node:fs';

const hosts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
for (const { name, address } of hosts) console.log(\`\${name} IN A \${address}\`);
`;

export const GENERATOR = `import { readFileSync } from 'node:fs';

const hosts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
const double = hosts.find((host, at) => host.name === hosts[at + 1]?.name);
if (double !== undefined) {
  console.error(\`\${double.name} stands in the list twice\`);
  process.exit(1);
}
for (const { name, address } of hosts) console.log(\`\${name} IN A \${address}\`);
`;
