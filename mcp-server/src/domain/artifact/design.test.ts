import { describe, expect, it } from 'vitest';
import { readDesign } from './design.ts';
import { readFeasibility } from './feasibility.ts';

const text = [
  '---',
  'countersign: design/1',
  'title: VLAN provisioning',
  '---',
  '',
  '## Decisions',
  '',
  '### DEC-1: One playbook',
  '',
  '- Choice: one',
  '',
  '## Bindings',
  '',
  '| Role | System |',
  '|------|--------|',
  '| IPAM | NetBox 4.2 |',
  '| CMDB |',
  '',
  '## Components',
  '',
  '### CMP-1: Client',
  '',
  '- Kind: library',
  '- Action: Reuse',
  '- Depends on: none',
  '- Realises: REQ-1',
  '- Paths: lib/',
  '',
  '### CMP-2: Playbook',
  '',
  '- Kind: playbook',
  '- Action: rewrite',
  '- Depends on: CMP-1 (REQ-7), CMP-3',
  '- Realises: REQ-1, REQ-2 (AC-1.1)',
  '- Paths:',
  '  - site.yml',
  '  - roles/**',
  '',
  '### CMP-3: Bare',
  '',
  '## Verification',
  '',
  '### CHK-1: VLAN is there',
  '',
  '- Criterion: AC-1.1',
  '- Method: Command',
  '- Expect: exit 0',
  '  - stdout contains ok',
  '- Component: CMP-2 and CMP-1',
  '',
  '```sh',
  'python3 check.py',
  '```',
  '',
  '```',
  'not this one',
  '```',
  '',
  '### CHK-2: Cabling',
  '',
  '- Criteria: AC-1.2, AC-2.1, REQ-2',
  '- Method: looking',
  '- Reason: needs eyes',
  '',
  '### CHK-3: Bare',
  '',
].join('\n');

const lineOf = (start: string) => text.split('\n').findIndex((line) => line.startsWith(start)) + 1;

