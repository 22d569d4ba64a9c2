import { describe, expect, it } from 'vitest';
import { gitlabCi } from './extractor.ts';

const of = (text: string, path = '.gitlab-ci.yml') => gitlabCi.extract({ path, text });
const fact = (text: string, kind: string, name: string) =>
  of(text).facts.find((found) => found.kind === kind && found.name === name);
const named = (text: string, kind: string) =>
  of(text)
    .facts.filter((found) => found.kind === kind)
    .map((found) => found.name);

describe('which files are pipelines', () => {
  it.each([
    ['.gitlab-ci.yml', '', true],
    ['ci/build.gitlab-ci.yml', '', true],
    ['.gitlab/ci/a.yml', 'a:\n  script: x', true],
    ['.gitlab/agents/x/config.yaml', 'gitops: {}', false],
    ['templates/a.yml', 'a:\n  stage: test\n  script: x', true],
    ['tasks/main.yml', '- name: a\n  script: x\n  tags: y', false],
    ['.travis.yml', 'script: x\nstage: y', false],
  ])('%s', (path, head, expected) => {
    expect(gitlabCi.matches(path, head)).toBe(expected);
  });
});

describe('jobs', () => {
  it('take stage, script and gate from what they extend, nearest first', () => {
    const text =
      '.base:\n  stage: ship\n  script: terraform apply\n.mid:\n  extends: .base\n  when: manual\njob:\n  extends: [.mid]\n';
    expect(fact(text, 'job', 'job')?.attributes).toMatchObject({ stage: 'ship', when: 'manual', effect: 'write' });
    expect(fact('a:\n  extends: b\nb:\n  extends: a\n', 'job', 'a')).toBeDefined();
  });

  it('say text that an anchor brings where it stands, once', () => {
    const text = '.x: &x\n  script:\n    - curl -f https://e/health\na:\n  <<: *x\nb:\n  <<: *x\n';
    const checks = of(text).facts.filter((found) => found.kind === 'check');
    expect(checks.map((found) => found.evidence[0]?.line)).toEqual([3]);
    expect(fact(text, 'job', 'a')?.attributes['effect']).toBe('read');
  });

  it('wait for a person by when: manual, in themselves or in a rule', () => {
    expect(
      named(
        'a:\n  script: x\n  when: manual\nb:\n  script: x\n  rules:\n    - when: manual\nc:\n  script: x\n',
        'approval',
      ),
    ).toEqual(['a', 'b']);
  });

  it('let failures through by allow_failure and handle them by on_failure', () => {
    expect(fact('a:\n  script: x\n  allow_failure: true\n', 'job', 'a')?.attributes['ignoresErrors']).toBe(true);
    expect(fact('a:\n  script: x\n  allow_failure:\n    exit_codes: [137]\n', 'job', 'a')?.attributes).toMatchObject({
      allowedExitCodes: ['137'],
    });
    expect(fact('a:\n  script: x\n  when: on_failure\n', 'job', 'a')?.attributes['handlesErrors']).toBe(true);
  });

  it('use references to other jobs, flat and nested', () => {
    const made = of('a:\n  script:\n    - !reference [.x, script]\n    - [echo 1, echo 2]\n');
    expect(made.references).toContainEqual(
      expect.objectContaining({ kind: 'includes', target: expect.objectContaining({ name: '.x' }) }),
    );
    expect(made.facts.find((found) => found.kind === 'job')?.attributes['commands']).toEqual(['echo']);
  });

  it('want what their scripts use and nobody sets', () => {
    const text =
      'variables: {A: "1"}\na:\n  variables: {B: "2"}\n  script:\n    - deploy "$A" "$B" "$DB_PASSWORD" "$CI_JOB_ID"\n';
    expect(named(text, 'input')).toEqual(['DB_PASSWORD']);
    expect(fact(text, 'input', 'DB_PASSWORD')?.attributes['sensitive']).toBe(true);
  });
});

describe('pipelines', () => {
  it('include files of the repository as references and all else as couplings', () => {
    const made = of(
      'include:\n  - /a.yml\n  - local: "b/*.yml"\n  - component: $CI_SERVER_FQDN/g/c@1.2.0\n  - https://e.example/x.yml\n',
    );
    expect(made.references.map((reference) => reference.target)).toEqual(
      expect.arrayContaining([
        { by: 'path', path: 'a.yml', kinds: ['workflow'] },
        { by: 'pattern', glob: 'b/*.yml' },
      ]),
    );
    expect(made.couplings.map((tie) => tie.system)).toEqual(expect.arrayContaining(['gitlab', 'e.example']));
    const pins = made.facts.filter((found) => found.kind === 'module').map((found) => found.attributes['pinned']);
    expect(pins).toEqual([true, false]);
  });

  it('ask for variables with a description', () => {
    expect(fact('variables:\n  A: {description: Where, value: eu}\n', 'input', 'A')?.attributes).toMatchObject({
      required: false,
      default: '"eu"',
    });
    expect(fact('variables:\n  A: eu\n', 'value', 'A')).toBeDefined();
  });

  it('start by their workflow rules, or by every push', () => {
    expect(
      named(
        'workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n    - if: $X\n      when: never\na:\n  script: x\n',
        'entrypoint',
      ),
    ).toEqual(['$CI_COMMIT_TAG']);
    expect(fact('a:\n  script: x\n', 'entrypoint', 'push')?.status).toBe('inferred');
  });

  it('survive what is no pipeline', () => {
    expect(of('- a').facts).toEqual([]);
    expect(of('a: [').skipped.length).toBeGreaterThan(0);
    expect(of(`a: ${'['.repeat(10_000)}`).skipped).toHaveLength(1);
  });
});
