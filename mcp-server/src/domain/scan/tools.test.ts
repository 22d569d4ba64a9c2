import { describe, expect, it } from 'vitest';
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
      'warning site.yml:4 ansible-lint/no-changed-when',
      'error roles/x/meta/main.yml:7 ansible-lint/syntax-check[specific]',
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
              file_line_range: [1, 4],
              severity: null,
            },
          ],
        },
      },
      { check_type: 'terraform', results: { failed_checks: [] } },
    ],
    found: ['warning app/Dockerfile:1 checkov/CKV_DOCKER_3'],
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
    found: ['error ops/env.sh:3 gitleaks/aws-access-token'],
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
    found: ['warning Dockerfile:1 hadolint/DL3006', 'info Dockerfile:5 hadolint/DL3059'],
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
      ],
    },
    found: ['error k/dep.yaml:1 kubeconform/schema'],
  },
  shellcheck: {
    exit: 1,
    out: {
      comments: [
        { file: './run.sh', line: 2, endLine: 2, column: 8, level: 'info', code: 2086, message: 'Double quote.' },
        { file: './run.sh', line: 9, endLine: 9, column: 1, level: 'error', code: 1073, message: 'Cannot parse.' },
      ],
    },
    found: ['info run.sh:2 shellcheck/SC2086', 'error run.sh:9 shellcheck/SC1073'],
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
      ],
    },
    found: ['error tf/main.tf:12 terraform/validate'],
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
    found: ['warning k/pod.yaml:7 trivy/KSV001', 'error k/env.sh:2 trivy/github-pat'],
  },
  yamllint: {
    exit: 1,
    out: './site.yml:1:1: [warning] missing document start "---" (document-start)\n./k/pod.yaml:3:2: [error] syntax error: expected <block end> (syntax)\n',
    found: ['warning site.yml:1 yamllint/document-start', 'error k/pod.yaml:3 yamllint/syntax'],
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
    const lines = (found as { severity: string; path: string; line: number; rule: string }[]).map(
      (one) => `${one.severity} ${one.path}:${one.line} ${one.rule}`,
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
    expect(called('shellcheck')).toEqual([['--format=json1', './ops/--version.sh', './ops/run']]);
    expect(called('hadolint')[0]).toContain('./Dockerfile');
    expect(called('ansible-lint')[0]!.slice(-1)).toEqual(['./site.yml']);
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
});
