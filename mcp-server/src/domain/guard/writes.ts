import { readArguments } from '../shell/options.ts';
import type { Redirect, Word } from '../shell/script.ts';
import { joinPath } from '../shell/state.ts';
import type { Invocation } from '../shell/walk.ts';
import { baseName, literalWord } from '../shell/word.ts';

/** A file or folder that a command writes, changes or removes. */
export interface Write {
  /** From where the line starts, `cd` followed; undefined when it is dynamic. `~` is kept. */
  readonly path: string | undefined;
  /** The literal text before and after what is dynamic. */
  readonly prefix: string;
  readonly suffix: string;
  /** The path holds unquoted `*`, `?` or `[`. */
  readonly pattern: boolean;
  /** `tree`: any file under the path (`.` for `git stash`, `git apply`), not just this one. */
  readonly scope: 'path' | 'tree';
  /** `>`, or the command: `rm`, `git checkout`. */
  readonly by: string;
}

interface Writer {
  readonly valued?: string;
  /** `last`: the destination; `all`: every operand; `first` is skipped by `rest` (a mode, a script). */
  readonly operands?: 'all' | 'last' | 'rest' | 'none';
  /** Options whose value is written. */
  readonly options?: string;
  /** It writes only with one of these options. */
  readonly only?: string;
  readonly tree?: true;
}

const WRITERS: Readonly<Record<string, Writer>> = {
  tee: { operands: 'all' },
  sponge: { operands: 'all' },
  touch: { operands: 'all', valued: '-d -r -t --date --reference' },
  truncate: { operands: 'all', valued: '-s -r --size --reference' },
  rm: { operands: 'all', tree: true },
  rmdir: { operands: 'all' },
  unlink: { operands: 'all' },
  shred: { operands: 'all', valued: '-n -s --iterations --size' },
  mkdir: { operands: 'all', valued: '-m --mode' },
  mkfifo: { operands: 'all', valued: '-m --mode' },
  chmod: { operands: 'rest', tree: true },
  chown: { operands: 'rest', tree: true },
  chgrp: { operands: 'rest', tree: true },
  chattr: { operands: 'rest', tree: true },
  cp: { operands: 'last', options: '-t --target-directory', valued: '-t -S --target-directory --suffix', tree: true },
  mv: { operands: 'last', options: '-t --target-directory', valued: '-t -S --target-directory --suffix', tree: true },
  ln: { operands: 'last', options: '-t --target-directory', valued: '-t -S --target-directory --suffix' },
  install: {
    operands: 'last',
    options: '-t --target-directory',
    valued: '-t -m -o -g -S --target-directory --mode --owner --group',
  },
  rsync: {
    operands: 'last',
    valued: '-e --rsh --exclude --include --files-from --exclude-from --filter -f',
    tree: true,
  },
  scp: { operands: 'last', valued: '-c -F -i -J -l -o -P -S', tree: true },
  sed: { operands: 'rest', only: '-i --in-place', valued: '-e -f -l -E --expression --file' },
  gsed: { operands: 'rest', only: '-i --in-place', valued: '-e -f -l --expression --file' },
  perl: { operands: 'all', only: '-i', valued: '-e -E -I -M' },
  ruby: { operands: 'all', only: '-i', valued: '-e -I -r' },
  yq: { operands: 'rest', only: '-i --inplace', valued: '-o -p' },
  sort: { operands: 'none', options: '-o --output', valued: '-o -k -t -S -T --output --key' },
  curl: {
    operands: 'none',
    options: '-o --output --output-dir',
    valued: '-o -H -d -X -u -A -b -c -e -F -T -w --output --output-dir --header --data --request --user',
  },
  wget: {
    operands: 'none',
    options: '-O -P --output-document',
    valued: '-O -P -o -a -i -U --output-document --header',
  },
  patch: {
    operands: 'all',
    valued: '-p -i -d -o -r --input --directory --output',
    options: '-o -d --output --directory',
    tree: true,
  },
  split: { operands: 'last', valued: '-l -b -n -a' },
  prettier: { operands: 'all', only: '--write -w', valued: '--config --parser --ignore-path' },
  ed: { operands: 'all' },
  ex: { operands: 'all', valued: '-c' },
};

