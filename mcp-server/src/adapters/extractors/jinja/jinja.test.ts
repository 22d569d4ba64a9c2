import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanExpression, scanTemplate } from './template.ts';

const names = (text: string) => scanExpression(text).uses.map((use) => use.name);

describe('scanExpression', () => {
  it.each([
    ['a.b.c and not d[e]', ['a', 'd', 'e']],
    ["x | map(attribute='name') | select('in', y) | list", ['x', 'y']],
    ['x is not defined or y is version(z, ">=")', ['x', 'y', 'z']],
    ["groups['web'] | length > 0 if flag else true", ['groups', 'flag']],
    ['q | community.general.json_query(path)', ['q', 'path']],
    ["lookup('vars', 'port') ~ vars['host']", ['port', 'host']],
    ['{{ a }} in {{ b }}', ['a', 'b']],
    ['{a: b, "c": d}[e]', ['a', 'b', 'd', 'e']],
    ['f(x, key=y)', ['f', 'x', 'y']],
    ['a == b', ['a', 'b']],
  ])('finds the variables of %s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('knows a default, a test of being defined, and the literal behind it', () => {
    expect(scanExpression("a.b['c'] | default('x', true)").uses[0]).toMatchObject({ guarded: true, fallback: 'x' });
    expect(scanExpression('a | d(omit)').uses[0]).toEqual({ name: 'a', at: 0, guarded: true });
    expect(scanExpression('a | int | default(5)').uses[0]).toMatchObject({ guarded: false });
    expect(scanExpression('a is not defined').uses[0]).toMatchObject({ guarded: true });
    expect(scanExpression('a is sameas b').uses.map((use) => use.guarded)).toEqual([false, false]);
  });

  it('lists lookups with their literal term', () => {
    expect(scanExpression("lookup('env', 'HOME') ~ query('file', x)").lookups).toEqual([
      { plugin: 'env', term: 'HOME', at: 7 },
      { plugin: 'file', at: 30 },
    ]);
  });
});

describe('scanTemplate', () => {
  it('leaves out what the template sets, loops over, imports or takes as arguments', () => {
    const text = `{% import 'm.j2' as m %}{% from "n.j2" import a as b, c %}
{% macro show(x, y=outer) %}{{ x }}{{ y }}{{ z }}{% endmacro %}
{% for k, v in table.items() if v.on and extra %}{{ k }}{{ v }}{{ loop.index }}{% endfor %}
{% set total = start + 1 %}{{ total }}{{ m.f() }}{{ b }}{{ c }}{{ show(1) }}{{ k }}`;
    expect(scanTemplate(text).uses.map((use) => use.name)).toEqual(['outer', 'z', 'table', 'extra', 'start', 'k']);
  });

  it('reads nothing from comments, raw blocks and strings', () => {
    expect(
      scanTemplate("{# {{ a }} #}{% raw %}{{ b }}{% endraw %}{{ '{{ c }}' }}{{ d }}").uses.map((u) => u.name),
    ).toEqual(['d']);
  });

  it('says the offset of a use, so that its line can be found', () => {
    const text = 'one\ntwo {{- name }}\n';
    expect(scanTemplate(text).uses).toEqual([{ name: 'name', at: text.indexOf('name'), guarded: false }]);
  });

  it('lists conditions and what it includes, dynamic ones without a target', () => {
    const scan = scanTemplate(
      "{% if a > 1 -%}{% include 'x.j2' ignore missing %}{% endif %}{% include dir ~ '/y.j2' %}",
    );
    expect(scan.conditions.map((condition) => condition.text)).toEqual(['a > 1']);
    expect(scan.includes.map((include) => include.target)).toEqual(['x.j2', undefined]);
    expect(scan.uses.map((use) => use.name)).toEqual(['a', 'dir']);
  });

  it('never throws, and every use stands where it says', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      ' ',
      'a',
      'b1',
      '|',
      'default(',
      ')',
      "'",
      '"',
      '\\',
      'for',
      'in',
      'set',
      '=',
      '.',
      '[',
      ']',
      '{',
      '}',
      'raw',
      'is',
      'defined',
      '\n',
      '-',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        for (const use of [...scanTemplate(text).uses, ...scanExpression(text).uses])
          expect(text.slice(use.at, use.at + use.name.length)).toBe(use.name);
      }),
      { numRuns: 1000 },
    );
  });
});
