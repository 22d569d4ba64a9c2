import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { SCAN_TOOLS } from './catalogue.ts';
import { foldersOf, type Printed, type ScanTool } from './tool.ts';

/** Each program with an answer as it prints one, what it was asked, and what that comes to. */
const ANSWERS: Record<string, { args?: string[]; exit: number; out: unknown; found: string[] }> = {
  'ansible-lint': {
    exit: 2,
    out: [
      {
        type: 'issue',
        check_name: 'no-changed-when',
        severity: 'major',
        level: 'warning',
        description: 'Commands should not change things if nothing needs doing.',
        location: { path: 'site.yml', lines: { begin: 4 } },
      },
      {
        type: 'issue',
        check_name: 'syntax-check[specific]',
        severity: 'blocker',
        level: 'error',
        description: "the role 'a.b' was not found",
        location: { path: 'roles/x/meta/main.yml', positions: { begin: { line: 7, column: 5 } } },
      },
    ],
    found: [
      'warning site.yml:4 ansible-lint/no-changed-when: Commands should not change things if nothing needs doing.',
      "error roles/x/meta/main.yml:7 ansible-lint/syntax-check[specific]: the role 'a.b' was not found",
    ],
  },
  checkov: {
    exit: 0,
    out: [
      {
        check_type: 'dockerfile',
        results: {
          passed_checks: [],
          failed_checks: [
            {
              check_id: 'CKV_DOCKER_3',
              check_name: 'Ensure that a user for the container has been created',
              file_path: '/Dockerfile',
              repo_file_path: '/app/Dockerfile',
              file_line_range: [2, 4],
              severity: null,
            },
          ],
        },
      },
      { check_type: 'terraform', results: { failed_checks: [] } },
      {
        check_type: 'kubernetes',
        results: {
          failed_checks: [
            { check_id: 'CKV_K8S_1', check_name: 'Shares nothing', file_path: '//k/pod.yaml', severity: 'HIGH' },
          ],
        },
      },
    ],
    found: [
      'warning app/Dockerfile:2 checkov/CKV_DOCKER_3: Ensure that a user for the container has been created',
      'error k/pod.yaml:1 checkov/CKV_K8S_1: Shares nothing',
    ],
  },
  gitleaks: {
    exit: 0,
    out: [
      {
        Description: 'AWS',
        StartLine: 3,
        Match: 'REDACTED',
        Secret: 'REDACTED',
        File: './ops/env.sh',
        RuleID: 'aws-access-token',
      },
    ],
    found: ['error ops/env.sh:3 gitleaks/aws-access-token: AWS'],
  },
  hadolint: {
    exit: 0,
    out: [
      {
        code: 'DL3006',
        column: 1,
        file: './Dockerfile',
        level: 'warning',
        line: 1,
        message: 'Always tag the version of an image explicitly',
      },
      {
        code: 'DL3059',
        column: 1,
        file: './Dockerfile',
        level: 'info',
        line: 5,
        message: 'Multiple consecutive `RUN`',
      },
    ],
    found: [
      'warning Dockerfile:1 hadolint/DL3006: Always tag the version of an image explicitly',
      'info Dockerfile:5 hadolint/DL3059: Multiple consecutive `RUN`',
    ],
  },
  kubeconform: {
    exit: 1,
    out: {
      resources: [
        { filename: './k/pod.yaml', kind: 'Pod', name: 'p', version: 'v1', status: 'statusValid', msg: '' },
        {
          filename: './k/dep.yaml',
          kind: 'Deployment',
          name: 'd',
          version: 'apps/v1',
          status: 'statusInvalid',
          msg: 'problem validating schema',
          validationErrors: [{ path: '/spec/replicas', msg: 'expected integer or null, but got string' }],
        },
        { filename: 'k/svc.yaml', kind: 'Service', name: 's', status: 'statusInvalid', msg: 'no kind' },
        { filename: 'k/crd.yaml', kind: 'Crd', name: 'c', status: 'statusSkipped', msg: '' },
      ],
    },
    found: [
      'error k/dep.yaml:1 kubeconform/schema: Deployment d: /spec/replicas: expected integer or null, but got string',
      'error k/svc.yaml:1 kubeconform/schema: Service s: no kind',
    ],
  },
  shellcheck: {
    exit: 1,
    out: {
      comments: [
        { file: './run.sh', line: 2, endLine: 2, column: 8, level: 'info', code: 2086, message: 'Double quote.' },
        { file: './run.sh', line: 9, endLine: 9, column: 1, level: 'error', code: 1073, message: 'Cannot parse.' },
      ],
    },
    found: ['info run.sh:2 shellcheck/SC2086: Double quote.', 'error run.sh:9 shellcheck/SC1073: Cannot parse.'],
  },
  terraform: {
    args: ['-chdir=./tf/', 'validate', '-json'],
    exit: 1,
    out: {
      valid: false,
      diagnostics: [
        {
          severity: 'error',
          summary: 'Reference to undeclared input variable',
          detail: 'An input variable with the name "nope" has not been declared.',
          range: { filename: 'main.tf', start: { line: 12, column: 1, byte: 1 } },
        },
        { severity: 'warning', summary: 'Old version', detail: 'Upgrade it.' },
      ],
    },
    found: [
      'error tf/main.tf:12 terraform/validate: Reference to undeclared input variable: An input variable with the name "nope" has not been declared.',
      'warning tf/:1 terraform/validate: Old version: Upgrade it.',
    ],
  },
  trivy: {
    args: ['fs', './k'],
    exit: 0,
    out: {
      Results: [
        {
          Target: 'pod.yaml',
          Class: 'config',
          Misconfigurations: [
            {
              ID: 'KSV001',
              Title: 'Can elevate',
              Message: 'set it',
              Severity: 'MEDIUM',
              Status: 'FAIL',
              CauseMetadata: { StartLine: 7 },
            },
            { ID: 'KSV002', Title: 'fine', Message: '', Severity: 'HIGH', Status: 'PASS' },
          ],
        },
        {
          Target: 'env.sh',
          Class: 'secret',
          Secrets: [{ RuleID: 'github-pat', Severity: 'CRITICAL', Title: 'GitHub token', StartLine: 2, Match: 'x' }],
        },
      ],
    },
    found: [
      'warning k/pod.yaml:7 trivy/KSV001: Can elevate: set it',
      'error k/env.sh:2 trivy/github-pat: GitHub token',
    ],
  },
  yamllint: {
    exit: 1,
    out: './site.yml:1:1: [warning] missing document start "---" (document-start)\n./k/pod.yaml:3:2: [error] syntax error: expected <block end> (syntax)\na.yml:12:30: [error] bare\nx a.yml:1: none\n',
    found: [
      'warning site.yml:1 yamllint/document-start: missing document start "---"',
      'error k/pod.yaml:3 yamllint/syntax: syntax error: expected <block end>',
      'error a.yml:12 yamllint/syntax: bare',
    ],
  },
};

