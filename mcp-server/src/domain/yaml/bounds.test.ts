import { describe, expect, it } from 'vitest';
import { outline } from '../artifact/markdown.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { readPolicy } from '../policy/policy.ts';
import { beyondBounds } from './bounds.ts';

/** Inputs that end a process when they reach the parser, or that cost it too much. */
const HOSTILE: [string, string][] = [
  ['flow sequences', `a: ${'['.repeat(20_000)}`],
  ['closed flow sequences', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['flow mappings', `a: ${'{a: '.repeat(5000)}`],
  ['block mappings', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['block sequences on one line', '- '.repeat(5000)],
  ['keys that are collections', '? '.repeat(5000)],
  ['a long text', `a: ${'b'.repeat(300_000)}`],
];

describe('bounds of YAML that others wrote', () => {
  it.each(HOSTILE)('[R-ART-5] %s are refused before they are parsed', (_, text) => {
    expect(beyondBounds(text)).toHaveProperty('message');
  });

  it.each(HOSTILE)('[R-POLICY-1] a policy of %s is a finding', (_, text) => {
    expect(readPolicy(`countersign: policy/1\n${text}`)).toHaveProperty('findings');
  });

  it.each(HOSTILE)('[R-ART-5] front matter of %s is a finding', (_, text) => {
    const { front } = readRequirements(`---\ncountersign: requirements/1\n${text}\n---\n\n## Problem\n`);
    expect(front).toBeUndefined();
  });

  it('[R-ART-5] what a person writes is within them', () => {
    expect(
      beyondBounds('countersign: policy/1\ngates: { default: { roles: [a, b] } }\nrisks:\n  low:\n    design: {}\n'),
    ).toBeUndefined();
    expect(beyondBounds('')).toBeUndefined();
    expect(outline('').front).toBeNull();
  });
});
