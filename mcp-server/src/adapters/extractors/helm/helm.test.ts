import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateActions } from './actions.ts';
import { valueComments } from './comments.ts';
import { helm } from './helm.ts';
import { settleHelm } from './settle.ts';
import { valuePath } from './value-path.ts';
import { walkActions } from './value-uses.ts';
import { isPinnedRange } from './version-range.ts';

const of = (path: string, text: string) => helm.extract({ path, text });
const uses = (text: string) => {
  const found: string[] = [];
  walkActions(templateActions(text), (_, read) => found.push(...read.map((use) => use.path)));
  return found;
};

describe('which files belong to a chart', () => {
  it.each([
    ['web/Chart.yaml', '', true],
    ['web/values.yaml', 'a: 1', true],
    ['env/prod-values.yaml', 'a: 1', true],
    ['web/templates/a.yaml', 'x: {{ .Values.a }}', true],
    ['web/templates/_helpers.tpl', '', true],
    ['roles/web/templates/a.yaml', 'x: {{ ansible_host }}', false],
    ['roles/requirements.yml', 'roles:\n  - src: x', false],
    ['web/requirements.yaml', 'dependencies:\n  - repository: x', true],
    ['apps/values.yaml', 'apiVersion: v1\nkind: ConfigMap', false],
  ])('%s', (path, head, expected) => {
    expect(helm.matches(path, head)).toBe(expected);
  });
});

describe('comments of values', () => {
  const comment = (text: string, line: number, path = 'k') => valueComments(text).of(line, path);

  it('are read by the conventions of their documentation tools', () => {
    expect(comment('# -- Says (this)\n# and that.\n## not this\nk: 1', 4)).toMatchObject({
      description: 'Says (this) and that.',
      from: 'helm-docs',
    });
    expect(comment('# -- Apart\n\n# @default -- see below\nk: 1', 4)).toMatchObject({
      description: 'Apart',
      shownDefault: 'see below',
    });
    expect(comment('# of something else\n\n# @default -- see below\nk: 1', 4)).toBeUndefined();
    expect(comment('# -- (tpl/array) Typed\n# @default -- see below\nk: 1', 3)).toMatchObject({
      type: 'tpl/array',
      description: 'Typed',
      shownDefault: 'see below',
    });
    expect(comment('## @param a.b [object] Nested\na:\n  b: {}', 3, 'a.b')).toMatchObject({
      description: 'Nested',
      from: 'param',
      type: 'object',
    });
    expect(comment('# a.b -- By name\n\na:\n  b: 1', 4, 'a.b')).toMatchObject({ description: 'By name' });
  });

  it('are plain ones right above or behind a key, but no settings that are commented out', () => {
    expect(comment('# Plain.\nk: 1', 2)).toMatchObject({ description: 'Plain.', from: 'comment' });
    expect(comment('k: 1 # behind', 1)).toMatchObject({ description: 'behind' });
    expect(comment('k: "a # b"', 1)).toBeUndefined();
    expect(comment('k: a#b', 1)).toBeUndefined();
    expect(comment('# other: 2\n# - item\nk: 1', 3)).toBeUndefined();
    expect(comment('# Far away.\n\nk: 1', 3)).toBeUndefined();
  });
});

describe('values', () => {
  it('are inputs with dotted names, types, defaults and lines', () => {
    const made = of('web/values.yaml', 'a:\n  "b.c": 1.10\n  d: [x, {y: null}]\n  e: {}\nf: null\n');
    expect(
      made.facts.map(({ name, attributes, evidence }) => [
        name,
        attributes['type'],
        attributes['default'],
        evidence[0]?.line,
      ]),
    ).toEqual([
      ['a."b.c"', 'float', '1.10', 2],
      ['a.d', 'list', '["x",{"y":null}]', 3],
      ['a.e', 'object', '{}', 4],
      ['f', 'null', 'null', 5],
    ]);
  });

  it('of another environment are values that set the inputs', () => {
    const made = of('web/values-prod.yaml', 'a: 2\n');
    expect(made.facts[0]).toMatchObject({ kind: 'value', name: 'a' });
    expect(made.references[0]).toMatchObject({ kind: 'writes', target: { name: 'a', kinds: ['input'], scope: 'web' } });
  });

  it('make an image of repository, registry and tag', () => {
    const image = (text: string) => of('values.yaml', text).facts.find((fact) => fact.kind === 'image');
    expect(image('image: {registry: r.example, repository: a/b, tag: "1.2"}')).toMatchObject({
      name: 'r.example/a/b:1.2',
    });
    expect(image('image: {repository: a/b, tag: ""}')?.attributes).toMatchObject({ tagFrom: 'appVersion' });
    expect(image('image: {repository: a/b, tag: ""}')?.attributes).not.toHaveProperty('pinned');
    expect(image('image: {repository: "", tag: ""}')).toBeUndefined();
    expect(image('sidecarImage: busybox:1.36')).toMatchObject({ name: 'busybox:1.36' });
    expect(image('git: {repository: https-example}')).toBeUndefined();
  });

  it('with a name of dots or blanks are quoted', () => {
    expect(valuePath('a', 'b.c')).toBe('a."b.c"');
    expect(valuePath('', 'b')).toBe('b');
  });
});

