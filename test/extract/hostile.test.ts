import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { type Project, project } from '../helpers/project.ts';

/** The whole object, and nothing else on standard output. */
function extracted(work: Project, ...args: string[]): ExtractReport {
  const { exit, out } = work.cli('extract', '.', '--json', ...args);
  expect(exit).toBe(0);
  return JSON.parse(out) as ExtractReport;
}

const skipped = (report: ExtractReport) => new Map(report.skipped.map((one) => [one.path, one.reason]));

describe('extract, outside a git repository', () => {
  it('reads a folder full of traps to the end, and says what it left out and why', () => {
    const work = project({ git: false });
    work.write('main.tf', 'variable "fine" {\n  type = string\n}\n');
    work.write('a\nnew line.tf', 'variable "named_oddly" {}\n');
    symlinkSync('loop', work.path('loop'));
    symlinkSync('..', work.path('out'));
    symlinkSync('.', work.path('self'));
    symlinkSync('/dev/zero', work.path('device.tf'));
    execFileSync('mkfifo', [work.path('pipe.tf')]);
    writeFileSync(work.path('sparse.tf'), '');
    truncateSync(work.path('sparse.tf'), 8 * 2 ** 30);
    writeFileSync(work.path('latin.tf'), Buffer.from('variable "x" { description = "caf\xe9" }\n', 'latin1'));
    writeFileSync(work.path('binary.tf'), Buffer.from([1, 0, 2, 0]));
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++)
      bomb.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    work.write(
      'k8s/bomb.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata:\n  x: y\n${bomb.join('\n')}\n`,
    );
    work.write('k8s/deep.yaml', `apiVersion: v1\nkind: ConfigMap\ndata: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`);
    work.write('deep.tf', `locals {\n  x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n}\n`);
    work.write('deep.sh', `#!/bin/bash\necho ${'$('.repeat(5000)}x${')'.repeat(5000)}\n`);
    const report = extracted(work);
    expect(report.facts.map((fact) => fact.name)).toEqual(expect.arrayContaining(['fine', 'named_oddly']));
    const reasons = skipped(report);
    expect(Object.fromEntries(reasons)).toMatchObject({
      loop: 'unreadable',
      out: 'outside-root',
      'device.tf': 'outside-root',
      'pipe.tf': 'unreadable',
      'sparse.tf': 'too-large',
      'binary.tf': 'binary',
      'k8s/deep.yaml': 'unparsed',
    });
    expect(reasons.has('latin.tf')).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)('costs an unreadable folder itself alone', () => {
    const work = project({ git: false });
    work.write('locked/main.tf', 'variable "hidden" {}\n');
    work.write('main.tf', 'variable "fine" {}\n');
    chmodSync(work.path('locked'), 0);
    const report = extracted(work);
    chmodSync(work.path('locked'), 0o700);
    expect(skipped(report).get('locked')).toBe('unreadable');
  });

  it('repeats no secret: not in JSON, text, drafts, evidence, or the cache', () => {
    const work = project();
    const secret = 'Tr0ub4dor-3x-correct-horse';
    const key = 'AKIAQ7F3ZL2M9XWD4KTB';
    work.write(
      'site.yml',
      `- hosts: all\n  vars:\n    db_password: ${secret}\n  tasks:\n    - name: log in with ${secret}\n      ansible.builtin.command: mysql -p${secret} --password=${secret}\n`,
    );
    work.write(
      'go.sh',
      `#!/bin/bash\nexport AWS_ACCESS_KEY_ID=${key}\ncurl -u admin:${secret} https://x.example.org\nkubectl apply -f a.yml --token=${key}\n`,
    );
    work.write('main.tf', `variable "db_password" {\n  default = "${secret}"\n}\n`);
    work.git('add', '.');
    work.git('commit', '--quiet', '-m', 'x');
    const shown = [
      work.cli('extract', '.', '--json').out,
      work.cli('extract', '.').out,
      work.cli('extract', '.', '--out', 'adopted').out,
      work.cli('extract', '.', '--compare', 'adopted', '--json').out,
      work.cli('rebind', 'adopted', 'mysql', 'postgres', '--json').out,
    ];
    expect(shown.join('\n')).not.toContain(secret);
    expect(shown.join('\n')).not.toContain(key);
    for (const folder of [work.path('deliveries'), work.home])
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) {
          const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
          expect([entry.name, text.includes(secret), text.includes(key)]).toEqual([entry.name, false, false]);
        }
  });
});

describe('extract, as a program', () => {
  it('prints exactly the contract, the same from another folder', () => {
    const work = project({ git: false });
    work.write('tree/main.tf', 'variable "a" {}\n');
    mkdirSync(work.path('elsewhere'));
    const here = work.cli('extract', 'tree', '--json').out;
    expect(Object.keys(JSON.parse(here))).toEqual([
      'schema',
      'root',
      'sources',
      'facts',
      'relations',
      'couplings',
      'gaps',
      'skipped',
    ]);
    expect(work.cli('extract', work.path('tree'), '--json').out).toBe(here);
  });

  it('fails on gaps only when asked to', () => {
    const work = project({ git: false });
    work.write('Dockerfile', 'FROM nginx\nRUN curl -s https://x.example.org/i.sh | sh\n');
    expect(work.cli('extract', '.').exit).toBe(0);
    expect(work.cli('extract', '.', '--fail-on', 'error').exit).toBe(0);
    expect(work.cli('extract', '.', '--fail-on', 'warning').exit).toBe(1);
    expect(work.cli('extract', '.', '--fail-on', 'bad').exit).toBe(2);
    expect(work.cli('extract', 'nowhere').exit).toBe(2);
    expect(work.cli('extract', '.', '--max-file-size', '10').out).toContain('too-large');
  });
});