const OUTPUTS = new Set(['>', '>>', '>|', '>&', '&>', '&>>', '<>']);

/** The files that redirections write; `/dev/null` and other devices are none. */
export function redirectWrites(redirects: readonly Redirect[], directory: string | undefined): Write[] {
  const writing = redirects.filter(({ operator, target }) => OUTPUTS.has(operator) && !isDescriptor(operator, target));
  return writing.map(({ operator, target }) => write(target, directory, operator, 'path')).filter(isFile);
}

function isDescriptor(operator: Redirect['operator'], target: Word): boolean {
  return operator === '>&' && /^(?:\d+-?|-)$/.test(target.text ?? '');
}

function isFile(one: Write): boolean {
  return (
    !/^\/dev\/(?:null|stdout|stderr|stdin|tty|fd\/\d+)$/.test(one.path ?? '') && !(one.by === 'tee' && one.path === '-')
  );
}

/** The files that a command writes by its arguments; nothing for one that runs elsewhere. */
export function commandWrites(invocation: Invocation): Write[] {
  const { name, argv, directory, places } = invocation;
  if (name === undefined || places.length > 0) return [];
  if (name === 'git') return gitWrites(argv, directory);
  if (name === 'tar') return tarWrites(argv, directory);
  if (name === 'unzip') return unzipWrites(argv, directory);
  if (name === 'dd') return ddWrites(argv, directory);
  if (name === 'find' || name === 'gfind') return findWrites(argv, directory);
  const writer = Object.hasOwn(WRITERS, name) ? WRITERS[name] : undefined;
  if (writer === undefined) return [];
  const { options, operands } = readArguments(argv.slice(1), { valued: writer.valued ?? '' });
  const given = (names: string | undefined) =>
    options.filter((option) => names?.split(' ').includes(option.name) === true);
  // `-i.bak` reads as joined letters: its first one is what counts.
  const inPlace =
    writer.only?.startsWith('-i') === true && argv.some((word) => /^-[a-zA-Z]*i|^--in-?place/.test(word.prefix));
  if (writer.only !== undefined && !inPlace && given(writer.only).length === 0) return [];
  const destinations = given(writer.options).flatMap((option) => option.value ?? []);
  const scope = writer.tree ? 'tree' : 'path';
  const words = [...destinations, ...written(writer, operands, destinations.length > 0, argv)];
  // What is moved is gone from where it was.
  const moved = name === 'mv' ? operands.slice(0, -1) : [];
  const inside = writer.operands === 'last' ? insideFolder(operands, destinations[0], directory, name) : [];
  const onto =
    writer.operands === 'last' && !spreads(name, destinations.length > 0 ? operands : operands.slice(0, -1), argv)
      ? 'path'
      : scope;
  return [
    ...words.map((word) => write(word, directory, name, onto)),
    ...moved.map((word) => write(word, directory, name, scope)),
    ...inside,
  ].filter(isFile);
}

function written(
  writer: Writer,
  operands: readonly Word[],
  elsewhere: boolean,
  argv: readonly Word[],
): readonly Word[] {
  switch (writer.operands) {
    case 'all':
      return operands;
    case 'rest': {
      // With `sed -e script` the first operand is a file already.
      const scripted = argv.some(
        (word) => /^-[a-zA-Z]*[ef]$|^--(?:expression|file)/.test(word.prefix) && !word.prefix.startsWith('--f-'),
      );
      return scripted ? operands : operands.slice(1);
    }
    case 'last':
      return elsewhere || operands.length < 2 ? [] : operands.slice(-1);
    default:
      return [];
  }
}

/**
 * Whether the sources end up in the destination under names of their own: `cp -r a/. b`, `cp -T a b`, `rsync a/ b`. Else
 * `insideFolder` tells every name.
 */
