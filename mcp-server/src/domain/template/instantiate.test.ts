import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import { readAnswers } from './answers.ts';
import { instantiate } from './instantiate.ts';

const DRAFT = `---
countersign: requirements/1
title: Sessions
owner: Unassigned
risk: standard
---

## Problem

Old problem.

## Goal

Old goal.

## Capabilities

### CAP-1: Read state

- Required: no
- If not available: a person
  reads it.

## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Router | Holds sessions | yes | Stop |

## Requirements

### REQ-1: Reject

The automation SHALL reject a default route.

- **AC-1.1** A default route is rejected
  within 3 s.
  - Example: input \`0.0.0.0/0\`, output \`refused\`
- **AC-1.2** Nothing else is.

## Limits

| Limit | Value | Meaning |
|---|---|---|
| batch | 2 | Routers in a step |

## Constraints

- **CON-1** At night
  only.

## Questions

### Q-1: How many?

- Decides: \`batch\`
- Answer:

### Q-2: When?

- Decides: CON-1
- Answer:
`;

const answers = (text: string) => {
  const read = readAnswers(`countersign: answers/1\ntitle: 'Transit: "Oslo"'\nowner: Ines $1\n${text}`);
  if ('problem' in read) throw new Error(read.problem);
  return read.answers;
};

describe('answers put into a draft', () => {
  it('fill in the questions and change what they set, and leave every other line as it is', () => {
    const { text, problems } = instantiate(
      DRAFT,
      answers(`problem: New problem.
risk: destructive
refs: [CHG-1]
answers:
  Q-1: { answer: Five, sets: { batch: 5, SYS-1: { otherwise: "a | b" }, CAP-1: { required: "yes", otherwise: stop. } } }
  Q-2: { answer: "Tuesdays\\nonly", sets: { CON-1: On Tuesdays., AC-1.1: A default route is rejected at once. } }`),
    );
    expect(problems).toEqual([]);
    const changed = DRAFT.replace('title: Sessions', `title: ${JSON.stringify('Transit: "Oslo"')}`)
      .replace('owner: Unassigned\nrisk: standard', () => 'owner: "Ines $1"\nrisk: destructive\nrefs: ["CHG-1"]')
      .replace('Old problem.', 'New problem.')
      .replace('no\n- If not available: a person\n  reads it.', 'yes\n- If not available: stop.')
      .replace('| yes | Stop |', '| yes | a \\| b |')
      .replace('A default route is rejected\n  within 3 s.', 'A default route is rejected at once.')
      .replace('| batch | 2 |', '| batch | 5 |')
      .replace('At night\n  only.', 'On Tuesdays.')
      .replace('- Answer:\n', '- Answer: Five\n')
      .replace('- Answer:\n', '- Answer: Tuesdays only\n');
    expect(text).toBe(changed);
    expect(readRequirements(text).systems[0]).toMatchObject({ ifNot: 'a | b' });
  });

  it('say what fits nothing, and where', () => {
    const { problems } = instantiate(
      DRAFT,
      answers(`answers:
  Q-1: { answer: x, sets: { latch: 1, CON-9: y, CAP-7: { required: "no" } } }
  Q-7: x`),
    );
    expect(problems).toEqual([
      'Q-1 sets latch: there is no such limit, constraint or criterion',
      'Q-1 sets CON-9: there is no such limit, constraint or criterion',
      'Q-1 sets CAP-7: there is no such capability or system',
      'Q-7: there is no such question',
    ]);
  });

  it('bring nothing into a place that was not theirs, whatever they say', () => {
    const piece = fc.string({
      unit: fc.constantFrom('a', '|', '\\', '\n', '#', '-', ' ', '*', '`', '$', '&'),
      minLength: 1,
    });
    fc.assert(
      fc.property(piece, piece, (answer, said) => {
        const given = { answer, sets: { batch: said, 'CON-1': said } };
        const front = { countersign: 'answers/1' as const, title: 't', owner: 'o' };
        const { text } = instantiate(DRAFT, { ...front, answers: { 'Q-1': given } });
        const read = readRequirements(text);
        expect(read.questions.map((one) => one.id)).toEqual(['Q-1', 'Q-2']);
        expect(read.limits.map((one) => one.name)).toEqual(['batch']);
        expect(read.systems).toHaveLength(1);
      }),
    );
  });
});

describe('a file with answers', () => {
  it.each([
    ['title: x', 'countersign: expected answers/1'],
    ['countersign: answers/1\ntitle: x\nowner: y\nanswers: { CON-1: x }', 'answers.CON-1'],
    ['countersign: answers/1\ntitle: x\nowner: y\nanswer: {}', 'answers'],
    ['countersign: [', 'Flow sequence'],
  ])('is refused with what is wrong: %s', (text, problem) => {
    const read = readAnswers(text);
    expect('problem' in read && read.problem).toContain(problem);
  });
});