const targets = {
  paths: ['Dockerfile', 'k/pod.yaml', 'ops/--version.sh', 'ops/run', 'site.yml', 'tf/main.tf'],
  formats: new Map([
    ['Dockerfile', new Set(['dockerfile'])],
    ['k/pod.yaml', new Set(['kubernetes'])],
    ['ops/run', new Set(['shell'])],
    ['site.yml', new Set(['ansible'])],
    ['tf/main.tf', new Set(['terraform'])],
  ]),
};

describe.each(SCAN_TOOLS.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  const answer = ANSWERS[name]!;
  const printed: Printed = {
    exit: answer.exit,
    out: typeof answer.out === 'string' ? answer.out : JSON.stringify(answer.out),
    err: '',
  };

  it('becomes findings with severity, place and rule [R-SCAN-1]', () => {
    const found = tool.read(printed, answer.args ?? []);
    expect(found).toBeInstanceOf(Array);
    const lines = (found as Finding[]).map(
      ({ severity, path, line, rule, message }) => `${severity} ${path}:${line} ${rule}: ${message}`,
    );
    expect(lines).toEqual(answer.found);
  });

  it('says that an answer that cannot be read is none', () => {
    expect(tool.read({ exit: 3, out: 'Segmentation fault', err: 'boom' }, ['x'])).toHaveProperty('unusable');
  });

  it('looks at nothing where there is nothing for it', () => {
    const empty = { paths: [], formats: new Map() };
    expect(tool.calls(empty)).toEqual([]);
  });
});

const called = (name: string) => SCAN_TOOLS.find((tool): tool is ScanTool => tool.name === name)!.calls(targets);

