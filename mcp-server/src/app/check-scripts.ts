import type { Check } from '../domain/artifact/design.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import { implicitFiles, scriptWords } from '../domain/build/script-words.ts';
import { canonical } from '../domain/canonical.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import { sha256 } from '../domain/hash.ts';
import type { Ports } from './ports.ts';

/** Scripts that call scripts are followed this far, and this many files at most. */
const DEPTH = 4;
const MOST = 100;
/** Larger files are no scripts that name others. */
const MAX_TEXT = 64 * 1024;

/**
 * What a check runs besides the delivered files: files that its command names or that its programs read by themselves, the
 * scripts that those call, and whole folders under one hash. Sorted by path.
 *
 * @param patterns paths that components own; those files are part of what a check vouches for anyway
 */
export function checkScripts(
  ports: Ports,
  checks: readonly Check[],
  patterns: readonly string[],
): Map<string, Frozen[]> {
  const owned = (path: string) => patterns.some((pattern) => matchesPattern(pattern, path));
  const named = new Map(
    checks.map((check) => [
      check.id,
      check.command === undefined ? [] : wordsOf(check.command.text, check.settings.folder),
    ]),
  );
  const words = new Set([...named.values()].flat());
  const folders = foldersAmong(
    ports,
    [...words].filter((word) => !owned(`${word}/x`)),
    owned,
  );
  return new Map(
    [...named].map(([id, own]) => {
      const files = follow(ports, own, owned);
      const whole = own.flatMap((word) => folders.get(word) ?? []);
      const all = new Map([...files, ...whole].map((one) => [one.path, one]));
      return [id, [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))];
    }),
  );
}

/** Paths that a text may name, from the project's root and from the folder it runs in. */
function wordsOf(text: string, folder: string): string[] {
  const words = [...scriptWords(text), ...implicitFiles(text)];
  const inFolder = folder === '.' ? [] : words.map((word) => `${folder}/${word.replace(/^\.\//, '')}`);
  return [...new Set([...words, ...inFolder].map((word) => word.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')))];
}

function follow(ports: Ports, words: readonly string[], owned: (path: string) => boolean): Frozen[] {
  const found = new Map<string, Frozen>();
  let open = words;
  for (let depth = 0; depth < DEPTH && open.length > 0; depth++) {
    const fresh = ports.files
      .existing(open.filter((word) => !owned(word)))
      .filter((file) => !found.has(file.path))
      .slice(0, MOST - found.size);
    for (const file of fresh) found.set(file.path, file);
    open = fresh.flatMap(({ path }) => {
      const text = ports.files.read(path) ?? '';
      if (text.length > MAX_TEXT || !callsOthers(path, text)) return [];
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
      return wordsOf(text, folder);
    });
  }
  return [...found.values()];
}

const callsOthers = (path: string, text: string) =>
  /^#!/.test(text) || /\.(?:sh|bash|mk|bats)$|(?:^|\/)(?:GNU)?[Mm]akefile$|(?:^|\/)justfile$/.test(path);

/** Folders among the words, each with one hash over its files that no component owns; one question to git for all of them. */
function foldersAmong(ports: Ports, words: readonly string[], owned: (path: string) => boolean): Map<string, Frozen> {
  const candidates = words.filter((word) => word !== '.' && word !== '');
  const files = ports.files.matching(candidates.map((word) => `${word}/`));
  const folders = new Map<string, Frozen>();
  for (const word of candidates) {
    const within = files.filter((file) => file.path.startsWith(`${word}/`) && !owned(file.path));
    if (within.length === 0) continue;
    const content = Object.fromEntries(within.map((file) => [file.path, file.sha256]));
    folders.set(word, { path: `${word}/`, sha256: sha256(canonical(content)) });
  }
  return folders;
}
