import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceTree, TreeEntry, WalkOptions } from '../../app/ports/extraction.ts';
import type { Skipped } from '../../domain/extract/contract.ts';
import { byCodeUnits } from '../../domain/extract/order.ts';
import { type IgnoreRules, noRules } from './ignore-rules.ts';
import { piecesOf, readHead } from './read-pieces.ts';
import { isStill, readSource } from './read-source.ts';
import { trackedThoughIgnored } from './tracked.ts';

/** Folders that hold no source of the repository: version control, and what tools fetch. */
const alwaysLeft = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.terraform',
  '.terragrunt-cache',
  '.terragrunt-stack',
  '.venv',
]);
const largestIgnoreFile = 1024 * 1024;
// Only records come as streams; looking into every file twice would cost more than it tells.
const mayStream = /\.(?:jsonl|ndjson|json)$/i;
// Lets signals, timers and other requests in between.
const filesPerTurn = 200;

/**
 * Walks a folder depth first in name order and reads what is wanted. Symbolic links are never followed: what they point
 * to inside the root is read under its own path (and told as a link), what lies outside is skipped; so no loop, and
 * nothing twice. What git ignores is left out, unless git keeps it all the same. FIFOs, sockets, devices, unreadable
 * folders and files too large are skipped entries.
 */
export const sourceTree: SourceTree = { walk };

async function* walk(root: string, options: WalkOptions): AsyncGenerator<TreeEntry> {
  const real = realpathSync(root);
  const kind = statSync(real);
  if (!kind.isDirectory()) {
    if (!kind.isFile()) yield skipped(basename(real), 'unreadable');
    else {
      await options.prepare?.();
      yield* file(dirname(real), basename(real), options);
    }
    return;
  }
  const open: { folder: string; rules: IgnoreRules }[] = [{ folder: '', rules: noRules }];
  let files = 0;
  let isPrepared = false;
  // Only where something is ignored: most trees that are read are as git gave them.
  let tracked: ReadonlySet<string> | undefined;
  const isKept = (path: string) => {
    tracked ??= trackedThoughIgnored(real);
    return tracked.has(path);
  };
  // The root has to be readable; an unreadable folder below costs itself.
  readdirSync(real);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder } = next;
    const entries = list(`${real}/${folder}`);
    if (entries === undefined) {
      yield skipped(folder, 'unreadable');
      continue;
    }
    const rules = entries.some((entry) => entry.name === '.gitignore' && entry.isFile())
      ? withIgnoreFile(next.rules, real, folder)
      : next.rules;
    const folders: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isFolder && alwaysLeft.has(entry.name)) continue;
      if (rules.ignores(path, isFolder) && !isKept(path)) continue;
      if (isFolder) folders.push(path);
      else if (entry.isSymbolicLink()) yield link(real, path);
      else if (!entry.isFile()) yield skipped(path, 'unreadable');
      else {
        const digest = options.digestOf?.(path);
        if (digest !== undefined && isStill(`${real}/${path}`, digest, options.maxFileSize))
          yield { kind: 'known', path };
        else {
          if (!isPrepared) await options.prepare?.();
          isPrepared = true;
          yield* file(real, path, options);
        }
        if (++files % filesPerTurn === 0) await nextTurn();
      }
    }
    for (const path of folders.reverse()) open.push({ folder: path, rules });
  }
}

function list(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => byCodeUnits(a.name, b.name));
  } catch {
    return undefined;
  }
}

function withIgnoreFile(rules: IgnoreRules, root: string, folder: string): IgnoreRules {
  const read = readSource(`${root}/${folder === '' ? '' : `${folder}/`}.gitignore`, largestIgnoreFile, () => true);
  return 'text' in read ? rules.within(folder, read.text) : rules;
}

function* file(root: string, path: string, options: WalkOptions): Generator<TreeEntry> {
  const full = `${root}/${path}`;
  const head = mayStream.test(path) ? readHead(full) : undefined;
  if (head !== undefined && options.streams(path, head)) {
    yield { kind: 'stream', path, pieces: () => piecesOf(full) };
    return;
  }
  const largest = head === undefined ? undefined : options.roomFor?.(path, head);
  const read = readSource(full, largest ?? options.maxFileSize, (head) => options.wants(path, head));
  if ('unwanted' in read) yield { kind: 'unwanted', path, digest: read.digest };
  else if ('reason' in read) {
    const { digest, reason } = read;
    yield digest === undefined ? skipped(path, reason) : { kind: 'skipped', entry: { path, reason }, digest };
  } else {
    const { text, digest, badLine: line } = read;
    yield { kind: 'file', file: { path, text }, digest };
    if (line !== undefined) yield { kind: 'skipped', entry: { path, reason: 'unparsed', line }, digest };
  }
}

function link(root: string, path: string): TreeEntry {
  let target: string;
  try {
    target = realpathSync(`${root}/${path}`);
  } catch {
    // It points nowhere, or in a circle.
    return skipped(path, 'unreadable');
  }
  const inside = root.endsWith(sep) ? root : `${root}${sep}`;
  if (target !== root && !target.startsWith(inside)) return skipped(path, 'outside-root');
  return { kind: 'link', path, target: target === root ? '.' : target.slice(inside.length).split(sep).join('/') };
}

function skipped(path: string, reason: Skipped['reason']): TreeEntry {
  return { kind: 'skipped', entry: { path, reason } };
}
