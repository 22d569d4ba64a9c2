// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is tested
import { describe, expect, it } from 'vitest';
import { traversals } from './references.ts';

const said = (raw: string) => traversals(raw).map(({ root, name }) => `${root} ${name}`);

describe('references of an expression', () => {
  it.each([
    ['var.a', ['var a']],
    ['local.a.b["c"]', ['local a']],
    ['module.m.out', ['module m']],
    ['module.m["k"].out', ['module m']],
    ['module.m[*].out', ['module m']],
    ['data.aws_ami.x.id', ['data aws_ami.x']],
    ['ephemeral.aws_secret.x.value', ['data aws_secret.x']],
    ['aws_vpc.this[0].id', ['resource aws_vpc.this']],
    ['aws_vpc.this.*.id', ['resource aws_vpc.this']],
    ['f(var.a, local.b) + aws_x.y.z', ['var a', 'local b', 'resource aws_x.y']],
    ['var.list[var.index]', ['var list', 'var index']],
    ['[for v in var.a : v.name]', ['var a']],
    ['each.value.x + count.index + self.id + path.module + terraform.workspace', []],
    ['"text var.a ${var.b} %{ if var.c }x%{ endif }"', ['var b', 'var c']],
    ['"a ${"b ${var.x}"} c ${var.y}"', ['var x', 'var y']],
    ['"$${var.escaped}"', []],
    ['[ # var.comment\n  var.a, // var.b\n  /* var.c */ var.d\n]', ['var a', 'var d']],
    ['<<E\nvar.text "${var.a}"\n${local.b}\nE', ['var a', 'local b']],
    ['f(<<E\n"quote ${var.a}\nE\n, var.b)', ['var a', 'var b']],
    ['x.var.a', []],
    ['1.5 + a-b.c', []],
    ['{ var = 1 }', []],
  ])('%s', (raw, expected) => {
    expect(said(raw)).toEqual(expected);
  });
});
