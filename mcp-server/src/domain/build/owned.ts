import type { Component } from '../artifact/design.ts';
import type { Workspace } from './manifest.ts';
import { isElsewhere, matchesPattern } from './paths.ts';

/**
 * The components that own each file, by path. Plain paths and folders are looked up, so that many components cost no more
 * than their patterns; only globs are tried on every file.
 */
export function ownersOf(components: readonly Component[], workspace: Workspace): Map<string, string[]> {
  const plain = new Map<string, string[]>();
  const globs: { pattern: string; id: string }[] = [];
  for (const { id, paths } of components)
    for (const pattern of paths) {
      if (isElsewhere(pattern)) continue;
      if (/[*?]/.test(pattern)) globs.push({ pattern, id });
      else {
        const key = pattern.replace(/^\.\//, '');
        plain.set(key, [...(plain.get(key) ?? []), id]);
      }
    }
  const owners = new Map<string, string[]>();
  for (const { path } of workspace.files) {
    const found = new Set<string>();
    for (const prefix of prefixesOf(path)) for (const id of plain.get(prefix) ?? []) found.add(id);
    for (const { pattern, id } of globs) if (matchesPattern(pattern, path)) found.add(id);
    owners.set(path, [...found]);
  }
  return owners;
}

/** `a/b/c` -> `a`, `a/`, `a/b`, `a/b/`, `a/b/c`: a folder may be written with a slash, a file not. */
function prefixesOf(path: string): string[] {
  const prefixes: string[] = [];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
    prefixes.push(path.slice(0, at), path.slice(0, at + 1));
  prefixes.push(path);
  return prefixes;
}
