import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import type { ArtifactName } from '../stage.ts';
import { entryId } from './entry-id.ts';
import { approvedContent, retiredIds } from './retired.ts';
import { ruleInput, runRules } from './rule.ts';

/** Lines that the rule reports, and what it says of the first. */
function reported(text: string, name: ArtifactName = 'requirements.md') {
  const found = runRules([entryId], ruleInput({ [name]: text }, { platform: undefined, stated: new Map() }));
  return { lines: found.map((one) => one.line), first: found[0], paths: [...new Set(found.map((one) => one.path))] };
}
const block = (title: string, body = 'Text.') => `## Requirements\n\n### ${title}\n\n${body}\n`;

describe('a block without an id that is read', () => {
  it.each([
    ['REQ-1: A', []],
    ['REQ-1', []],
    ['REQ-10: A', []],
    ['REQ1: A', [3]],
    ['REQ 1: A', [3]],
    ['(REQ-1) A', [3]],
    ['[[[REQ-1]]] A', [3]],
    ['[[[[REQ-1]]]] A', []],
    ['The REQ-1 of old', []],
    ['REQ - 1: A', [3]],
    ['REQ --- 1: A', []],
    ['req-1: A', [3]],
    ['REQ-01: A', [3]],
    ['REQ-0: A', [3]],
    ['CMP-1: A', [3]],
    ['REQS', []],
    ['Requests 1', []],
    ['Background', []],
  ])('is reported where it seems meant to have one: %j', (title, lines) => {
    expect(reported(block(title)).lines).toEqual(lines);
  });

  it.each([
    ['- Kind: script', [3]],
    ['- Action: build', [3]],
    ['- Criterion: AC-1.1', [3]],
    ['- Method: manual', [3]],
    ['- Choice: a', [3]],
    ['- Required: yes', [3]],
    ['- Owner: Ada', []],
    ['- **AC-1.1** It runs.', [3]],
    ['- **AC-1** It runs.', [3, 5]],
    ['The tool SHALL run.', [3]],
    ['The tool shall perhaps run, some day, if asked.', [3]],
    ['The tool runs.', []],
  ])('is reported where it carries what only entries carry: %j', (body, lines) => {
    expect(reported(block('Background', body)).lines).toEqual(lines);
  });

  it('says how it is to be written', () => {
    expect(reported(block('REQ1 A')).first).toEqual({
      rule: 'entry-id',
      severity: 'error',
      path: 'requirements.md',
      line: 3,
      message: '"REQ1 A" is not read: it does not start with an id of the form ### REQ-n',
      fix: 'write ### REQ-n: and the title; numbers start at 1 and have no leading zeros',
    });
  });

  it('is not reported beside the deeper heading that has its id', () => {
    const deep = reported(block('Group', 'The tool SHALL run.\n\n#### REQ-1: A\n'));
    expect(deep.lines).toEqual([7]);
    expect(deep.first).toMatchObject({
      message: '"REQ-1: A" is not read: its heading is too deep',
      fix: 'write it as "### REQ-1: A"',
    });
    expect(reported('## Requirements\n\n#### REQ-1: A\n').lines).toEqual([3]);
    expect(reported('## Requirements\n\n#### Notes\n').lines).toEqual([]);
  });
});

describe('a list without ids that are read', () => {
  it.each([
    ['- **CON-1** a', []],
    ['- CON-1: a\n- CON-2. b\n- CON-3', []],
    ['- None.', []],
    ['- none', []],
    ['- n/a', []],
    ['- No open ones', []],
    ['- No further constraints', []],
    ['- keine', []],
    ['- Nothing is known so far', []],
    ['- -', []],
    [`- None ${'x'.repeat(60)}`, [3]],
    ['- No new server', [3]],
    ['- Nonesuch', [3]],
    ['- CON-01 a', [3]],
    ['- REQ-1 a', [3]],
    ['- **CON-1** a\n- b\n- c', [4, 5]],
    ['Prose is prose.', []],
  ])('is reported by its items: %j', (list, lines) => {
    expect(reported(`## Constraints\n\n${list}\n`).lines).toEqual(lines);
  });

  it('is reported by its criteria in a requirement only', () => {
    const list = '- AC 1.1 a\n- **AC-1.1** b\n- AC-1 c\n- Note: d';
    expect(reported(block('REQ-1: A', list)).lines).toEqual([5, 7]);
    expect(reported(block('REQ-1: A', list)).first!.message).toContain('of the form AC-n.m');
    expect(reported(`## Risks\n\n### RSK-1: A\n\n${list}\n`).lines).toEqual([]);
  });
});