describe('calls', () => {
  it('name files so that none can be an option, by ending and by what extraction saw', () => {
    expect(
      Object.fromEntries(SCAN_TOOLS.map(({ name }) => [name, called(name).map((args) => args.join(' '))])),
    ).toEqual({
      'ansible-lint': ['--offline --nocolor -q -f codeclimate ./site.yml'],
      checkov: [
        '--output json --quiet --compact --soft-fail --skip-download --file ./Dockerfile --file ./k/pod.yaml --file ./site.yml --file ./tf/main.tf',
      ],
      gitleaks: [
        'detect --no-git --no-banner --redact --exit-code 0 --report-format json --report-path /dev/stdout --source ./.',
      ],
      hadolint: ['--format json --no-fail ./Dockerfile'],
      kubeconform: ['-output json -ignore-missing-schemas ./k/pod.yaml'],
      shellcheck: ['--format=json1 ./ops/--version.sh ./ops/run'],
      terraform: ['-chdir=./tf/ validate -json'],
      trivy: [
        'fs --scanners misconfig,secret --offline-scan --skip-check-update --format json --quiet --exit-code 0 ./.',
      ],
      yamllint: ['--format parsable ./k/pod.yaml ./site.yml'],
    });
  });

  it('leave out what only looks like it: other endings, templates of charts, formats of other programs', () => {
    const paths = [
      'a.sh.txt',
      'a.tf.json',
      'b.tfx',
      'c.yaml.bak',
      'chart/templates/x.yaml',
      'chart/values.yaml',
      'd.bash',
      'e.ksh',
      'f.dash',
      'm.tf',
    ];
    const formats = new Map([
      ['chart/templates/x.yaml', new Set(['helm'])],
      ['chart/values.yaml', new Set(['helm', 'gitlab-ci'])],
      ['d.bash', new Set(['ansible'])],
      ['m.tf', new Set(['mermaid'])],
    ]);
    const calls = (name: string) => SCAN_TOOLS.find((tool) => tool.name === name)!.calls({ paths, formats });
    expect(calls('shellcheck')).toEqual([['--format=json1', './d.bash', './e.ksh', './f.dash']]);
    expect(calls('terraform')).toEqual([['-chdir=./.', 'validate', '-json']]);
    expect(calls('yamllint')).toEqual([['--format', 'parsable', './chart/values.yaml']]);
    expect(calls('ansible-lint')).toEqual([]);
    expect(calls('checkov')[0]!.filter((word) => word.startsWith('./'))).toEqual([
      './chart/templates/x.yaml',
      './chart/values.yaml',
      './d.bash',
    ]);
    expect(calls('hadolint')).toEqual([]);
  });

  it.each([
    ['terraform', ['version', '-json'], []],
    ['kubeconform', ['-v'], []],
    ['gitleaks', ['version'], ['.gitleaks.toml', '.gitleaksignore']],
    ['hadolint', ['--version'], ['.hadolint.yaml', '.hadolint.yml']],
    ['shellcheck', ['--version'], ['.shellcheckrc', 'shellcheckrc']],
    ['checkov', ['--version'], ['.checkov.yaml', '.checkov.yml']],
    ['trivy', ['--version'], ['trivy.yaml', '.trivyignore', '.trivyignore.yaml']],
    ['yamllint', ['--version'], ['.yamllint', '.yamllint.yaml', '.yamllint.yml']],
  ])('of %s print its version with %j, and its settings lie in %j', (name, version, settings) => {
    expect(SCAN_TOOLS.find((tool) => tool.name === name)).toMatchObject({ version, settings });
  });

  it('come in batches', () => {
    const paths = Array.from({ length: 450 }, (_, at) => `f${at}.sh`);
    const [shellcheck] = SCAN_TOOLS.filter((tool) => tool.name === 'shellcheck');
    expect(shellcheck!.calls({ paths, formats: new Map() }).map((args) => args.length - 1)).toEqual([200, 200, 50]);
  });

  it('take each outermost folder once', () => {
    expect(foldersOf(['a/b/c.tf', 'a/d.tf', 'a-b/x.tf', 'e/f/g.tf'])).toEqual(['a', 'a-b', 'e/f']);
    expect(foldersOf(['a/b.tf', 'c.tf'])).toEqual(['.']);
  });

  it('give no secret that was matched, and no line break of a message', () => {
    const [gitleaks] = SCAN_TOOLS.filter((tool) => tool.name === 'gitleaks');
    const out = JSON.stringify([
      { Description: 'a\nb', StartLine: 1, Match: 'hunter2hunter2', Secret: 'hunter2hunter2', File: 'a', RuleID: 'r' },
    ]);
    const said = JSON.stringify(gitleaks!.read({ exit: 0, out, err: '' }, []));
    expect(said).not.toContain('hunter2');
    expect(said).toContain('"a b"');
  });

  it('takes a folder that was not initialised for unusable, not for clean or broken', () => {
    const [terraform] = SCAN_TOOLS.filter((tool) => tool.name === 'terraform');
    const out = JSON.stringify({
      diagnostics: [{ severity: 'error', summary: 'Module not installed', detail: 'Run "terraform init".' }],
    });
    expect(terraform!.read({ exit: 1, out, err: '' }, ['-chdir=./tf/'])).toEqual({
      unusable: 'tf/ is not initialised: Module not installed',
    });
  });

  it.each([
    ['terraform init', ''],
    ['x', 'run tofu init'],
    ['Missing required provider', ''],
    ['Failed to load plugin schemas', ''],
    ['Backend initialization required', ''],
    ['Not initialised', ''],
  ])('takes %j with %j for a folder that was not initialised', (summary, detail) => {
    const [terraform] = SCAN_TOOLS.filter((tool) => tool.name === 'terraform');
    const out = JSON.stringify({ diagnostics: [{ severity: 'error', summary, detail }] });
    expect(terraform!.read({ exit: 1, out, err: '' }, ['-chdir=./.'])).toEqual({
      unusable: `. is not initialised: ${summary}`,
    });
  });

  it('takes a place in the outermost folder without a folder', () => {
    const [terraform, trivy] = ['terraform', 'trivy'].map((name) => SCAN_TOOLS.find((tool) => tool.name === name)!);
    const diagnostic = {
      severity: 'error',
      summary: 'a',
      detail: 'b',
      range: { filename: 'm.tf', start: { line: 2 } },
    };
    expect(
      terraform!.read({ exit: 1, out: JSON.stringify({ diagnostics: [diagnostic] }), err: '' }, ['-chdir=./.']),
    ).toEqual([
      { rule: 'terraform/validate', severity: 'error', path: 'm.tf', line: 2, message: 'a: b', fix: 'see terraform' },
    ]);
    const result = { Target: 'k/p.yaml', Secrets: [{ RuleID: 's', Severity: 'LOW', Title: 't', StartLine: 0 }] };
    expect(trivy!.read({ exit: 0, out: JSON.stringify({ Results: [result] }), err: '' }, ['./.'])).toEqual([
      { rule: 'trivy/s', severity: 'info', path: 'k/p.yaml', line: 1, message: 't', fix: 'see trivy' },
    ]);
  });
});

