// What the model says in the recorded session. Everything else on the screen is the client's and Countersign's own.
import { requirements } from '../greeter/artifacts.mjs';
import { fill } from '../harness/script.mjs';
import { BASE, tool } from '../harness/walk.mjs';

const ID = 'greeter';
const STAGE = { delivery: ID, stage: 'requirements' };
const FILE = { delivery: ID, artifact: 'requirements.md' };
const JOB = 'Draft the requirements of greeter';

export const WISH = `/spec ${ID} a container that greets whoever it is told to greet, and the world if nobody is named`;
export const ANSWER = 'I own it. Low risk.';
export const TOO_EARLY = 'write app/greet.py right now';

/** A digest as people type it, from what was said last. @param {import('../harness/script.mjs').RequestBody} body */
const digestOf = (body) => String(fill('<<seen:[Dd]igest `?([0-9a-f]{12})>>', body));

/** @param {string} owner @param {string} project */
export function conversation(owner, project) {
  const agent = { description: 'Draft the requirements', prompt: `${JOB}.`, subagent_type: 'countersign:spec' };
  /** @type {import('../harness/script.mjs').Turn[]} */
  const main = [
    [tool('delivery_status', {})],
    [tool('delivery_new', { id: ID, title: 'Greeting container' })],
    [tool('artifact_read', { ...FILE, section: 'Questions' })],
    'No template fits, so I start from an empty draft. Two things are open:\n\n1. Who owns this delivery?\n2. Is it low risk, standard or destructive?',
    [{ tool: 'Agent', input: agent }],
    [tool('validate', { delivery: ID })],
    [tool('submit', STAGE)],
    [tool('review', STAGE)],
    (body) =>
      [
        'Three requirements, each with a criterion that a check can decide:\n',
        '- REQ-1 greets by name: for `Ada` the output is `Hello, Ada!`',
        '- REQ-2 greets the world when nobody is named',
        '- REQ-3 is a Dockerfile with a pinned base image\n',
        'Nothing was inferred. Read `deliveries/greeter/requirements.md`, then type one of:\n',
        `    /approve ${digestOf(body)}`,
        `    /approve reject ${digestOf(body)} <reason>`,
      ].join('\n'),
    [{ tool: 'Write', input: { file_path: `${project}/app/greet.py`, content: 'print("Hello!")\n' } }],
    'The guard refused: Build of greeter is not open. First a person decides about the requirements.',
  ];
  const spec = [
    [tool('artifact_read', FILE)],
    [tool('artifact_write', { ...FILE, base: BASE, text: requirements.replace('"E2E"', `"${owner}"`) })],
    'REQ-1 to REQ-3 are written. No assumptions, no open questions, no findings.',
  ];
  return { main, agents: [{ match: JOB, turns: spec }] };
}
