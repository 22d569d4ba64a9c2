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

  it('take the place of a value of the front matter, and of an answer, that went on for several lines', () => {
    const long = DRAFT.replace(
      'owner: Unassigned\n',
      'refs:\n- CHG-7\n- CHG-8\nowner: >-\n  Somebody\n\tfolded\ntrack: light\n',
    ).replace('- Answer:\n', '- Answer: Five\n  of them\n\n  - not more\n');
    const { text, problems } = instantiate(long, answers('refs: [CHG-1]\ntrack: strict\nanswers: { Q-1: Six }'));
    expect(problems).toEqual([]);
    expect(text.slice(0, text.indexOf('## Problem'))).toBe(
      `---\ncountersign: requirements/1\ntitle: ${JSON.stringify('Transit: "Oslo"')}\nrefs: ["CHG-1"]\nowner: "Ines $1"\ntrack: strict\nrisk: standard\n---\n\n`,
    );
    expect(text).toContain('- Decides: `batch`\n- Answer: Six\n\n  - not more\n\n### Q-2');
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

  it('say which places of the draft cannot take them', () => {
    const draft = DRAFT.replace('| yes | Stop |', '| yes')
      .replace('- Required: no\n', '')
      .replace('- **CON-1** At night\n  only.', '### CON-1: At night\n\nOnly.')
      .replace('- Decides: CON-1\n- Answer:\n', '');
    const { text, problems } = instantiate(
      draft,
      answers(`answers:
  Q-1: { answer: x, sets: { SYS-1: { required: "no", otherwise: y }, CAP-1: { required: "yes" }, CON-1: z } }
  Q-2: x`),
    );
    expect(problems).toEqual([
      'Q-1 sets SYS-1: the table has no such column',
      'Q-1 sets CAP-1: it does not say what is required',
      'Q-1 sets CON-1: it is a block; only list items can be set',
      'Q-2: the question has no line "- Answer:"',
    ]);
    expect(text).toContain('| SYS-1 | Router | Holds sessions | no \n');
    expect(text).toContain('### CON-1: At night\n\nOnly.');
  });

  it('leave a text without front matter as it is, and trim what takes the place of a section', () => {
    const body = DRAFT.slice(DRAFT.indexOf('## Problem'));
    const { text } = instantiate(body, answers('goal: "  New goal.\\n\\n"\nanswers: {}'));
    expect(text).toBe(body.replace('Old goal.', 'New goal.'));
    expect(instantiate(`---\n${body}`, answers('answers: {}')).text).toBe(`---\n${body}`);
  });

  it('set one half of a need and leave the other', () => {
    const set = (need: string, value: string) =>
      instantiate(DRAFT, answers(`answers: { Q-1: { answer: x, sets: { ${need}: ${value} } } }`)).text;
    expect(set('SYS-1', '{ required: "no" }')).toContain('| SYS-1 | Router | Holds sessions | no | Stop |');
    expect(set('CAP-1', '{ required: "yes" }')).toContain('- Required: yes\n- If not available: a person\n  reads it.');
    expect(set('CAP-1', '{ otherwise: stop. }')).toContain('- Required: no\n- If not available: stop.\n');
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