describe('templates', () => {
  it('are read action by action, comments and strings with braces apart', () => {
    const actions = templateActions(
      '{{/* {{ .Values.no }} */}}{{- "}} .Values.no" | quote -}}\n{{ .Values.yes }}{{ open',
    );
    expect(actions.map((action) => [action.text, action.line])).toEqual([
      ['"}} .Values.no" | quote', 1],
      ['.Values.yes', 2],
    ]);
  });

  it('know what with, variables, index and root paths mean', () => {
    expect(uses('{{ with .Values.image }}{{ .tag }}{{ $.Values.x }}{{ end }}{{ .tag }}')).toEqual([
      'image',
      'image.tag',
      'x',
    ]);
    expect(uses('{{ $i := .Values.image }}{{ $i.tag }}')).toEqual(['image', 'image.tag']);
    expect(uses('{{ index .Values "a-b" "c.d" }}')).toEqual(['a-b."c.d"']);
    expect(uses('{{ range .Values.list }}{{ .name }}{{ end }}')).toEqual(['list']);
    expect(uses('{{ if .Values.a }}{{ else if .Values.b }}{{ end }}{{ .Values }}')).toEqual(['a', 'b']);
  });

  it('say what they refuse to go on without', () => {
    const made = of(
      'web/templates/a.yaml',
      'kind: Pod\nx: {{ required "say x" .Values.x }}\ny: {{ .Values.y | required "say y" }}\n{{ fail "no" }}',
    );
    const checks = made.facts.filter((fact) => fact.kind === 'check');
    expect(checks.map((fact) => [fact.name, fact.attributes['message']])).toEqual([
      ['x', 'say x'],
      ['y', 'say y'],
      ['fail', 'no'],
    ]);
    expect(made.facts.find((fact) => fact.name === 'x' && fact.kind === 'input')?.attributes['required']).toBe(true);
  });

  it('give objects by kind also where the text is no YAML at all', () => {
    const text =
      '{{- range $i := .Values.list }}\n---\napiVersion: v1\nkind: Service\nmetadata:\n{{ toYaml $i | indent 2 }}\n---\nkind: {{ .Values.kind }}\n{{- end }}';
    const objects = of('web/templates/a.yaml', text).facts.filter((fact) => fact.kind === 'resource');
    expect(objects.map((fact) => [fact.name, fact.status, fact.evidence[0]?.line])).toEqual([
      ['Service in a.yaml', 'observed', 3],
      ['{{ .Values.kind }} in a.yaml', 'unresolved', 8],
    ]);
  });

  it('have the scope of their chart, also of a subchart', () => {
    const scope = (path: string) => of(path, 'kind: Pod\nx: {{ .Values.a }}').facts[0]?.scope;
    expect(scope('templates/a.yaml')).toBe('.');
    expect(scope('charts/web/templates/sub/a.yaml')).toBe('charts/web');
    expect(scope('web/charts/db/templates/a.yaml')).toBe('web/charts/db');
  });

  it('never throw and keep every line inside the text', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '-',
      ' .Values.a',
      '"',
      '`',
      '\n',
      'kind: Pod',
      'if ',
      'end',
      'define "x"',
      'with ',
      '/*',
      '*/',
      '---',
      'image: a:b',
      ':=',
      '$x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split('\n').length;
        for (const { evidence } of of('web/templates/a.yaml', text).facts)
          for (const { line, endLine } of evidence) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(endLine).toBeGreaterThanOrEqual(line);
            expect(endLine).toBeLessThanOrEqual(lines);
          }
      }),
      { numRuns: 500 },
    );
  });
});

describe('settling a chart', () => {
  const settled = (...files: [string, string][]) =>
    settleHelm(files.map(([path, text]) => ({ format: 'helm', extraction: of(path, text) })))
      .flatMap((file) => file.extraction.facts)
      .filter((fact) => fact.kind === 'input' && fact.status === 'inferred');

  it('drops what the values declare: the name, a part of it, or an open map around it', () => {
    const template = '{{ .Values.a }}{{ .Values.map }}{{ .Values.open.key }}{{ .Values.list }}{{ .Values.no }}';
    const left = settled(['c/values.yaml', 'a: 1\nmap: {x: 1}\nopen: {}\nlist: []\n'], ['c/templates/a.tpl', template]);
    expect(left.map((fact) => fact.name)).toEqual(['no']);
  });

  it('joins the uses of one undeclared value, required if one is, whatever the order of the files', () => {
    const one: [string, string] = ['c/templates/b.tpl', '{{ .Values.x }}'];
    const two: [string, string] = ['c/templates/a.tpl', '{{ required "x" .Values.x }}'];
    const left = settled(one, two);
    expect(left).toHaveLength(1);
    expect(left[0]?.attributes['required']).toBe(true);
    expect(left[0]?.evidence.map((place) => place.path)).toEqual(['c/templates/a.tpl', 'c/templates/b.tpl']);
    expect(settled(two, one)).toEqual(left);
  });

  it('takes global values from the chart above', () => {
    const template = '{{ .Values.global.a }}{{ .Values.b }}';
    const left = settled(['c/values.yaml', 'global: {a: 1}\nb: 1\n'], ['c/charts/d/templates/a.tpl', template]);
    expect(left.map((fact) => fact.name)).toEqual(['b']);
  });
});

describe('versions of dependencies', () => {
  it.each([
    ['1.2.3', true],
    ['~1.2', true],
    ['^2', true],
    ['1.x.x', true],
    ['>= 1.0 < 2.0', true],
    ['>= 1.0', false],
    ['*', false],
    ['>= 1.0 || 2.0', false],
    [undefined, false],
  ])('%s', (range, expected) => {
    expect(isPinnedRange(range)).toBe(expected);
  });
});