function spreads(name: string, sources: readonly Word[], argv: readonly Word[]): boolean {
  const given = (option: RegExp) => argv.some((word) => option.test(word.prefix));
  if (name === 'rsync' || given(/^(?:-[a-zA-Z]*T|--no-target-directory$)/)) return true;
  const folders = name === 'mv' || given(/^(?:-[a-zA-Z]*[rRa]|--recursive$|--archive$)/);
  return sources.some(
    (word) => (folders && (word.text === undefined || word.pattern)) || /(?:^|\/)\.{0,2}\/?$/.test(word.text ?? '-'),
  );
}

/** `cp a folder` writes `folder/a`: that path is told too, as only the file system knows a folder. */
function insideFolder(
  operands: readonly Word[],
  target: Word | undefined,
  directory: string | undefined,
  by: string,
): Write[] {
  const folder = target ?? operands.at(-1);
  const sources = target === undefined ? operands.slice(0, -1) : operands;
  if (folder?.text === undefined) return [];
  const base = joinPath(directory, folder.text);
  const names = sources.map(baseName).filter((name) => name !== undefined && name !== '' && name !== '.');
  return names.map((name) => {
    const path = base === undefined ? undefined : `${base.replace(/\/$/, '')}/${name}`;
    return { path, prefix: '', suffix: `/${name}`, pattern: false, scope: 'tree', by };
  });
}

function write(word: Word, directory: string | undefined, by: string, scope: Write['scope']): Write {
  const joined = joinPath(directory, word.text);
  const path = joined === '' ? '.' : joined;
  const prefix = joinPath(directory, word.prefix) ?? '';
  return { path, prefix, suffix: word.suffix, pattern: word.pattern, scope, by };
}

/** Unpacking writes below `-C`, else here. The first word's letters need no dash. */
function tarWrites(argv: readonly Word[], directory: string | undefined): Write[] {
  const { options } = readArguments(argv.slice(1), { valued: '-f -C --file --directory' });
  const unpacks =
    /^[a-zA-Z]*x/.test(argv[1]?.prefix ?? '') || options.some(({ name }) => /^(?:-x|--extract|--get)$/.test(name));
  if (!unpacks) return [];
  const folder = options.findLast(({ name }) => name === '-C' || name === '--directory')?.value;
  return [write(folder ?? literalWord('.'), directory, 'tar', 'tree')];
}

/** Unpacking writes below `-d`, else here; with some letters it only looks. */
function unzipWrites(argv: readonly Word[], directory: string | undefined): Write[] {
  const { options, operands } = readArguments(argv.slice(1), { valued: '-d -P' });
  if (operands.length === 0 || options.some(({ name }) => /^-[clptvzZ]$/.test(name))) return [];
  const folder = options.findLast(({ name }) => name === '-d')?.value;
  return [write(folder ?? literalWord('.'), directory, 'unzip', 'tree')];
}

function ddWrites(argv: readonly Word[], directory: string | undefined): Write[] {
  const outputs = argv.filter((word) => word.prefix.startsWith('of='));
  return outputs.map((word) => write(cut(word, 3), directory, 'dd', 'path')).filter(isFile);
}

function cut(word: Word, length: number): Word {
  const { text, prefix, suffix } = word;
  return {
    ...word,
    text: text?.slice(length),
    prefix: prefix.slice(length),
    suffix: text === undefined ? suffix : suffix.slice(length),
  };
}

