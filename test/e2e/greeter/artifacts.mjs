// The delivery that the end-to-end test walks through: a greeting container, its program checked with python3.

export const requirements = `---
countersign: requirements/1
title: "Greeting container"
owner: "E2E"
risk: low
---

## Problem

New staff cannot tell whether their container runtime works before they own something that runs in it.

## Goal

One small image that greets whoever it is told to greet, so that a working runtime is seen at once.

## Scope

### In scope

- A program with one command-line argument, and the text of its Dockerfile.

### Out of scope

- Building or publishing the image.

## Capabilities

### CAP-1: Run Python programs

- Required: yes
- If not available: the checks cannot run

## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
| SYS-1 | Container runtime | runs the image later | no | the image is built elsewhere |

## Requirements

### REQ-1: Greeting by argument

WHEN a name is given as the first argument, THE SYSTEM SHALL print a greeting that contains the name.

- **AC-1.1** For the argument Ada the output is \`Hello, Ada!\`.

### REQ-2: Default greeting

WHEN no argument is given, THE SYSTEM SHALL greet the world.

- **AC-2.1** Without an argument the output is \`Hello, world!\`.

### REQ-3: Image

THE SYSTEM SHALL be packaged by a Dockerfile with a pinned base image and an entry point that passes arguments on.

- **AC-3.1** The Dockerfile names a base image with a version and an ENTRYPOINT that runs the program.

## Risks

### RSK-1: Base image changes under us

- Impact: the greeting breaks some day
- Mitigation: the base image is pinned

## Limits

| Limit | Value |
| --- | --- |
| max-hosts | 1 |

## Constraints

- **CON-1** Only the standard library is used.

## Questions

### Q-1: Which name is greeted by default?

- Answer: the world
`;

/** @param {string} platform placeholder or snapshot */
export const feasibility = (platform) => `---
countersign: feasibility/1
decision: feasible
platform: ${platform}
---

## Findings

| Need | Status | Fact | Evidence |
| --- | --- | --- | --- |
| CAP-1 | resolved | Python is here | probe:tool/python3 |
| SYS-1 | skipped | the image is built elsewhere | |

## Reuse

Nothing to reuse.

## Open questions

None.
`;

export const design = `---
countersign: design/1
---

## Environment

A checkout with Python 3.

## Decisions

### DEC-1: One file

- Choice: a single program without dependencies (CON-1)
- Rationale: nothing to install, nothing to break
- Alternatives: a package

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| Container runtime | any OCI runtime | none | any |

## Components

### CMP-1: Greeter

- Kind: program
- Action: build
- Depends on: none
- Realises: REQ-1, REQ-2
- Paths: app/greet.py

### CMP-2: Image

- Kind: container image
- Action: build
- Depends on: CMP-1
- Realises: REQ-3
- Paths: app/Dockerfile

## Interfaces

The image's arguments are the program's arguments.

## Failure modes

### More than one argument

- Detection: the program counts its arguments
- Response: further arguments are ignored

## Verification

### CHK-1: Greets by name

- Criterion: AC-1.1
- Method: command
- Expect: stdout matches /^Hello, Ada!\\n$/

\`\`\`sh
python3 app/greet.py Ada
\`\`\`

### CHK-2: Greets the world

- Criterion: AC-2.1
- Method: command
- Expect: stdout matches /^Hello, world!\\n$/

\`\`\`sh
python3 app/greet.py
\`\`\`

### CHK-3: The Dockerfile pins and passes arguments on

- Criterion: AC-3.1
- Method: command
- Expect: stdout contains pinned

\`\`\`sh
grep -Eq '^FROM python:[0-9]+\\.[0-9]+' app/Dockerfile && grep -Fq 'ENTRYPOINT ["python3", "/app/greet.py"]' app/Dockerfile && echo pinned
\`\`\`

## Rollback

Remove the folder app/.
`;

/** Forgets the default: its check fails. */
export const greetFirst = `import sys

print(f"Hello, {sys.argv[1]}!")
`;

export const greet = `import sys

name = sys.argv[1] if len(sys.argv) > 1 else "world"
print(f"Hello, {name}!")
`;

export const dockerfile = `FROM python:3.13-slim
COPY greet.py /app/greet.py
ENTRYPOINT ["python3", "/app/greet.py"]
`;
