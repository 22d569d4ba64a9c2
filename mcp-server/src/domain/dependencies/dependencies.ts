import type { Component } from '../artifact/design.ts';
import { ownersOf } from '../build/owned.ts';
import type { Fact } from '../extract/contract.ts';
import { mentions } from '../mentions.ts';
import type { Dependency, Found } from './dependency.ts';
import { installedPackages } from './install-commands.ts';
import { npmDependencies } from './npm.ts';
import { dependencyOfFact } from './of-facts.ts';
import { pipDependencies } from './pip.ts';

/** What was delivered, as far as dependencies can stand in it. */
export interface Delivered {
  facts: readonly Fact[];
  /** Text of each file by path. */
  texts: ReadonlyMap<string, string>;
  formats: ReadonlyMap<string, ReadonlySet<string>>;
  components: readonly Component[];
  /** Text of design.md. */
  design: string;
}

/** Everything from elsewhere that the delivered files bring in, in order of kind, name and place; each place once. */
export function dependenciesOf(delivered: Delivered): Dependency[] {
  const { facts, texts, formats, components, design } = delivered;
  const found: Found[] = facts.flatMap((fact) => dependencyOfFact(fact) ?? []);
  for (const [path, text] of texts) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const name = path.slice(folder.length);
    if (name === 'package.json') found.push(...npmDependencies(path, text, texts.get(`${folder}package-lock.json`)));
    if (/^(?:.*-)?requirements(?:[-_.].*)?\.txt$/.test(name)) found.push(...pipDependencies(path, text));
    const kinds = formats.get(path);
    if (kinds?.has('dockerfile') || kinds?.has('shell')) found.push(...installedPackages(path, text));
  }
  const owners = ownersOf(components, {
    files: [...texts.keys()].map((path) => ({ path, sha256: '' })),
    scripts: new Map(),
  });
  const all = found.map((one) => ({
    ...one,
    licence: one.licence || licenceOf(one, texts),
    component: owners.get(one.path)?.[0] ?? '',
    designed: mentions(design, one.name),
  }));
  const unique = new Map(all.map((one) => [JSON.stringify([one.kind, one.name, one.version, one.path]), one]));
  return [...unique.values()].sort(byName);
}

/** A role or a collection that lies among the files says its licence itself. */
function licenceOf({ kind, name }: Found, texts: ReadonlyMap<string, string>): string {
  if (kind !== 'role' && kind !== 'collection') return '';
  const ends =
    kind === 'role'
      ? [`roles/${name}/meta/main.yml`]
      : ['MANIFEST.json', 'galaxy.yml'].map((file) => `ansible_collections/${name.replace('.', '/')}/${file}`);
  for (const [path, text] of texts)
    if (ends.some((end) => path === end || path.endsWith(`/${end}`)))
      return /["']?licen[sc]e["']?\s*:\s*\[?\s*["']?([^"'\n,\]]+)/.exec(text)?.[1]?.trim() ?? '';
  return '';
}

function byName(a: Dependency, b: Dependency): number {
  const [one, other] = [a, b].map(
    ({ kind, name, path, line }) => `${kind}\n${name}\n${path}\n${String(line).padStart(8, '0')}`,
  );
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}