function findWrites(argv: readonly Word[], directory: string | undefined): Write[] {
  const writes: Write[] = [];
  const from = argv.findIndex(
    (word, at) => at > 0 && !/^-(?:[HLP]$|O|D)/.test(word.prefix) && argv[at - 1]?.text !== '-D',
  );
  const words = from < 0 ? [] : argv.slice(from);
  const action = words.findIndex((word) => /^[-(!]/.test(word.prefix));
  const named = words.slice(0, action < 0 ? undefined : action);
  const roots = named.length > 0 ? named : [literalWord('.')];
  if (argv.some((word) => word.text === '-delete')) {
    const scope = namesRecord(argv) ? 'tree' : 'path';
    for (const word of roots) writes.push(write(word, directory, 'find', scope));
  }
  for (const [at, word] of argv.entries()) {
    const target = argv[at + 1];
    if (/^-f(?:print0?|printf|ls)$/.test(word.text ?? '') && target)
      writes.push(write(target, directory, 'find', 'path'));
  }
  return writes;
}

/** Names that files of the record have; a `-name` that fits none of them reaches none. */
const RECORD_NAMES = [`${'0a'.repeat(32)}.json`, `${'f9'.repeat(32)}.txt`, `${'0a'.repeat(32)}.md`];
const OTHER_NAMES = ['ledger', 'evidence', 'allowed_signers', 'history.md', 'requirements.md', 'design.md'];

function namesRecord(argv: readonly Word[]): boolean {
  const at = argv.findIndex((word) => word.text === '-name');
  const name = argv[at + 1]?.text;
  // With a choice or a negation around it, one name says nothing.
  if (at < 0 || name === undefined || argv.some((word) => /^(?:-o|-or|!|-not|,)$/.test(word.text ?? ''))) return true;
  const source = name
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '.');
  if (/\[/.test(name) || name.length > 60) return true;
  return [...RECORD_NAMES, ...OTHER_NAMES].some((one) => new RegExp(`^${source}$`).test(one));
}

const GIT_VALUED = '-C -c --git-dir --work-tree --namespace --exec-path';
/** Verbs that change files in ways no path on the line bounds; those that only bring in commits are not in here. */
const GIT_TREE = /^(?:apply|am|stash|clean|reset|checkout-index|read-tree|filter-branch)$/;

function gitWrites(argv: readonly Word[], start: string | undefined): Write[] {
  const global = readArguments(argv.slice(1), { valued: GIT_VALUED, leading: true });
  // Each is taken from the one before it.
  const folders = global.options.filter((option) => option.name === '-C');
  const directory = folders.reduce((at, { value }) => joinPath(at, value?.text), start);
  const [verb, ...words] = global.rest;
  const args = readArguments(words, { valued: '-s -b -B -m --source --pathspec-from-file' });
  const flags = new Set(args.options.map((option) => option.name));
  const by = `git ${verb?.text ?? ''}`;
  const paths = (operands: readonly Word[]) => operands.map((word) => write(word, directory, by, 'tree'));
  switch (verb?.text) {
    case 'restore':
      return flags.has('--staged') && !flags.has('--worktree') ? [] : paths(args.operands);
    case 'checkout':
      if (flags.has('-b') || flags.has('-B') || flags.has('--orphan')) return [];
      // The first names a commit, which cannot begin with a dot.
      return paths(
        args.afterDashes ?? args.operands.slice(/^\.{1,2}(?:\/|$)/.test(args.operands[0]?.text ?? '') ? 0 : 1),
      );
    case 'rm':
      return flags.has('--cached') ? [] : paths(args.operands);
    case 'mv':
      return paths(args.operands);
    default:
      break;
  }
  if (!GIT_TREE.test(verb?.text ?? '') || isHarmless(verb?.text ?? '', args.operands, flags)) return [];
  const path = joinPath(directory, '.');
  return [{ path: path === '' ? '.' : path, prefix: '', suffix: '', pattern: false, scope: 'tree', by }];
}

function isHarmless(verb: string, operands: readonly Word[], flags: ReadonlySet<string>): boolean {
  if (verb === 'stash') return /^(?:list|show|drop|clear|create|store)$/.test(operands[0]?.text ?? '');
  if (verb === 'clean') return flags.has('-n') || flags.has('--dry-run');
  if (verb === 'apply')
    return flags.has('--check') || flags.has('--stat') || flags.has('--numstat') || flags.has('--summary');
  return verb === 'reset' && !(flags.has('--hard') || flags.has('--merge') || flags.has('--keep'));
}