describe('an answer that says nothing', () => {
  const read = (name: string, printed: Partial<Printed>, args: string[] = ['x']) =>
    SCAN_TOOLS.find((tool) => tool.name === name)!.read({ exit: 0, out: '', err: '', ...printed }, args);

  it('is told with the exit and the first line that was said', () => {
    expect(read('hadolint', { exit: 3, err: ' \n  boom \nmore', out: 'x' })).toEqual({ unusable: 'exit 3, boom' });
    expect(read('hadolint', { exit: null })).toEqual({ unusable: 'exit none, no answer' });
    expect(read('hadolint', { exit: 1, out: 'x'.repeat(300) })).toEqual({ unusable: `exit 1, ${'x'.repeat(200)}` });
    expect(read('yamllint', { exit: null, err: ` ${'y'.repeat(300)}` })).toEqual({
      unusable: `exit none, ${'y'.repeat(200)}`,
    });
    expect(read('yamllint', { exit: 2, err: 'no file' })).toEqual({ unusable: 'exit 2, no file' });
    expect(read('yamllint', { exit: 0 })).toEqual([]);
    const failed = { resources: [{ status: 'statusValid' }, { status: 'statusError', msg: 'm'.repeat(300) }] };
    expect(read('kubeconform', { out: JSON.stringify(failed) })).toEqual({ unusable: 'm'.repeat(200) });
  });

  it.each(['hadolint', 'gitleaks', 'ansible-lint', 'checkov', 'kubeconform', 'shellcheck', 'terraform', 'trivy'])(
    'of %s is no finding where it is JSON of another form',
    (name) => {
      for (const out of ['null', '{}', '7', '[]']) expect(read(name, { out })).toEqual([]);
    },
  );

  it('gives findings whose words and places are bounded', () => {
    const one = {
      code: 'c'.repeat(99),
      file: './././a',
      line: 1.5,
      level: 'Blocker',
      message: ` a\n\t b${'m'.repeat(500)}`,
    };
    expect(read('hadolint', { out: JSON.stringify([one, null]) })).toEqual([
      {
        rule: `hadolint/${'c'.repeat(80)}`,
        severity: 'error',
        path: 'a',
        line: 1,
        message: `a b${'m'.repeat(397)}`,
        fix: 'see hadolint',
      },
      {
        rule: 'hadolint/undefined',
        severity: 'info',
        path: 'undefined',
        line: 1,
        message: 'undefined',
        fix: 'see hadolint',
      },
    ]);
  });
});
