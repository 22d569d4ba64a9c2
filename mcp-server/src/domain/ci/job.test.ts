import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { readDesign } from '../artifact/design.ts';
import { CI_TARGETS, type CiTarget, ciFiles } from './job.ts';
import { inMarkers } from './markers.ts';

const ROWS = [
  '| API_URL | yes | url | - | no | where the service is |',
  "| NAME | yes | /^[a-z]+$/ | world | no | who's greeted; $(touch injected) `id` |",
  '| TOKEN | yes | text | never-shown | yes | a secret |',
  '| MODE | no | one of fast, safe | safe | no | |',
  '| bad-name | yes | text | | no | |',
];

const design = (command: string, expect: readonly string[] = ['exit 0'], title = 'Greets') =>
  readDesign(
    `---\ncountersign: design/1\n---\n\n## Verification\n\n### CHK-1: ${title}\n\n- Criterion: AC-1.1\n- Method: command\n- Expect:\n${expect
      .map((one) => `  - ${one}`)
      .join(
        '\n',
      )}\n\n\`\`\`sh\n${command}\n\`\`\`\n\n## Configuration\n\n| Name | Required | Format | Default | Secret | Meaning |\n| --- | --- | --- | --- | --- | --- |\n${ROWS.join('\n')}\n\n## Environments\n\n### lab\n\n### ENV-2: Production EU\n`,
  );

const files = (target: CiTarget, ...of: Parameters<typeof design>) =>
  ciFiles('zone', design(...of), target, () => undefined).files;

/** The scripts of a job, as the CI hands them to a shell. */
function scriptsOf(target: CiTarget, text: string): string[] {
  const jobs = parse(text) as Record<string, unknown>;
  if (target === 'gitlab') return (jobs['countersign-zone'] as { script: string[] }).script;
  const { steps } = (jobs['jobs'] as Record<string, { steps: { run?: string }[] }>)['countersign-zone']!;
  // GitHub puts the value of an expression in its place.
  return steps.flatMap(({ run }) => (run === undefined ? [] : [run.replaceAll("${{ '${{' }}", '${{')]));
}

function sh(script: string, env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'countersign-ci-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-e', '-c', script], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const left = spawnSync('ls', { cwd, encoding: 'utf8' }).stdout;
  return { status, out: stdout, err: stderr, left };
}

describe.each(CI_TARGETS)('a job for %s', (target) => {
  const [pipeline] = files(target, 'echo "Hello $NAME"', ['stdout contains Hello', 'stdout matches /^Hello \\w+$/m']);
  const scripts = scriptsOf(target, pipeline!.text);

  it('[R-CI-1] is YAML whose every step bash and sh can parse', () => {
    expect(scripts).toHaveLength(3);
    for (const shell of ['bash', 'sh'])
      for (const script of scripts)
        expect(spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8' }).stderr).toBe('');
  });

  it('[R-CI-2] names what is missing with its format, and never a value', () => {
    const { status, err } = sh(scripts[0]!, { API_URL: 'hunter2-value', COUNTERSIGN_COMMIT: 'a'.repeat(40) });
    expect(status).toBe(1);
    expect(err).toContain('API_URL has another format; expected: url; where the service is');
    expect(err).toContain('TOKEN is not set');
    expect(err).not.toContain('hunter2');
  });

  it('passes where everything is set, and takes defaults', () => {
    const set = { API_URL: 'https://a.example', TOKEN: 'x', COUNTERSIGN_COMMIT: 'a'.repeat(40) };
    expect(sh(scripts[0]!, set)).toMatchObject({ status: 0, err: '' });
    expect(sh(scripts[0]!, { ...set, MODE: 'wild' }).err).toContain('MODE has another format');
    expect(sh(scripts[2]!, set)).toMatchObject({ status: 0, out: 'Hello world\n' });
  });

  it('fails a check whose expectation is not met, and says which', () => {
    const failing = scriptsOf(target, files(target, 'echo no; exit 3', ['exit 3', 'stdout contains yes'])[0]!.text)[2]!;
    const { status, err } = sh(failing);
    expect(status).toBe(1);
    expect(err).toBe('CHK-1: expected stdout to contain yes\n');
  });

  it('[R-CI-3] runs nothing that stands in a table, a title or an expectation', () => {
    const nasty = "'; touch injected; echo '";
    const [file] = files(
      target,
      'true',
      [`stdout contains ${nasty}`, `file ${'$(touch${IFS}injected)'} exists`],
      `x\u2028${nasty} \${{ secrets.A }}`,
    );
    for (const script of scriptsOf(target, file!.text).filter((_, at) => at !== 1)) expect(sh(script).left).toBe('');
    if (target === 'github') expect(file!.text.replaceAll("${{ '${{' }}", '')).not.toContain('${{ secrets.A');
  });

  it('writes examples of every environment without any value of a secret', () => {
    const all = files(target, 'true');
    expect(all.map((file) => file.path).slice(1)).toEqual([
      'env/zone/.env.example',
      'env/zone/lab.env',
      'env/zone/production-eu.env',
    ]);
    expect(all[1]!.text).toContain('\nMODE=safe\n');
    expect(all.map((file) => file.text).join()).not.toContain('never-shown');
    expect(ciFiles('zone', design('true'), target, () => undefined).unusable.map((one) => one.name)).toEqual([
      'bad-name',
    ]);
  });

  it('keeps any command as it is, and any script can be parsed', () => {
    const part = fc.constantFrom(
      "'",
      '"',
      '$',
      '`',
      '\\',
      '(',
      '${{ x }}',
      '\n',
      '\t',
      '#',
      ': ',
      '|',
      'EOF',
      '<<',
      'é',
      '- ',
      '%',
      '!',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const command = `echo ${parts.join('')}`;
        const given = design(command);
        const [file] = ciFiles('zone', given, target, () => undefined).files;
        const script = scriptsOf(target, file!.text)[2]!;
        expect(script).toContain(given.checks[0]!.command!.text.replaceAll("'", "'\\''"));
        expect(spawnSync('bash', ['-n', '-c', script], { encoding: 'utf8' }).stderr).toBe('');
      }),
      { numRuns: 25 },
    );
  });
});

describe('the markers', () => {
  it('[R-CI-4] keep what stands around them, and writing again changes nothing', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '#', ' ', '# <<< countersign other\n') });
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('x: 1', 'y:\n\n  - 2\n'),
        fc.constantFrom(0, 2),
        (before, after, block, indent) => {
          const first = inMarkers(before, 'zone', 'old', indent) + after;
          const second = inMarkers(first, 'zone', block, indent);
          expect(second.startsWith(before)).toBe(true);
          expect(second.endsWith(after)).toBe(true);
          expect(inMarkers(second, 'zone', block, indent)).toBe(second);
        },
      ),
    );
  });
});
