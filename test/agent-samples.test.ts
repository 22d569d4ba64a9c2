import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../mcp-server/src/domain/artifact/design.ts';
import { readFeasibility } from '../mcp-server/src/domain/artifact/feasibility.ts';
import { readRequirements } from '../mcp-server/src/domain/artifact/requirements.ts';
import { readExpectation } from '../mcp-server/src/domain/build/expect.ts';

/** The samples of an agent's section: its indented lines, as the artifact they show. */
function samples(agent: string, section: string): string {
  const text = readFileSync(join(import.meta.dirname, '..', 'agents', `${agent}.md`), 'utf8');
  const from = text.indexOf(`\n## ${section}\n`);
  const to = text.indexOf('\n## ', from + 4);
  return text
    .slice(from, to < 0 ? undefined : to)
    .split('\n')
    .map((line) => (line.startsWith('    ') ? line.slice(4) : line === '' ? '' : undefined))
    .filter((line) => line !== undefined)
    .join('\n')
    .trimStart();
}

describe('what agents are told to write', () => {
  it('is requirements that the reader understands', () => {
    const read = readRequirements(samples('spec', 'Format'));
    expect(read.capabilities).toMatchObject([{ id: 'CAP-1', required: true, ifNot: expect.stringContaining('stop') }]);
    expect(read.systems).toMatchObject([{ id: 'SYS-1', required: false, ifNot: 'REQ-4 is skipped' }]);
    expect(read.requirements).toMatchObject([{ id: 'REQ-1', criteria: [{ id: 'AC-1.1' }] }]);
    expect(read.risks.map((risk) => risk.id)).toEqual(['RSK-1']);
    expect(read.limits.map((limit) => limit.value)).toEqual(['20', 'PT30M']);
    expect(read.constraints.map((constraint) => constraint.id)).toEqual(['CON-1']);
    expect(read.questions).toMatchObject([{ id: 'Q-1', answer: '' }]);
  });

  it('is a feasibility whose decision and evidence the reader understands', () => {
    const hash = 'a'.repeat(64);
    const text = samples('solution-architecture', 'feasibility.md').replace(/<64 hex digits[^>]*>/, hash);
    const read = readFeasibility(text);
    expect(read.findings).toEqual([]);
    expect(read.front).toEqual({ decision: 'feasible-with-constraints', platform: `sha256:${hash}` });
    expect(read.needs).toMatchObject([
      { need: 'CAP-1', status: 'resolved', evidence: 'probe:tool/python3' },
      { need: 'SYS-2', status: 'resolved', evidence: 'stated:Jane Doe' },
    ]);
    expect(read.constraints.map((constraint) => constraint.id)).toEqual(['FC-1']);
  });

  it('is a design whose components and checks the reader understands', () => {
    const read = readDesign(samples('solution-architecture', 'design.md'));
    expect(read.findings).toEqual([]);
    expect(read.decisions.map((decision) => decision.id)).toEqual(['DEC-1']);
    expect(read.bindings.map((binding) => binding.role)).toEqual(['Container platform']);
    expect(read.components).toMatchObject([
      {
        id: 'CMP-2',
        action: 'build',
        dependsOn: ['CMP-1'],
        realises: ['REQ-1', 'REQ-5'],
        paths: ['Dockerfile', 'image/'],
      },
    ]);
    const [check] = read.checks;
    expect(check).toMatchObject({
      criteria: ['AC-1.1'],
      method: 'command',
      command: { text: 'python3 src/hello.py Ada' },
    });
    expect(check!.expect.map(({ text }) => readExpectation(text))).toEqual([
      { kind: 'exit', code: 0 },
      { kind: 'contains', stream: 'stdout', text: 'Hello, Ada!' },
    ]);
  });
});
