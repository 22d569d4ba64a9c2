import { describe, expect, it } from 'vitest';
import { isEntryId, proseOf } from './entries.ts';
import { declaredIds, readRequirements } from './requirements.ts';

const text = [
  '---',
  'countersign: requirements/1',
  'title: VLAN provisioning',
  'owner: Net team',
  'risk: destructive',
  'track: strict',
  'refs: [CHG0041]',
  'depends-on: [dns-records]',
  'template: vlan',
  '---',
  '',
  '# VLAN provisioning',
  '',
  '## 1. Problem',
  '',
  'Tickets take',
  'a week.',
  '',
  'Nobody knows why.',
  '',
  '## 2. Capabilities',
  '',
  '### CAP-1: Change switches',
  '',
  '- Required: yes',
  '- If not available: by hand',
  '',
  '### CAP-2: Graphs',
  '',
  '### Notes',
  '',
  '## Systems',
  '',
  '| ID | System | Purpose | Required | If not available |',
  '|----|--------|---------|----------|------------------|',
  '| SYS-1 | IPAM | addresses | no | a sheet |',
  '| SYS-2 | CMDB |',
  '',
  '## Requirements',
  '',
  '### **REQ-1**: Create a VLAN',
  '',
  'WHEN a request comes, the automation SHALL create the VLAN.',
  '',
  'It SHALL log it (inferred: audit rule).',
  '',
  '- **AC-1.1** The VLAN is there.',
  '- AC-1.2: Twice changes nothing (inferred: idempotence).',
  '- **AC-1.3.** Third.',
  '- REQ-9 is not a criterion',
  '- AC-1.4',
  '',
  '### REQ-2: Remove a VLAN (inferred: symmetry)',
  '',
  '### REQ-3 without a colon',
  '',
  '## Risks',
  '',
  '### RSK-1: Loop',
  '',
  '## Limits',
  '',
  '| Limit | Value |',
  '|-------|-------|',
  '| max-hosts | 20% |',
  '| rto |',
  '',
  '## Constraints',
  '',
  '### CON-2: As a block',
  '',
  '## Questions',
  '',
  '- **Q-1** Which site? Answer: all',
  '- **Q-2** When?',
  '  - Answer: at night',
  '- **Q-3** Why?',
  '',
  '### Q-4: Who?',
  '',
  '- Answer: the net team',
  '  - and others',
  '',
  '## Something else',
  '',
  'Kept.',
  '',
].join('\n');

const lineOf = (start: string) => text.split('\n').findIndex((line) => line.startsWith(start)) + 1;

