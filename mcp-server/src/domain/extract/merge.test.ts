import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { compareReports } from './compare.ts';
import type { Coupling, ExtractReport, Fact, FileExtraction, Gap } from './contract.ts';
import { mergeCouplings } from './couplings.ts';
import { knownPlaces } from './known-places.ts';
import { byCodeUnits, byPlace, mergeEvidence } from './order.ts';

const at = (path: string, line = 1, endLine = line) => ({ path, line, endLine });
const fact = (name: string, more: Partial<Fact> = {}): Fact => ({
  id: `f/task/./${name}`,
  format: 'f',
  kind: 'task',
  scope: '.',
  name,
  status: 'observed',
  evidence: [at('a')],
  attributes: {},
  ...more,
});
const tie = (system: string, more: Partial<Coupling> = {}): Coupling => ({
  system,
  class: 'api',
  swap: 'rename',
  evidence: [at('a')],
  consumers: [],
  ...more,
});
const gap = (message: string, more: Partial<Gap> = {}) =>
  ({ rule: 'r', severity: 'info', scope: '.', message, evidence: [at('a')], ...more }) as Gap;

describe('places', () => {
  it('are ordered by path without any locale, then by line, then by the last line, each once', () => {
    const places = [at('b'), at('a', 2, 9), at('a', 10), at('a', 2, 3), at('Z'), at('a', 2, 9), at('ä')];
    expect(mergeEvidence(places)).toEqual([at('Z'), at('a', 2, 3), at('a', 2, 9), at('a', 10), at('b'), at('ä')]);
    expect([byCodeUnits('a', 'b'), byCodeUnits('b', 'a'), byCodeUnits('a', 'a')]).toEqual([-1, 1, 0]);
    expect(byPlace(at('a'), at('a'))).toBe(0);
  });

  it('are known by the id of a fact and by any line that something cites', () => {
    const known = knownPlaces(
      {
        facts: [fact('x', { evidence: [at('a', 3, 5)] })],
        couplings: [tie('s', { evidence: [at('b', 7)] })],
        gaps: [gap('g', { evidence: [at('a', 9)] })],
      },
      'src/',
    );
    expect([known.hasFact('f/task/./x'), known.hasFact('x')]).toEqual([true, false]);
    expect([2, 3, 5, 6, 9].map((line) => known.hasPlace('src/a', line))).toEqual([false, true, true, false, true]);
    expect([known.hasPlace('src/b', 7), known.hasPlace('a', 3), known.hasPlace('src/c', 1)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('ties', () => {
  it('are one for each system and class, with the heaviest swap, all evidence and all consumers', () => {
    expect(
      mergeCouplings([
        tie('b', { consumers: ['y'] }),
        tie('a', { class: 'cli' }),
        tie('b', { swap: 're-parameterise', evidence: [at('c'), at('a')], consumers: ['x', 'y'] }),
        tie('a'),
        tie('b', { swap: 'rename', evidence: [at('b')] }),
        tie('c', { swap: 'rewrite' }),
        tie('c', { swap: 're-parameterise' }),
      ]),
    ).toEqual([
      tie('a'),
      tie('a', { class: 'cli' }),
      tie('b', { swap: 're-parameterise', evidence: [at('a'), at('b'), at('c')], consumers: ['x', 'y'] }),
      tie('c', { swap: 'rewrite' }),
    ]);
  });
});

describe('extractions of files, put together', () => {
  const said = (more: Partial<FileExtraction>): FileExtraction => ({
    facts: [],
    references: [],
    couplings: [],
    gaps: [],
    skipped: [],
    ...more,
  });

  it('have ids that are unique over all files, in whatever order these come', () => {
    const reference = (from: string) =>
      ({
        from,
        kind: 'calls',
        target: { by: 'id', id: 'x' },
        evidence: at('a'),
      }) as unknown as FileExtraction['references'][number];
    const own = (path: string) =>
      said({
        facts: [
          fact('late', { id: '2', evidence: [at(path, 9)] }),
          fact('same', { id: '1', evidence: [at(path, 2)] }),
          fact('same', { id: '3', evidence: [at(path, 3)] }),
        ],
        references: [reference('3'), reference('elsewhere')],
        couplings: [tie('s', { consumers: ['1', 'elsewhere'] })],
        gaps: [gap(path)],
        skipped: [{ path, reason: 'unparsed' }],
      });
    const files = [
      { path: 'b', format: 'f', extraction: own('b') },
      { path: 'a', format: 'g', extraction: said({}) },
      { path: 'a', format: 'f', extraction: own('a') },
    ];
    const all = collect(files);
    expect(all.facts.map(({ id, evidence }) => [id, evidence[0]?.path, evidence[0]?.line])).toEqual([
      ['f/task/./same', 'a', 2],
      ['f/task/./same#2', 'a', 3],
      ['f/task/./late', 'a', 9],
      ['f/task/./same#3', 'b', 2],
      ['f/task/./same#4', 'b', 3],
      ['f/task/./late#2', 'b', 9],
    ]);
    expect(all.references.map(({ from }) => from)).toEqual([
      'f/task/./same#2',
      'elsewhere',
      'f/task/./same#4',
      'elsewhere',
    ]);
    expect(all.couplings.map(({ consumers }) => consumers)).toEqual([
      ['f/task/./same', 'elsewhere'],
      ['f/task/./same#3', 'elsewhere'],
    ]);
    expect(all.sources).toEqual([
      { format: 'f', files: 2 },
      { format: 'g', files: 1 },
    ]);
    expect([all.gaps.map(({ message }) => message), all.skipped.map(({ path }) => path)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(collect([...files].reverse())).toEqual(all);
  });

  it('tell a name that ends like a number from a second fact', () => {
    const facts = [fact('x#2', { id: '1' }), fact('x', { id: '2' }), fact('x', { id: '3' })];
    const { facts: found } = collect([{ path: 'a', format: 'f', extraction: said({ facts }) }]);
    expect(found.map(({ id }) => id)).toEqual(['f/task/./x#2', 'f/task/./x', 'f/task/./x#3']);
  });
});

describe('two extractions, compared', () => {
  const report = (more: Partial<ExtractReport>): ExtractReport => ({
    schema: 'countersign/extract@1',
    root: '.',
    sources: [],
    facts: [],
    relations: [],
    couplings: [],
    gaps: [],
    skipped: [],
    ...more,
  });

  it('differ in what was added, removed and changed, and by how much only moved', () => {
    const stays = fact('stays', { attributes: { a: [1], b: 'x' } });
    const before = report({
      facts: [stays, fact('moves'), fact('goes'), fact('changes', { attributes: { z: 1, a: 1, same: null } })],
      couplings: [tie('s'), tie('gone')],
      gaps: [gap('known'), gap('known'), gap('mended', { rule: 'm' })],
    });
    const after = report({
      facts: [
        { ...stays, attributes: { b: 'x', a: [1] } },
        fact('moves', { evidence: [at('a', 7)] }),
        fact('comes'),
        fact('changes', { status: 'inferred', attributes: { z: 2, b: 1, same: null }, evidence: [at('a', 9)] }),
      ],
      couplings: [tie('s', { swap: 'rewrite', evidence: [] }), tie('s', { class: 'cli' })],
      gaps: [
        gap('known', { evidence: [] }),
        gap('known', { scope: 'x' }),
        gap('new', { rule: 'n' }),
        gap('known', { rule: 'q' }),
      ],
    });
    expect(compareReports(before, after)).toEqual({
      facts: {
        added: [fact('comes')],
        removed: [fact('goes')],
        changed: [{ before: before.facts[3], after: after.facts[3], keys: ['status', 'a', 'b', 'z'] }],
        moved: 1,
      },
      couplings: { added: [tie('s', { class: 'cli' })], removed: [tie('gone')] },
      gaps: {
        added: [gap('known', { scope: 'x' }), gap('new', { rule: 'n' }), gap('known', { rule: 'q' })],
        grown: [],
        removed: [gap('known'), gap('mended', { rule: 'm' })],
        known: 1,
      },
    });
  });
});
