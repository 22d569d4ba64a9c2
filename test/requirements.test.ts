import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { REQUIREMENTS } from './requirements.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesUnder(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const cited = new Map<string, string>();
for (const path of [
  ...filesUnder('mcp-server/src', /\.test\.ts$/),
  ...filesUnder('test', /\.(?:(?:test|browser)\.ts|mjs)$/),
])
  for (const [, id] of readFileSync(path, 'utf8').matchAll(/\[(R-[A-Z]+-\d+)\]/g)) cited.set(id!, path);

describe('product requirements', () => {
  it('have ids of their own', () => {
    const ids = REQUIREMENTS.map((one) => one.id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('are each cited by a test once they are built', () => {
    const uncited = REQUIREMENTS.filter((one) => one.built && !cited.has(one.id));
    expect(uncited.map((one) => `${one.id}: ${one.text}`)).toEqual([]);
  });

  it('exist wherever a test cites one', () => {
    const known = new Set(REQUIREMENTS.map((one) => one.id));
    const unknown = [...cited].filter(([id]) => !known.has(id));
    expect(unknown).toEqual([]);
  });
});
