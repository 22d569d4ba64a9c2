import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { declaredIds, readRequirements } from '../artifact/requirements.ts';
import { idsIn } from '../ids.ts';
import { readAnswers } from './answers.ts';
import { generalise } from './generalise.ts';
import { instantiate } from './instantiate.ts';
import { readTemplateFacts } from './template.ts';

const SPEC = `---
countersign: requirements/1
title: "Zone of the lab"
owner: "Noor Castellane"
risk: low
refs: ["NET-77"]
---

## Problem

Noor Castellane edits 10.1.0.0/16 by hand (NET-77).

## Goal

One list says it all. Nobody edits.

## Systems

| ID | System | Purpose | Required | If not available |
|---|---|---|---|---|
| SYS-1 | Source of truth | names | yes | stop |
| SYS-2 | Old list | names (inferred: a file) | no | go on |

## Requirements

### REQ-1: Write

WHEN a host comes, the tool SHALL write it to NetBox.

The tool SHALL wait. (inferred: sleep)

- **AC-1.1** \`dig @ns1.acme.io\` answers within \`rto\`.
  - Example: input \`10.1.0.7\`, output \`ok\`
- **AC-1.2** It is slow. (inferred: a log)

### REQ-2: Keep

The tool SHALL keep a backup. (inferred: cp)

- **AC-2.1** A backup is there. (inferred: cp)

### REQ-3: Rotate

The tool SHALL rotate backups. (inferred: mv)

- **AC-3.1** Seven are there.

## Risks

### RSK-1: The disk is full

- Mitigation: REQ-3

## Limits

| Limit | Value |
|---|---|
| rto | PT5M |

## Questions

- **Q-1** Who decides? Answer: Noor Castellane

### Q-3: Where?

- Decides: REQ-1
- Answer:
  - in building B
`;
const DESIGN = '## Bindings\n\n| Role | System |\n|---|---|\n| Source of truth | NetBox 4.2 |\n| Other | X |\n';

const made = (text = SPEC, design: string | undefined = DESIGN) =>
  generalise(readRequirements(text), design === undefined ? undefined : readDesign(design), {
    name: 'zone',
    title: 'Zone',
  });

describe('a delivered spec as a template', () => {
  it('asks for what belongs to its site, once for each value, and numbers no question anew', () => {
    const { requirements, questions } = made();
    expect(questions.map(({ id, answer, decides }) => [id, answer, decides.join()])).toEqual([
      ['Q-4', 'Noor Castellane', 'Problem'],
      ['Q-5', '10.1.0.0/16', 'Problem'],
      ['Q-6', 'NET-77', 'Problem'],
      ['Q-7', 'ns1.acme.io', 'AC-1.1'],
      ['Q-8', '10.1.0.7', 'AC-1.1'],
      ['Q-9', 'NetBox 4.2', 'SYS-1'],
      ['Q-10', 'Yes.', '`rto`'],
    ]);
    expect(requirements).toContain('The person of Q-4 edits the prefix of Q-5 by hand (the reference of Q-6).');
    expect(requirements).toContain('`dig @<Q-7>` answers');
    expect(requirements).toContain('write it to SYS-1.');
    expect(requirements).not.toMatch(/Noor|acme|NetBox|10\.1\.0/);
  });

  it('leaves out what was concluded, unless the rest refers to it', () => {
    const { requirements, leftOut } = made();
    expect(leftOut).toEqual(['REQ-2', 'AC-2.1', 'AC-1.2', 'SYS-2']);
    expect(requirements).toContain('SHALL rotate backups. (inferred: mv)');
    expect(requirements).not.toMatch(/SYS-2|REQ-2|AC-1\.2/);
    expect(
      idsIn(requirements).filter((id) => !declaredIds(readRequirements(requirements)).some((one) => one.id === id)),
    ).toEqual([]);
  });

  it('takes answers out, and has them in its worked example', () => {
    const { requirements, answers, reopened } = made();
    expect(reopened).toEqual(['Q-1', 'Q-3']);
    const draft = readRequirements(requirements);
    expect(draft.questions.filter((one) => one.answer !== '')).toEqual([]);
    expect(draft.front).toMatchObject({ owner: 'Unassigned', title: 'Zone', template: 'zone', refs: [] });
    const read = readAnswers(answers);
    if ('problem' in read) throw new Error(read.problem);
    const { text, problems } = instantiate(requirements, read.answers);
    expect(problems).toEqual([]);
    const again = readRequirements(text);
    expect(again.front).toMatchObject({ owner: 'Noor Castellane', title: 'Zone of the lab', refs: ['NET-77'] });
    expect(again.questions.filter((one) => one.answer === '')).toEqual([]);
    expect(text).toContain('Noor Castellane edits 10.1.0.0/16 by hand (NET-77).');
  });

  it('says what it is', () => {
    expect(readTemplateFacts(made().facts)).toEqual({
      facts: { countersign: 'template/1', title: 'Zone', summary: 'One list says it all.', tags: ['zone'] },
    });
  });

  it('leaves every line alone in which nothing of the site stands, with line ends of Windows, too', () => {
    const text = SPEC.replaceAll('\n', '\r\n');
    const { requirements } = made(text);
    const kept = requirements.split('\r\n').filter((line) => text.split('\r\n').includes(line));
    expect(kept.length).toBeGreaterThan(40);
    expect(
      made('---\ncountersign: requirements/1\ntitle: a\nowner: b\n---\n\nText.\n', undefined).requirements,
    ).toContain('\nText.\n');
  });
});
