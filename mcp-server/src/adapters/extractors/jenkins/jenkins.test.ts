import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jenkins } from './extractor.ts';
import { groovyTokens } from './groovy-tokens.ts';
import { groovyTree } from './groovy-tree.ts';

const of = (text: string, path = 'Jenkinsfile') => jenkins.extract({ path, text });
const named = (text: string, kind: string) =>
  of(text)
    .facts.filter((fact) => fact.kind === kind)
    .map((fact) => fact.name);

describe('Groovy tokens', () => {
  const strings = (text: string) =>
    groovyTokens(text)
      .filter((token) => token.type === 'string')
      .map((token) => token.value);

  it('know every kind of string', () => {
    expect(strings(`a 'x' "y" '''p\nq''' """r "s" t"""`)).toEqual(['x', 'y', 'p\nq', 'r "s" t']);
    expect(strings('x = ~/a{2}/; y = $/d/e/$')).toEqual(['a{2}', 'd/e']);
    expect(strings(`"\${f("}")} z"`)).toEqual([`\${f("}")} z`]);
  });

  it('tell division from strings, and comments from both', () => {
    expect(strings('x = a / b / c // "no"\n/* "no" */ y')).toEqual([]);
    expect(strings("url 'http://x' // y")).toEqual(['http://x']);
  });

  it('end a string that is never closed with its line', () => {
    expect(strings("sh 'make\nsh 'test'")).toEqual(['make', 'test']);
  });
});

describe('Groovy statements', () => {
  it('nest by closures and go on over lines', () => {
    const { roots, unclosed } = groovyTree("a {\n  b 'x',\n    c: 1\n  d(e: {\n    f 'y'\n  })\n}");
    expect(unclosed).toBeUndefined();
    expect(roots[0]?.body?.map((node) => node.name)).toEqual(['b', 'd']);
    expect(roots[0]).toMatchObject({ line: 1, endLine: 7 });
  });

  it('hold 10,000 levels and survive stray braces', () => {
    expect(groovyTree('a {'.repeat(10_000)).unclosed).toBe(1);
    expect(groovyTree('}}}\nb {}').roots.map((node) => node.name)).toEqual(['b']);
    expect(of(`node {${'stage("s") {'.repeat(10_000)}`).skipped).toEqual([
      { path: 'Jenkinsfile', reason: 'unparsed', line: 1 },
    ]);
  });

  it('never throw, whatever the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      "'",
      '"',
      "'''",
      '/',
      '$',
      '\n',
      ' ',
      'stage',
      'sh ',
      'x',
      ':',
      ',',
      '=',
      '\\',
      '//',
      '/*',
      'parallel ',
      'when ',
      'input ',
      'node ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split('\n').length;
        for (const { evidence } of of(text).facts)
          for (const { line, endLine } of evidence) expect(line >= 1 && endLine >= line && endLine <= lines).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('pipelines', () => {
  it('are found by name, or by what a Groovy file starts with', () => {
    expect(jenkins.matches('ci/Jenkinsfile.release', '')).toBe(true);
    expect(jenkins.matches('jobs/x.groovy', 'pipeline {\n')).toBe(true);
    expect(jenkins.matches('jobs/x.groovy', "node('a') {\n")).toBe(true);
    expect(jenkins.matches('src/Node.groovy', 'class Node {\n')).toBe(false);
  });

  it('have stages without a closure, which last until the next one', () => {
    const text =
      "node {\n  stage 'Build'\n  sh 'make'\n  stage(name: 'Ship')\n  sh 'make ship'\n  dir('x') {\n    sh 'id'\n  }\n}\nstage('Last') {\n  echo 'x'\n}\n";
    const stages = of(text).facts.filter((fact) => fact.kind === 'stage');
    expect(stages.map(({ name, evidence }) => [name, evidence[0]?.line, evidence[0]?.endLine])).toEqual([
      ['Build', 2, 3],
      ['Ship', 4, 8],
      ['Last', 10, 12],
    ]);
  });

  it('ask people by the directive and by the step', () => {
    expect(named("pipeline { stages { stage('A') { input { message 'Go?' } } } }", 'approval')).toEqual(['Go?']);
    expect(named("node { input message: 'Sure?', submitter: 'ops' }", 'approval')).toEqual(['Sure?']);
    expect(named("node { input 'Now?' }", 'approval')).toEqual(['Now?']);
  });

  it('handle failures in post and catch, and take back what they did there', () => {
    const made = of(
      "pipeline { stages { stage('A') { steps { sh 'kubectl apply -f x' } } }\n post { failure { sh 'kubectl delete -f x' } } }",
    );
    const undo = made.facts.find((fact) => fact.kind === 'rollback');
    expect(undo).toMatchObject({
      name: 'kubectl delete -f x',
      status: 'inferred',
      attributes: { rule: 'writes-on-failure' },
    });
    const caught = of("node { try { sh 'a' } catch (e) { sh 'b' } }").facts.filter((fact) => fact.kind === 'step');
    expect(caught.map((fact) => fact.attributes['handlesErrors'])).toEqual([true, true]);
    expect(caught.map((fact) => fact.attributes['onFailure'])).toEqual([undefined, true]);
  });

  it('take parameters from the directive and from properties', () => {
    expect(
      named(
        "properties([parameters([string(name: 'A', defaultValue: 'x'), choice(name: 'B', choices: 'p\\nq')])])\nnode { }",
        'input',
      ),
    ).toEqual(['A', 'B']);
  });

  it('run scripts in the folder that dir names', () => {
    const made = of("node { dir('deploy') { sh './run.sh' } }");
    expect(made.references.map((reference) => reference.target)).toContainEqual({ by: 'path', path: 'deploy/run.sh' });
  });

  it('name credentials by their id and libraries by their name', () => {
    expect(
      named("node { withCredentials([string(credentialsId: 'tok', variable: 'T')]) { sh 'x' } }", 'input'),
    ).toEqual(['tok']);
    expect(
      named(
        "library changelog: false, identifier: 'lib@main', retriever: modernSCM([$class: 'Git'])\nnode { }",
        'module',
      ),
    ).toEqual(['lib']);
  });
});