describe('reading design.md', () => {
  it.each([
    ['with LF', text],
    ['with CRLF', text.replaceAll('\n', '\r\n')],
    ['with numbered headings', text.replace(/^## /gm, '## 4.2 ')],
    ['in other letter case', text.replace(/^## (.*)$/gm, (line) => line.toUpperCase())],
  ])('[R-ART-2] finds components %s', (_name, source) => {
    const design = readDesign(source, 'd.md');
    expect(design).toMatchObject({ path: 'd.md', findings: [], front: { title: 'VLAN provisioning' } });
    expect(design.components).toMatchObject([
      {
        id: 'CMP-1',
        title: 'Client',
        line: lineOf('### CMP-1'),
        kind: 'library',
        action: 'reuse',
        rawAction: 'Reuse',
        dependsOn: [],
        realises: ['REQ-1'],
        paths: ['lib/'],
      },
      {
        id: 'CMP-2',
        action: undefined,
        rawAction: 'rewrite',
        dependsOn: ['CMP-1', 'CMP-3'],
        realises: ['REQ-1', 'REQ-2'],
        paths: ['site.yml', 'roles/**'],
      },
      { id: 'CMP-3', kind: '', action: undefined, rawAction: '', dependsOn: [], realises: [], paths: [] },
    ]);
    expect(design.components[0]?.fields.get('kind')?.line).toBe(lineOf('- Kind: library'));
    expect(design.decisions).toMatchObject([{ id: 'DEC-1', title: 'One playbook' }]);
    expect(design.bindings).toEqual([
      { role: 'IPAM', system: 'NetBox 4.2', line: lineOf('| IPAM') },
      { role: 'CMDB', system: '', line: lineOf('| CMDB') },
    ]);
  });

  it('[R-ART-2] finds checks with their first command', () => {
    const { checks } = readDesign(text);
    expect(checks).toMatchObject([
      {
        id: 'CHK-1',
        title: 'VLAN is there',
        criteria: ['AC-1.1'],
        method: 'command',
        rawMethod: 'Command',
        command: { lang: 'sh', text: 'python3 check.py', line: lineOf('```sh') },
        expect: [{ text: 'exit 0', line: lineOf('- Expect:') }, { text: 'stdout contains ok' }],
        component: 'CMP-2',
        reason: '',
      },
      {
        id: 'CHK-2',
        criteria: ['AC-1.2', 'AC-2.1'],
        method: undefined,
        rawMethod: 'looking',
        command: undefined,
        expect: [],
        component: undefined,
        reason: 'needs eyes',
      },
      { id: 'CHK-3', criteria: [], method: undefined, rawMethod: '', reason: '' },
    ]);
    expect(checks[1]?.fields.get('reason')?.value).toBe('needs eyes');
  });

  it.each(['command', 'inspection', 'manual', 'not-testable'])('knows the method %s', (method) => {
    const design = readDesign(`## Verification\n\n### CHK-1: x\n\n- Method: ${method.toUpperCase()}\n`);
    expect(design.checks[0]?.method).toBe(method);
  });

  it.each(['build', 'reuse', 'adopt', 'skip'])('knows the action %s', (action) => {
    const design = readDesign(`## Components\n\n### CMP-1: x\n\n- Action: ${action}\n`);
    expect(design.components[0]?.action).toBe(action);
  });

  it('[R-ART-5] is total', () => {
    expect(readDesign('')).toMatchObject({
      path: 'design.md',
      front: undefined,
      findings: [{ rule: 'front-matter' }],
      decisions: [],
      bindings: [],
      components: [],
      checks: [],
    });
    expect(readDesign('---\ncountersign: design/1\nscope: part\nowner: me\n---\n').findings).toMatchObject([
      { line: 4, message: 'unknown key owner' },
    ]);
  });
});

describe('reading feasibility.md', () => {
  const feasibility = [
    '---',
    'countersign: feasibility/1',
    'decision: feasible-with-constraints',
    `platform: sha256:${'a'.repeat(64)}`,
    '---',
    '',
    '## Findings',
    '',
    '| Need | Status | Fact | Evidence |',
    '|------|--------|------|----------|',
    '| CAP-1 | Resolved | it is there | probe:tool/python3 |',
    '| SYS-1 | gone | ? | |',
    '| SYS-2 |',
    '',
    '## Feasibility constraints',
    '',
    '- **FC-1** SYS-1 by hand',
    '  - SYS-2 too',
    '',
    '## Open questions',
    '',
    '- **Q-1** Which version?',
    '',
  ].join('\n');

  it('[R-ART-2] finds findings, constraints and questions', () => {
    const read = readFeasibility(feasibility, 'f.md');
    expect(read).toMatchObject({
      path: 'f.md',
      findings: [],
      front: { decision: 'feasible-with-constraints', platform: `sha256:${'a'.repeat(64)}` },
      constraints: [{ id: 'FC-1', title: 'SYS-1 by hand', line: 17, nested: ['SYS-2 too'] }],
      questions: [{ id: 'Q-1', title: 'Which version?', line: 22, answer: '' }],
    });
    expect(read.needs).toEqual([
      {
        need: 'CAP-1',
        status: 'resolved',
        rawStatus: 'Resolved',
        fact: 'it is there',
        evidence: 'probe:tool/python3',
        line: 11,
      },
      { need: 'SYS-1', status: undefined, rawStatus: 'gone', fact: '?', evidence: '', line: 12 },
      { need: 'SYS-2', status: undefined, rawStatus: '', fact: '', evidence: '', line: 13 },
    ]);
  });

  it('needs no platform where everything was stated', () => {
    const read = readFeasibility('---\ncountersign: feasibility/1\ndecision: feasible\n---\n');
    expect(read).toMatchObject({ path: 'feasibility.md', findings: [], front: { decision: 'feasible' } });
  });

  it.each([
    ['decision: maybe', 3],
    ['platform: sha256:abc\ndecision: feasible', 3],
    [`decision: feasible\nplatform: sha256:${'A'.repeat(64)}`, 4],
    [`decision: feasible\nplatform: ${'a'.repeat(64)}`, 4],
    [`decision: feasible\nplatform: sha256:${'a'.repeat(65)}`, 4],
  ])('[R-ART-5] finds %j wrong', (keys, line) => {
    const { front, findings } = readFeasibility(`---\ncountersign: feasibility/1\n${keys}\n---\n`);
    expect(front).toBeUndefined();
    expect(findings).toMatchObject([{ line, path: 'feasibility.md' }]);
  });

  it('says what a platform has to look like', () => {
    const { findings } = readFeasibility('---\ncountersign: feasibility/1\ndecision: feasible\nplatform: x\n---\n');
    expect(findings[0]?.message).toBe('platform: is not sha256: and 64 hex digits');
  });

  it('[R-ART-5] is total', () => {
    expect(readFeasibility('')).toMatchObject({ front: undefined, needs: [], constraints: [], questions: [] });
  });
});