describe('reading requirements.md', () => {
  it.each([
    ['with LF', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${text}`],
  ])('[R-ART-1] finds everything %s', (_name, source) => {
    const read = readRequirements(source, 'deliveries/x/requirements.md');
    expect(read.path).toBe('deliveries/x/requirements.md');
    expect(read.findings).toEqual([]);
    expect(read.front).toEqual({
      title: 'VLAN provisioning',
      owner: 'Net team',
      risk: 'destructive',
      track: 'strict',
      refs: ['CHG0041'],
      'depends-on': ['dns-records'],
      template: 'vlan',
    });
    expect(read.capabilities).toMatchObject([
      {
        id: 'CAP-1',
        title: 'Change switches',
        line: lineOf('### CAP-1'),
        required: true,
        requiredLine: lineOf('- Required'),
        ifNot: 'by hand',
        purpose: '',
      },
      { id: 'CAP-2', required: undefined, requiredLine: undefined, ifNot: '' },
    ]);
    expect(read.systems).toEqual([
      {
        id: 'SYS-1',
        title: 'IPAM',
        line: lineOf('| SYS-1'),
        block: undefined,
        required: false,
        requiredLine: lineOf('| SYS-1'),
        ifNot: 'a sheet',
        purpose: 'addresses',
      },
      {
        id: 'SYS-2',
        title: 'CMDB',
        line: lineOf('| SYS-2'),
        block: undefined,
        required: undefined,
        requiredLine: lineOf('| SYS-2'),
        ifNot: '',
        purpose: '',
      },
    ]);
    expect(read.limits).toEqual([
      { name: 'max-hosts', value: '20%', line: lineOf('| max-hosts') },
      { name: 'rto', value: '', line: lineOf('| rto') },
    ]);
    expect(read.risks).toMatchObject([{ id: 'RSK-1', title: 'Loop', line: lineOf('### RSK-1') }]);
    expect(read.constraints).toMatchObject([{ id: 'CON-2', title: 'As a block' }]);
  });

  it('[R-ART-2] finds requirements with their sentences and criteria by id', () => {
    const { requirements } = readRequirements(text);
    expect(requirements.map((one) => [one.id, one.title, one.line, one.inferred])).toEqual([
      ['REQ-1', 'Create a VLAN', lineOf('### **REQ-1'), 'audit rule'],
      ['REQ-2', 'Remove a VLAN (inferred: symmetry)', lineOf('### REQ-2'), 'symmetry'],
    ]);
    expect(requirements[0]!.statements).toEqual([
      { text: 'WHEN a request comes, the automation SHALL create the VLAN.', line: lineOf('WHEN') },
      { text: 'It SHALL log it (inferred: audit rule).', line: lineOf('It SHALL') },
    ]);
    expect(requirements[0]!.criteria.map((one) => [one.id, one.title, one.line, one.inferred])).toEqual([
      ['AC-1.1', 'The VLAN is there.', lineOf('- **AC-1.1'), undefined],
      ['AC-1.2', 'Twice changes nothing (inferred: idempotence).', lineOf('- AC-1.2'), 'idempotence'],
      ['AC-1.3', 'Third.', lineOf('- **AC-1.3'), undefined],
      ['AC-1.4', '', lineOf('- AC-1.4'), undefined],
    ]);
  });

  it('finds answers in a block, on the line and below it', () => {
    const { questions } = readRequirements(text);
    expect(questions.map((one) => [one.id, one.answer])).toEqual([
      ['Q-4', 'the net team and others'],
      ['Q-1', 'all'],
      ['Q-2', 'at night'],
      ['Q-3', ''],
    ]);
  });

  it('lists every id that is declared', () => {
    expect(declaredIds(readRequirements(text)).map((one) => one.id)).toEqual(
      [
        'CAP-1',
        'CAP-2',
        'SYS-1',
        'SYS-2',
        'REQ-1',
        'AC-1.1',
        'AC-1.2',
        'AC-1.3',
        'AC-1.4',
        'REQ-2',
        'RSK-1',
        'CON-2',
      ].concat(['Q-4', 'Q-1', 'Q-2', 'Q-3']),
    );
  });

  it('[R-ART-5] is total: nothing is empty, not missing', () => {
    for (const source of ['', '## Systems\n', '## Limits\n\nx\n', '\u0000']) {
      const read = readRequirements(source);
      expect(read).toMatchObject({
        path: 'requirements.md',
        front: undefined,
        capabilities: [],
        systems: [],
        requirements: [],
        risks: [],
        limits: [],
        constraints: [],
        questions: [],
      });
      expect(read.findings).toHaveLength(1);
    }
  });

  it('[R-RULE-14] takes standard risk and no track where nothing is said', () => {
    const read = readRequirements('---\ncountersign: requirements/1\ntitle: T\nowner: O\n---\n');
    expect(read.front).toEqual({ title: 'T', owner: 'O', risk: 'standard', refs: [], 'depends-on': [] });
  });

  it.each([
    ['title: ""\nowner: O', 3],
    ['title: T\nowner: ""', 4],
    ['title: T\nowner: O\nrisk: high', 5],
    ['title: T\nowner: O\ntrack: heavy', 5],
    ['title: T\nowner: O\nrefs: CHG1', 5],
    ['title: T\nowner: O\ndepends-on: [1]', 5],
  ])('[R-ART-5] finds %j wrong', (keys, line) => {
    const { findings } = readRequirements(`---\ncountersign: requirements/1\n${keys}\n---\n`);
    expect(findings).toMatchObject([{ rule: 'front-matter', line, path: 'requirements.md' }]);
  });

  it('reads prose on one line', () => {
    const { doc } = readRequirements(text);
    expect(proseOf(doc, 'Problem')).toBe('Tickets take a week. Nobody knows why.');
    expect(proseOf(doc, 'Goal')).toBe('');
  });

  it('knows an id when it sees one', () => {
    expect(isEntryId('REQ-1')).toBe(true);
    expect(isEntryId('REQ-1 ')).toBe(false);
  });
});
