import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDelivery } from '../mcp-server/src/app/create.ts';
import { compose } from '../mcp-server/src/entry/compose.ts';
import { DESIGN, REQUIREMENTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, program, project } from './helpers/project.ts';
import { gates, ID, reach } from './helpers/zone-file.ts';

interface Finding {
  rule: string;
  severity: string;
  path: string;
  line: number;
  message: string;
  fix: string;
}

const REQ = `deliveries/${ID}/requirements.md`;
const DES = `deliveries/${ID}/design.md`;

/** The errors of validate, after an artifact was replaced. */
async function errorsOf(
  artifact: 'requirements' | 'design',
  text: string,
): Promise<{ work: Project; errors: Finding[] }> {
  const work = project();
  await reach(work, artifact === 'design' ? 'feasibility' : 'created');
  work.write(artifact === 'design' ? DES : REQ, text);
  const { exit, findings } = work.json('validate', ID) as unknown as { exit: number; findings: Finding[] };
  const errors = findings.filter((one) => one.severity === 'error');
  expect(exit).toBe(errors.length > 0 ? 1 : 0);
  return { work, errors };
}

const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('artifacts: one clear finding with its line, and the text stays as it is', () => {
  it.each<[string, 'requirements' | 'design', (text: string) => string, string, string]>([
    ['no front matter', 'requirements', (text) => text.replace(/^---[\s\S]*?---\n/, ''), 'front-matter', ''],
    [
      'front matter that is no YAML',
      'requirements',
      (text) => text.replace('owner: "Demo Person"', 'owner: "Demo'),
      'front-matter',
      '',
    ],
    [
      'an unknown key',
      'requirements',
      (text) => text.replace('risk: low', 'risk: low\nrisc: low'),
      'front-matter',
      'risc',
    ],
    [
      'an unknown risk',
      'requirements',
      (text) => text.replace('risk: low', 'risk: none'),
      'front-matter',
      'risk: none',
    ],
    [
      'the mark of another artifact',
      'requirements',
      (text) => text.replace('requirements/1', 'design/1'),
      'front-matter',
      'countersign:',
    ],
    [
      'a newer format',
      'requirements',
      (text) => text.replace('requirements/1', 'requirements/2'),
      'front-matter',
      'countersign:',
    ],
    [
      'a table without a column',
      'requirements',
      (text) => text.replace('| ID | System | Purpose | Required |', '| ID | System | Purpose | Wanted |'),
      'table-columns',
      '| ID',
    ],
    [
      'an id that stands twice',
      'requirements',
      (text) => text.replace('### REQ-2:', '### REQ-1:'),
      'duplicate-id',
      '### REQ-1: No',
    ],
    ['a section that is missing', 'requirements', (text) => text.replace('## Goal', '## Gaol'), 'required-section', ''],
    [
      'a section that stands twice',
      'requirements',
      (text) => text.replace('## Risks', '## Goal'),
      'duplicate-section',
      '',
    ],
    [
      'an unknown requirement',
      'design',
      (text) => text.replace('Realises: REQ-1, REQ-2', 'Realises: REQ-1, REQ-2, REQ-9'),
      'unknown-id',
      'Realises: REQ-1, REQ-2, REQ-9',
    ],
    [
      'an unknown component',
      'design',
      (text) => text.replace('Depends on: CMP-1', 'Depends on: CMP-7'),
      'unknown-id',
      'Depends on: CMP-7',
    ],
    [
      'components in a ring',
      'design',
      (text) => text.replace('Depends on: none', 'Depends on: CMP-2'),
      'component-cycle',
      '',
    ],
    [
      'an expectation nobody can read',
      'design',
      (text) => text.replace('stdout contains 2 hosts', 'looks good'),
      'check-fields',
      'looks good',
    ],
  ])('%s', async (_, artifact, change, rule, part) => {
    const before = artifact === 'design' ? DESIGN : REQUIREMENTS;
    const text = change(before);
    expect(text).not.toBe(before);
    const { work, errors } = await errorsOf(artifact, text);
    const path = artifact === 'design' ? DES : REQ;
    const found = errors.filter((one) => one.rule === rule);
    expect(found.length, JSON.stringify(errors)).toBeGreaterThanOrEqual(1);
    for (const one of found) {
      expect(one).toMatchObject({ path, message: expect.stringMatching(/\S/), fix: expect.stringMatching(/\S/) });
      expect(one.message).not.toMatch(/\n|undefined|\[object/);
    }
    if (part !== '') expect(found.map((one) => one.line)).toContain(lineOf(text, part));
    const submitted = work.json('submit', ID, artifact) as unknown as { exit: number; blocks: string[]; digest: null };
    expect(submitted).toMatchObject({ exit: 1, digest: null });
    expect(submitted.blocks.join('\n')).toContain(`${path}:${found[0]!.line}: `);
    expect(work.read(path)).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\ufeff'],
    ['only a fence', '---\n'],
    [
      'a bomb of YAML aliases',
      `---\ncountersign: requirements/1\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (key, at: number) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]\n`)}---\n`,
    ],
    ['ten thousand open brackets', '['.repeat(10_000)],
    ['ten thousand quotes', '> '.repeat(10_000)],
    ['a table of ten thousand columns', `${'|a'.repeat(10_000)}|\n${'|-'.repeat(10_000)}|\n`],
    ['bytes of no text', '\u0000\u0001\ud800'],
  ])('%s', async (_, text) => {
    const { work } = await errorsOf('requirements', text);
    const status = work.cli('status', ID);
    expect({ exit: status.exit, err: status.err }).toEqual({ exit: 0, err: '' });
  });

  it('refuses an artifact that is not UTF-8 instead of losing its bytes', async () => {
    const work = project();
    await reach(work, 'created');
    const bytes = Buffer.from(REQUIREMENTS.replace('by hand', 'by h\u00e4nd'), 'latin1');
    writeFileSync(work.path(REQ), bytes);
    const { exit, err } = work.cli('submit', ID, 'requirements');
    expect(exit).toBe(2);
    expect(err).toContain(`${REQ}:10: `);
    expect(err).toContain('UTF-8');
  });
});

describe('policy', () => {
  it.each([
    [
      'a typo in a key',
      'countersign: policy/1\ngates:\n  defualt:\n    approvers: 2\n',
      'countersign.yaml:3: unknown key gates.defualt',
    ],
    ['a typo in a value', 'countersign: policy/1\ntrack: strikt\n', 'countersign.yaml:2: track'],
    [
      'a level that is derived',
      'countersign: policy/1\ngates:\n  design:\n    level: external\n',
      'countersign.yaml:4: gates.design.level',
    ],
    ['broken YAML', 'countersign: policy/1\ngates: [\n', 'countersign.yaml:'],
    ['another format', 'countersign: policy/2\n', 'countersign.yaml:1: countersign'],
    ['no text', '', 'countersign.yaml:1: '],
  ])('%s stops everything with exit code 2, its line and what is known', async (_, text, words) => {
    const work = project();
    await reach(work, 'requirements');
    work.write('countersign.yaml', text);
    for (const args of [['status'], ['submit', ID, 'feasibility'], ['new', 'other']]) {
      const { exit, out, err } = work.cli(...args);
      expect({ exit, out }).toEqual({ exit: 2, out: '' });
      expect(err).toContain(words);
      expect(err).toContain('next: mend countersign.yaml');
      expect(err).not.toContain('    at ');
    }
  });

  it('is never lowered by removing or loosening the file: what was bound at submission still counts', async () => {
    const work = project();
    work.write('countersign.yaml', 'countersign: policy/1\ngates:\n  default:\n    approvers: 2\n');
    await reach(work, 'requirements');
    expect(gates(work)['requirements']).toBe('blocked');
    work.write('countersign.yaml', 'countersign: policy/1\n');
    expect(gates(work)['requirements']).toBe('blocked');
  });
});

describe('exit codes and output', () => {
  const CASES: [number, string[]][] = [
    [0, ['--help']],
    [0, ['help', 'submit']],
    [0, ['submit', '--help']],
    [0, ['status']],
    [1, ['submit', ID, 'feasibility']],
    [1, ['validate', 'rough']],
    [2, ['nonsense']],
    [2, ['constructor']],
    [2, ['-x']],
    [2, ['status', 'a', 'b']],
    [2, ['status', '--nonsense']],
    [2, ['new']],
    [2, ['new', 'x', '--track', 'fast']],
    [2, ['submit', ID, 'coding']],
    [2, ['status', 'nope']],
    [2, ['verify', '--forget-seen']],
    [4, ['approve', ID, 'requirements']],
  ];

  it('are 0, 1, 2 or 4, in words and as one JSON object', async () => {
    const work = project();
    await reach(work, 'created');
    work.cli('new', 'rough');
    for (const [exit, args] of CASES) {
      const plain = work.cli(...args);
      expect({ args, exit: plain.exit }).toEqual({ args, exit });
      expect(`${plain.out}${plain.err}`).not.toContain('    at ');
      expect(plain.err === '').toBe(exit <= 1);
      const { out, exit: again } = work.cli(...args, '--json');
      expect({ args, exit: again }).toEqual({ args, exit });
      expect(out.trimEnd()).not.toContain('\n');
      expect((JSON.parse(out) as { schema: string }).schema).toMatch(/^countersign\/[a-z-]+@1$/);
    }
    expect(work.json().exit).toBe(2);
  });

  it('2 for a delivery that is not there, with ten names at most, those that share a word first', () => {
    const work = project();
    const ids = [...Array.from({ length: 12 }, (_, at) => `dns-zone-${at}`), 'office-vlans', 'branch-vlans'];
    const { ports } = compose(work.root, work.env);
    for (const id of ids) createDelivery(ports, { id, actor: { kind: 'human', name: 'Ada', via: 'cli' } });
    const { exit, err } = work.cli('status', 'shop-vlans');
    expect({ exit, lines: err.trimEnd().split('\n') }).toEqual({
      exit: 2,
      lines: [
        'there is no delivery shop-vlans here',
        'expected: one of: branch-vlans, office-vlans, dns-zone-0, dns-zone-1, dns-zone-10, dns-zone-11, dns-zone-2, dns-zone-3, dns-zone-4, dns-zone-5 and 4 more',
        'next: countersign new shop-vlans starts it',
      ],
    });
  });

  it('3 for a broken ledger, as one JSON object too', async () => {
    const work = project();
    await reach(work, 'created');
    work.write(`deliveries/${ID}/ledger/stray.json`, '{}');
    for (const args of [['status'], ['verify'], ['history', ID], ['submit', ID, 'requirements']])
      expect(work.json(...args)).toMatchObject({ exit: 3, schema: `countersign/${args[0]}@1` });
  });

  it('4 outside a repository, and where a folder is in the place of a file', async () => {
    const bare = project({ git: false });
    expect(bare.cli('status')).toMatchObject({ exit: 4, out: '', err: expect.stringContaining('git init') });
    const work = project();
    await reach(work, 'created');
    mkdirSync(work.path('deliveries', ID, 'feasibility.md'));
    expect(work.cli('status')).toMatchObject({ exit: 4, err: expect.stringContaining('feasibility.md') });
  });

  it('4 where nothing can be written, and nothing is half written', async () => {
    if (process.getuid?.() === 0) return;
    const work = project();
    await reach(work, 'created');
    const ledger = work.path('deliveries', ID, 'ledger');
    chmodSync(ledger, 0o555);
    const { exit, err } = work.cli('submit', ID, 'requirements');
    chmodSync(ledger, 0o755);
    expect({ exit, err }).toEqual({ exit: 4, err: expect.stringContaining('permission denied') });
    expect(work.cli('verify').exit).toBe(0);
  });

  it('survives a reader that closes the pipe', async () => {
    const work = project();
    await reach(work, 'design');
    const child = spawn(process.execPath, [program('cli'), 'review', ID, 'requirements'], {
      cwd: work.root,
      env: work.env,
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
  });
});
