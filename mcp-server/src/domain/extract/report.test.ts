import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type Json } from '../canonical.ts';
import { buildFile } from './build.ts';
import type { Extracted } from './collect.ts';
import { extractFile } from './extract-file.ts';
import { buildReport } from './report.ts';

function said(path: string, say: (file: ReturnType<typeof buildFile>) => void): Extracted {
  const file = buildFile('test', { path });
  say(file);
  return { path, format: 'test', extraction: file.done() };
}

const files: Extracted[] = [
  said('a/one.x', (file) => {
    const user = file.fact({ kind: 'task', name: 'use', at: { line: 2 } });
    file.fact({ kind: 'input', name: 'x', at: { line: 1 } });
    file.refer(user, 'reads', { by: 'name', kinds: ['input'], name: 'x', scope: 'a' }, { line: 2 });
    file.refer(user, 'calls', { by: 'path', path: 'b/two.x' }, { line: 2 });
    file.refer(user, 'calls', { by: 'path', path: 'b', kinds: ['input'] }, { line: 2 });
    file.refer(user, 'includes', { by: 'pattern', glob: 'b/*.x' }, { line: 2 });
    file.refer(user, 'reads', { by: 'name', kinds: ['input'], name: 'nowhere' }, { line: 2 });
    file.couple({ system: 'aws', class: 'provider', swap: 'rename', at: { line: 2 }, consumers: [user] });
    file.gap({ rule: 'r', severity: 'info', at: { line: 2 }, message: 'One.' });
    file.gap({ rule: 'r', severity: 'info', at: { line: 2 }, message: 'One.' });
  }),
  said('a/three.x', (file) => {
    file.fact({ kind: 'input', name: 'x', at: { line: 7 } });
    file.couple({ system: 'aws', class: 'provider', swap: 'rewrite', at: { line: 7 } });
    file.skip('unparsed', 9);
  }),
  said('b/two.x', (file) => {
    file.fact({ kind: 'input', name: 'x', at: { line: 1 } });
    file.fact({ kind: 'input', name: 'x#2', at: { line: 2 } });
    file.fact({ kind: 'input', name: 'x', at: { line: 3 } });
  }),
];

describe('the report', () => {
  const report = buildReport(files, [{ path: 'z', reason: 'binary' }]);

  it('numbers facts of one name in source order over files, past names that look numbered', () => {
    expect(report.facts.map((fact) => fact.id)).toEqual([
      'test/input/a/x',
      'test/task/a/use',
      'test/input/a/x#2',
      'test/input/b/x',
      'test/input/b/x#2',
      'test/input/b/x#3',
    ]);
  });

  it('relates by name within the scope, and by file and folder; an unknown name relates nothing', () => {
    const from = 'test/task/a/use';
    expect(report.relations).toEqual([
      { from, to: 'test/input/a/x', kind: 'reads' },
      { from, to: 'test/input/a/x#2', kind: 'reads' },
      { from, to: 'test/input/b/x', kind: 'calls' },
      { from, to: 'test/input/b/x#2', kind: 'calls' },
      { from, to: 'test/input/b/x#3', kind: 'calls' },
    ]);
  });

  it('ties what runs on an image to the image of its own file, and grows with the files alone', () => {
    const sizes = [100, 1000].map((count) => {
      const named = Array.from({ length: count }, (_, n) =>
        said(`m/${n}.x`, (file) => {
          const job = file.fact({ kind: 'job', name: 'job', at: { line: 1 } });
          file.fact({ kind: 'image', name: 'app:1', at: { line: 2 } });
          file.refer(job, 'depends-on', { by: 'name', kinds: ['image'], name: 'app:1', scope: 'm' }, { line: 2 });
          file.refer(job, 'reads', { by: 'name', kinds: ['job'], name: 'job' }, { line: 1 });
        }),
      );
      const { facts, relations } = buildReport(named, []);
      const fileOf = new Map(facts.map((fact) => [fact.id, fact.evidence[0]?.path]));
      const images = relations.filter((relation) => relation.kind === 'depends-on');
      expect(images).toHaveLength(count);
      expect(images.filter(({ from, to }) => fileOf.get(from) !== fileOf.get(to))).toEqual([]);
      return relations.length / count;
    });
    expect(sizes[1]).toBeLessThan(210);
  });

  it('lists the files that a dynamic reference may mean', () => {
    expect(report.facts[1]?.attributes['candidates']).toEqual(['b/two.x']);
  });

  it('merges the ties to one system, keeping the heaviest swap, all evidence and mapped consumers', () => {
    expect(report.couplings).toEqual([
      {
        system: 'aws',
        class: 'provider',
        swap: 'rewrite',
        evidence: [
          { path: 'a/one.x', line: 2, endLine: 2 },
          { path: 'a/three.x', line: 7, endLine: 7 },
        ],
        consumers: ['test/task/a/use'],
      },
    ]);
  });

  it('says each gap and each skipped place once, in order', () => {
    expect(report.gaps).toHaveLength(1);
    expect(report.skipped).toEqual([
      { path: 'a/three.x', reason: 'unparsed', line: 9 },
      { path: 'z', reason: 'binary' },
    ]);
  });

  it('is the same to the byte in whatever order the files come', () => {
    const bytes = canonical(report as unknown as Json);
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        const other = buildReport(shuffled, [{ path: 'z', reason: 'binary' }]);
        expect(canonical(other as unknown as Json)).toBe(bytes);
        expect(JSON.stringify(other)).toBe(JSON.stringify(report));
      }),
    );
  });
});

describe('extracting one file', () => {
  const echo = {
    format: 'echo',
    matches: (path: string) => path.endsWith('.x'),
    extract: (source: { path: string; text: string }) => {
      const file = buildFile('echo', source);
      file.fact({ kind: 'value', name: source.text, at: { line: 1 }, attributes: { all: [{ text: source.text }] } });
      return file.done();
    },
  };

  it('finds the secret, and leaves its value out of names, ids and nested attributes', () => {
    const [said] = extractFile([echo], { path: 'tests/a.x', text: 'password: hunter2' });
    expect(JSON.stringify(said)).not.toContain('hunter2');
    expect(said?.extraction.facts[1]).toMatchObject({
      kind: 'secret',
      name: 'password',
      attributes: { class: 'password', sample: true },
      evidence: [{ path: 'tests/a.x', line: 1, endLine: 1 }],
    });
  });

  it('turns a fault of an extractor into a skipped entry', () => {
    const broken = {
      ...echo,
      extract: () => {
        throw new RangeError('deep');
      },
    };
    expect(extractFile([broken], { path: 'a.x', text: '' })[0]?.extraction.skipped).toEqual([
      { path: 'a.x', reason: 'unparsed' },
    ]);
  });

  it('says nothing of a file that no extractor takes', () => {
    expect(extractFile([echo], { path: 'a.y', text: '' })).toEqual([]);
  });
});
