// biome-ignore-all lint/suspicious/noTemplateCurlyInString: build arguments are what is tested
import { describe, expect, it } from 'vitest';
import { dockerfile } from './extractor.ts';

const read = (text: string, path = 'app/Dockerfile') => dockerfile.extract({ path, text });
const facts = (text: string) => read(text).facts.map((fact) => `${fact.kind} ${fact.name} ${fact.evidence[0]?.line}`);

describe('the Dockerfile extractor', () => {
  it.each([
    ['Dockerfile', true],
    ['a/Dockerfile.prod', true],
    ['a/api.Dockerfile', true],
    ['Containerfile', true],
    ['Dockerfile.dockerignore', false],
    ['Dockerfile.j2', false],
    ['docs/Dockerfile.md', false],
    ['mydockerfile.txt', false],
  ])('takes %s: %s', (path, expected) => {
    expect(dockerfile.matches(path, '')).toBe(expected);
  });

  it('tells stages from images, whatever their case, and scratch from both', () => {
    expect(
      facts('FROM golang:1.22 AS Build\nFROM build\nFROM scratch\nCOPY --from=build / /\nCOPY --from=0 / /\n'),
    ).toEqual(['stage Build 1', 'image golang:1.22 1', 'stage build 2', 'stage scratch 3']);
  });

  it('fills in the arguments that FROM sees, and leaves unknown ones unresolved', () => {
    const { facts } = read('ARG V=3.20\nARG R\nFROM alpine:${V}\nARG V=9\nFROM ${R}/x:${V}\n');
    const images = facts.filter((fact) => fact.kind === 'image');
    expect(
      images.map(({ name, status, attributes }) => [name, status, attributes['resolved'], attributes['pinned']]),
    ).toEqual([
      ['alpine:${V}', 'observed', 'alpine:3.20', true],
      ['${R}/x:${V}', 'unresolved', '${R}/x:3.20', undefined],
    ]);
  });

  it('asks for a health check only of the last stage, and only when it listens', () => {
    const last = (text: string) =>
      read(text)
        .facts.filter((fact) => fact.kind === 'stage')
        .at(-1)?.attributes['healthcheck'];
    expect(last('FROM a:1\nEXPOSE 80')).toBe(false);
    expect(last('FROM a:1\nEXPOSE 80\nHEALTHCHECK CMD true')).toBe(true);
    expect(last('FROM a:1\nHEALTHCHECK NONE')).toBe(false);
    expect(last('FROM a:1')).toBeUndefined();
  });

  it('keeps the value of a secret to itself', () => {
    const said = JSON.stringify(read('FROM a:1\nARG API_KEY=k3yv4lue99\nENV DB_PASSWORD "pa55 w0rd"\n'));
    expect(said).not.toContain('k3yv4lue99');
    expect(said).not.toContain('pa55 w0rd');
  });

  it('reads what it can of a broken file and says which lines it could not', () => {
    const { facts, skipped } = read('FORM x\nFROM a:1\nRUNN y\nFROM\n');
    expect(facts.map((fact) => fact.name)).toEqual(['a:1', 'a:1']);
    expect(skipped.map((entry) => entry.line)).toEqual([1, 3, 4]);
  });

  it('takes time in proportion to the text', () => {
    for (const text of [
      'RUN x\n'.repeat(30_000),
      `RUN ${'a\\\n'.repeat(50_000)}`,
      `ENV ${'a=b '.repeat(20_000)}`,
      'FROM a AS b\n'.repeat(10_000),
    ])
      expect(read(text).facts.length).toBeGreaterThan(0);
  });
});
