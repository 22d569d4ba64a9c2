import { describe, expect, it } from 'vitest';
import { contextNames, runsOnFailure } from './expressions.ts';
import { githubActions } from './extractor.ts';
import { effectOf, readUses } from './uses.ts';

const path = '.github/workflows/ci.yml';
const of = (text: string, at = path) => githubActions.extract({ path: at, text });
const named = (text: string, kind: string) =>
  of(text)
    .facts.filter((fact) => fact.kind === kind)
    .map((fact) => fact.name);
const job = (body: string) => `on: push\njobs:\n  a:\n    runs-on: x\n${body}`;

describe('which files are workflows and actions', () => {
  it.each([
    ['.github/workflows/a.yml', '', true],
    ['.gitea/workflows/a.yaml', '', true],
    ['tools/action.yml', 'name: x\nruns:', true],
    ['action.yaml', 'description: x', true],
    ['docs/workflows/a.yml', '', false],
    ['data/action.yml', 'verb: run', false],
  ])('%s', (file, head, expected) => {
    expect(githubActions.matches(file, head)).toBe(expected);
  });
});

describe('expressions', () => {
  it('name what they read from a context', () => {
    expect(contextNames('${{ steps.vars.outputs.tag }} ${{ vars.NAME }}', 'vars')).toEqual(['NAME']);
    expect(contextNames(`\${{ secrets.A }} secrets.NO \${{ secrets['B-C'] || secrets.A }}`, 'secrets')).toEqual([
      'A',
      'B-C',
    ]);
    expect(contextNames(`\${{ mysecrets.A`, 'secrets')).toEqual([]);
  });

  it.each([
    ['failure()', true],
    ['always() && failure()', true],
    ["needs.build.result == 'failure'", true],
    ['!failure()', false],
    ['success()', false],
    [undefined, false],
  ])('%s runs on failure: %s', (condition, expected) => {
    expect(runsOnFailure(condition)).toBe(expected);
  });
});

describe('uses', () => {
  it('are pinned by a full commit hash alone', () => {
    expect(readUses(`o/r/sub@${'a'.repeat(40)}`)).toMatchObject({ owner: 'o', target: 'o/r/sub', pinned: true });
    expect(readUses('o/r@v4')).toMatchObject({ ref: 'v4', pinned: false });
    expect(readUses('./a')).toEqual({ kind: 'local', target: './a' });
    expect(readUses('docker://alpine:3')).toMatchObject({ kind: 'docker', target: 'alpine:3', pinned: false });
  });

  it('write where their name says so', () => {
    expect(effectOf(readUses('x/deploy-to-cloud@v1'), undefined)).toBe('write');
    expect(effectOf(readUses('x/setup-deploy-tool@v1'), undefined)).toBeUndefined();
    expect(effectOf(readUses('deploy/checkout@v1'), undefined)).toBeUndefined();
  });
});

describe('workflows', () => {
  it('start by on, spelled true, as a word or as a list', () => {
    expect(named('true:\n  push:\njobs: {}', 'entrypoint')).toEqual(['push']);
    expect(named('on: [push, pull_request]\njobs: {}', 'entrypoint')).toEqual(['push', 'pull_request']);
  });

  it('order jobs by what they need', () => {
    const made = of('on: push\njobs:\n  c: {needs: [a, b], steps: []}\n  b: {needs: a, steps: []}\n  a: {steps: []}\n');
    const orders = made.facts
      .filter((fact) => fact.kind === 'job')
      .map((fact) => [fact.name, fact.attributes['order']]);
    expect(orders).toEqual([
      ['c', 3],
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('survive jobs that need each other', () => {
    expect(named('on: push\njobs:\n  a: {needs: b, steps: []}\n  b: {needs: a, steps: []}\n', 'job')).toEqual([
      'a',
      'b',
    ]);
  });

  it('count the combinations of a matrix and leave an expression open', () => {
    const batch = (matrix: string) =>
      of(job(`    strategy: {matrix: ${matrix}}\n    steps: []\n`)).facts.find((fact) => fact.kind === 'batch');
    expect(batch('{a: [1, 2], b: [1, 2, 3], exclude: [{a: 1, b: 1}]}')?.attributes['size']).toBe(5);
    expect(batch('{include: [{a: 1}, {a: 2}]}')?.attributes['size']).toBe(2);
    expect(batch(`"\${{ fromJSON(needs.x.outputs.m) }}"`)).toMatchObject({ status: 'unresolved' });
  });

  it('tell lines of a script exactly', () => {
    const made = of(
      job('    steps:\n      - name: s\n        run: |\n          echo\n          curl -f https://x/healthz\n'),
    );
    expect(made.facts.find((fact) => fact.kind === 'check')?.evidence).toEqual([{ path, line: 9, endLine: 9 }]);
  });

  it('read no shell where another language runs', () => {
    const made = of(job('    steps:\n      - shell: python\n        run: |\n          if x: pass\n'));
    expect(made.facts.filter((fact) => fact.kind === 'decision')).toEqual([]);
    expect(made.facts.find((fact) => fact.kind === 'step')?.name).toBe('if x: pass');
  });

  it('say each secret once, as an input, and not the token of the run', () => {
    const made = of(
      job(
        `    env: {A: "\${{ secrets.KEY }}", B: "\${{ secrets.GITHUB_TOKEN }}"}\n    steps:\n      - run: echo \${{ secrets.KEY }}\n`,
      ),
    );
    expect(
      made.facts.filter((fact) => fact.kind === 'input').map((fact) => [fact.name, fact.attributes['sensitive']]),
    ).toEqual([['KEY', true]]);
  });

  it('tie a job to its steps only where their names are their own', () => {
    const steps = '    steps:\n      - run: make a\n';
    const made = of(`on: push\njobs:\n  a:\n${steps}  b:\n${steps}      - run: make b\n`);
    const tied = made.references.filter(({ target }) => target.by === 'name' && target.kinds.includes('step'));
    expect(tied.map(({ target }) => target.by === 'name' && target.name)).toEqual(['make b']);
  });

  it('that are broken keep what was understood', () => {
    expect(named('on: push\njobs:\n  a:\n    steps:\n      - run: x\n  b: [\n', 'job')).toContain('a');
    expect(of('- just\n- a list').facts).toEqual([]);
    expect(of(`jobs: ${'{a: '.repeat(10_000)}`).skipped).toHaveLength(1);
  });
});

describe('actions', () => {
  it('list inputs with required, default and description', () => {
    const made = of(
      'name: n\ninputs:\n  a:\n    description: d\n    required: true\n  b: {default: 3}\nruns: {using: node20, main: dist/i.js}\n',
      'x/action.yml',
    );
    expect(
      made.facts.filter((fact) => fact.kind === 'input').map((fact) => [fact.scope, fact.name, fact.attributes]),
    ).toMatchObject([
      ['x', 'a', { required: true, description: 'd', documented: true }],
      ['x', 'b', { required: false, default: '3', documented: false }],
    ]);
    expect(made.references.map((reference) => reference.target)).toContainEqual({ by: 'path', path: 'x/dist/i.js' });
  });
});

describe('a check that goes by its name', () => {
  it('tells the commands that do its work, without what prepares them', () => {
    const text = `on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: |\n          cd app\n          npm ci\n          npm run unit\n          echo done\n      - run: make e2e\n`;
    const checks = of(text).facts.filter((fact) => fact.kind === 'check');
    expect(checks.map(({ name, attributes }) => [name, attributes['runs']])).toEqual([
      ['test', ['npm run unit', 'make e2e']],
    ]);
  });
});