describe('a table without ids that are read', () => {
  const table = (head: string, ...ids: string[]) =>
    `## Systems\n\n| ${head} | System | Purpose | Required | If not available |\n|---|---|---|---|---|\n${ids.map((id) => `| ${id} | a | b | yes | c |\n`).join('')}`;

  it('is reported by its rows', () => {
    const found = reported(table('ID', 'SYS-1', '', 'SYS2', 'CAP-1', 'SYS-0'));
    expect(found.lines).toEqual([6, 7, 8, 9]);
    expect(found.first).toMatchObject({
      message: `the row's id "" is not of the form SYS-n`,
      fix: 'give it the next free SYS-n',
    });
  });

  it('is left to another rule where it has no column for them', () => {
    expect(reported(table('Name', 'x')).lines).toEqual([]);
  });
});

describe('an entry where nothing reads it', () => {
  it('is reported with the section it belongs to', () => {
    const found = reported('## Notes\n\n### REQ-1: A\n\n### Other\n\n### CMP-1: B\n\n### RSK-2: C\n');
    expect(found.lines).toEqual([3, 9]);
    expect(found.first).toMatchObject({
      path: 'requirements.md',
      message: '"REQ-1: A" is not read here',
      fix: 'move it to the section Requirements',
    });
    expect(reported('### REQ-1: A\n\nBefore all sections.\n').lines).toEqual([1]);
    expect(reported('## Notes\n\n### CMP-1: B\n', 'design.md').lines).toEqual([3]);
  });

  it('is looked for in each artifact by its own sections', () => {
    const artifacts = { 'requirements.md': '## Notes\n\n### CMP-1: A\n', 'design.md': '## Notes\n\n### REQ-1: A\n' };
    expect(runRules([entryId], ruleInput(artifacts, { platform: undefined, stated: new Map() }))).toEqual([]);
  });
});

describe('what was approved and is gone', () => {
  const version = (...ids: string[]) =>
    `---\ncountersign: requirements/1\n---\n\n## Requirements\n\n${ids.map((id) => `### ${id}: Title of ${id}\n`).join('\n')}`;

  it('has the title that it had last', () => {
    const renamed = version('REQ-1', 'REQ-2').replace('Title of REQ-1', 'Old title');
    expect([...retiredIds([[renamed, version('REQ-1', 'REQ-2'), version('REQ-2')]])]).toEqual([
      ['REQ-1', 'Title of REQ-1'],
    ]);
  });

  it('is nothing that came back, and nothing of a text that is no artifact', () => {
    expect(retiredIds([[version('REQ-1'), version(), version('REQ-1')]]).size).toBe(0);
    for (const first of ['---\ncountersign: tasks/1\n---\n', `x${version('REQ-1')}`, '', '---\ntitle: x\n---\n'])
      expect(retiredIds([[first, version()]]).size).toBe(0);
  });

  it('is known by the kind that its first line says, with a byte order mark and line ends of Windows too', () => {
    const windows = `\ufeff${version('REQ-1').replaceAll('\n', '\r\n')}`;
    expect([...retiredIds([[windows, version()]]).keys()]).toEqual(['REQ-1']);
    const design = '---\ncountersign: design/1\n---\n\n## Components\n\n### CMP-1: A\n';
    expect([...retiredIds([[design, '---\ncountersign: design/1\n---\n'], [version('REQ-1')]]).keys()]).toEqual([
      'CMP-1',
    ]);
  });

  it('follows from what stands approved in the ledger, artifacts only, in its order', () => {
    const story = new LedgerBuilder();
    const submit = (about: string, round: number, ...names: string[]) =>
      story.submit(about, { artifacts: names.map((name) => frozen(name, `${name} ${round}`)), round });
    story.approve(submit('stage:requirements', 1, 'requirements.md'));
    story.reject(submit('stage:requirements', 2, 'requirements.md'));
    submit('stage:feasibility', 1, 'feasibility.md');
    story.approve(submit('stage:design', 1, 'design.md', 'build-manifest.json', 'feasibility.md'));
    expect(approvedContent(story.ledger())).toEqual([
      frozen('requirements.md', 'requirements.md 1'),
      frozen('design.md', 'design.md 1'),
      frozen('feasibility.md', 'feasibility.md 1'),
    ]);
  });
});
