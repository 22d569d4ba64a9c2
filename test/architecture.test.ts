import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SRC = 'mcp-server/src';
const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
const LAYERS = ['domain', 'app', 'adapters', 'entry'] as const;

const sources = readdirSync(join(ROOT, SRC), { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
);

/** What a file imports: a path below src for one of ours, else the name of the package. */
const importsOf = (path: string) => importedIn(readFileSync(join(ROOT, SRC, path), 'utf8'), path);

function importedIn(text: string, path: string): string[] {
  const all = [...text.matchAll(/(?:^(?:import|export) [^;]*?from |^import |\bimport\()'([^']+)'/gm)];
  return all.map(([, name]) =>
    name!.startsWith('.')
      ? normalize(join(dirname(path), name!))
      : name!.startsWith('node:')
        ? 'Node'
        : name!.split('/')[0]!.startsWith('@')
          ? name!.split('/').slice(0, 2).join('/')
          : name!.split('/')[0]!,
  );
}

/** What is loaded together with a file: neither types nor what it loads on demand. */
function loadedBy(path: string): string[] {
  if (!existsSync(join(ROOT, SRC, path))) return [];
  const text = readFileSync(join(ROOT, SRC, path), 'utf8');
  const values = text
    .replace(/^(?:import|export) type [^;]*;/gm, '')
    .replace(/^import \{((?:\s*type [^,}]*,?)+\s*)\} from [^;]*;/gm, '')
    .replace(/\bimport\('[^']+'\)/g, '');
  return importedIn(values, path);
}

const graph = new Map(sources.map((path) => [path, importsOf(path)]));
const layerOf = (path: string) => path.split(/[\\/]/)[0]!;

/** The cell of the table that says what a folder may import. */
const mayImport = (layer: string) =>
  new RegExp(`^\\| \`mcp-server/src/${layer}\` \\|[^|]*\\|([^|]*)\\|`, 'm').exec(page)![1]!.trim();

describe('[R-FAST-4] ARCHITECTURE.md is true', () => {
  it.each(LAYERS)('of what %s imports: all of it is said, and nothing is said that is not so', (layer) => {
    const says = mayImport(layer);
    const used = new Set(
      [...graph]
        .flatMap(([path, all]) => (layerOf(path) === layer ? all.map((one) => [path, one] as const) : []))
        .map(([path, one]) => {
          if (!graph.has(one)) return one.replace(/^(mdast|micromark)-.*/, '$1');
          const ports = /^app[\\/](?:\w+-)?ports\.ts$/.test(one) && layer === 'adapters';
          return layerOf(one) === layerOf(path) ? 'itself' : ports ? one : layerOf(one);
        }),
    );
    // Said in the paragraph below the table: hashing, compose, and the hook's adapters.
    const elsewhere = { domain: ['Node'], app: [], adapters: [], entry: ['Node', '..', 'zod', 'diff'] }[layer];
    const libraries = /\blibraries\b/.test(says);
    const unsaid = [...used].filter(
      (one) =>
        one !== 'itself' &&
        !says.includes(one) &&
        !(libraries && !LAYERS.includes(one as 'app')) &&
        !(elsewhere as string[]).includes(one) &&
        !one.startsWith('@modelcontextprotocol') &&
        !one.endsWith('package.json'),
    );
    expect(unsaid).toEqual([]);
    const named = says.match(/\b(?:domain|app|adapters|zod|yaml|mdast|micromark)\b(?!\/)/g) ?? [];
    expect(named.filter((one) => !used.has(one))).toEqual([]);
  });

  it('of the adapters that the hook uses without compose.ts', () => {
    const hook = [...graph].filter(([path]) => /^entry[\\/]hook/.test(path)).flatMap(([, all]) => all);
    const used = new Set(hook.filter((one) => layerOf(one) === 'adapters').map((one) => basename(one)));
    const said = /uses (?:\w+) adapter files[^(]*\(([^)]*)\)/.exec(page)![1]!.match(/[\w-]+\.ts/g)!;
    expect([...used].sort()).toEqual(said.sort());
    const others = [...graph].filter(
      ([path, all]) => layerOf(path) === 'entry' && all.some((one) => layerOf(one) === 'adapters' && graph.has(one)),
    );
    expect(others.map(([path]) => path).filter((path) => !/hook[\\/]/.test(path))).toEqual(['entry/compose.ts']);
  });

  it('of what every start loads: neither schemas nor parsers, which take longer than all the rest', () => {
    const starts = ['entry/cli.ts', 'entry/main.ts', 'entry/compose.ts', 'entry/verbs/status.ts', 'entry/hook.ts'];
    const loaded = new Set(starts.map((path) => normalize(path)));
    // What is added while the set is walked is walked as well.
    for (const path of loaded) for (const one of loadedBy(path)) loaded.add(one);
    expect([...loaded].filter((one) => graph.has(one)).length).toBeGreaterThan(30);
    expect([...loaded].filter((one) => /^(?:zod|yaml|mdast|micromark|@modelcontextprotocol)/.test(one))).toEqual([]);
  });

  it('of every file and folder that it names', () => {
    const named = [
      ...page.matchAll(
        /`((?:domain|app|adapters|entry|docs|test|scripts|commands|hooks|skills|templates)\/[\w./-]*|[\w-]+\/(?=`))`/g,
      ),
    ];
    const missing = named
      .map(([, path]) => path!)
      .filter(
        (path) => ![ROOT, join(ROOT, SRC), join(ROOT, SRC, 'entry')].some((folder) => existsSync(join(folder, path))),
      );
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(30);
  });
});

it('[R-FAST-4] no file of the sources is over 400 lines, and half of them are below 150', () => {
  const lines = sources.map(
    (path) => [path, readFileSync(join(ROOT, SRC, path), 'utf8').split('\n').length - 1] as const,
  );
  expect(lines.filter(([, count]) => count > 400)).toEqual([]);
  const counts = lines.map(([, count]) => count).sort((a, b) => a - b);
  expect(counts[counts.length >> 1]).toBeLessThan(150);
});
