// Three cycles of a hello-world container: created from spec 1.0, an author from the environment, a name as argument.

export const policy = 'countersign: policy/1\ntrack: light\n';

const front = `---
countersign: requirements/1
title: "Hello container"
owner: "Ada Tester"
risk: low
track: light
---

## Problem

New staff cannot tell whether their container runtime works.

## Goal

One small image whose output shows at once that the runtime works.

## Scope

### In scope

- A program, and the text of its Dockerfile.

### Out of scope

- Publishing the image.

## Requirements

`;

const greets = `### REQ-1: Greeting

WHEN the container starts, THE SYSTEM SHALL print a greeting to the world.

- **AC-1.1** The output starts with \`Hello, world!\`.

`;

const image = `### REQ-2: Image

THE SYSTEM SHALL be packaged by a Dockerfile with a pinned base image.

- **AC-2.1** The Dockerfile names a base image with a version.

`;

const author = `### REQ-3: Author

WHERE the variable AUTHOR is set, THE SYSTEM SHALL print its value in a second line.

- **AC-3.1** With AUTHOR=Grace the second line is \`by Grace\`.

`;

const byArgument = `### REQ-1: Greeting

WHEN the container starts, THE SYSTEM SHALL greet the name in the first argument. IF there is no argument, THEN THE SYSTEM SHALL greet the world.

- **AC-1.1** Without an argument the output starts with \`Hello, world!\`.
- **AC-1.2** For the argument Ada the output starts with \`Hello, Ada!\`.

`;

export const feasibility = `---
countersign: feasibility/1
decision: feasible
---

## Findings

Nothing is needed beyond Python.
`;

/** @param {string} greeter requirements that the program realises @param {string} checks further checks */
const designWith = (greeter, checks) => `---
countersign: design/1
---

## Components

### CMP-1: Program

- Kind: program
- Action: build
- Depends on: none
- Realises: ${greeter}
- Paths: app/hello.py

### CMP-2: Image recipe

- Kind: container image
- Action: build
- Depends on: none
- Realises: REQ-2
- Paths: app/Dockerfile

## Verification

### CHK-1: Greets the world

- Criterion: AC-1.1
- Method: command
- Expect: stdout matches /^Hello, world!\\n/

\`\`\`sh
python3 app/hello.py
\`\`\`

### CHK-2: Pinned base image

- Criterion: AC-2.1
- Method: command
- Expect: stdout contains python

\`\`\`sh
grep -E '^FROM python:[0-9]+\\.[0-9]+' app/Dockerfile
\`\`\`

${checks}## Rollback

Remove the folder app/.
`;

const authorCheck = `### CHK-3: Names its author

- Criterion: AC-3.1
- Method: command
- Expect: stdout matches /^by Grace$/m

\`\`\`sh
AUTHOR=Grace python3 app/hello.py
\`\`\`

`;

const argumentCheck = `### CHK-4: Greets by name

- Criterion: AC-1.2
- Method: command
- Expect: stdout matches /^Hello, Ada!\\n/

\`\`\`sh
python3 app/hello.py Ada
\`\`\`

`;

export const dockerfile = `FROM python:3.13-slim
COPY hello.py /app/hello.py
ENTRYPOINT ["python3", "/app/hello.py"]
`;

/** Each cycle: the specification, and the program that satisfies it. */
export const cycles = [
  {
    requirements: front + greets + image,
    design: designWith('REQ-1', ''),
    program: 'print("Hello, world!")\n',
  },
  {
    requirements: front + greets + image + author,
    design: designWith('REQ-1, REQ-3', authorCheck),
    program: `import os

print("Hello, world!")
if "AUTHOR" in os.environ:
    print(f"by {os.environ['AUTHOR']}")
`,
  },
  {
    requirements: front + byArgument + image + author,
    design: designWith('REQ-1, REQ-3', authorCheck + argumentCheck),
    program: `import os
import sys

name = sys.argv[1] if len(sys.argv) > 1 else "world"
print(f"Hello, {name}!")
if "AUTHOR" in os.environ:
    print(f"by {os.environ['AUTHOR']}")
`,
  },
];
