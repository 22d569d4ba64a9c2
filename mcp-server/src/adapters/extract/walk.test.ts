import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TreeEntry } from '../../app/ports/extraction.ts';
import { sourceTree } from './walk.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-walk-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer = 'text'): string {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

async function walk(
  from = root,
  maxFileSize = 1000,
  wants = (_path: string, _head: string) => true,
): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for await (const entry of sourceTree.walk(from, { maxFileSize, wants, streams: (path) => path.endsWith('.jsonl') }))
    entries.push(entry);
  return entries;
}

const paths = (entries: TreeEntry[]) => entries.flatMap((entry) => (entry.kind === 'file' ? [entry.file.path] : []));
const skipped = (entries: TreeEntry[]) =>
  Object.fromEntries(
    entries.flatMap((entry) => (entry.kind === 'skipped' ? [[entry.entry.path, entry.entry.reason]] : [])),
  );

describe('walking a folder', () => {
  it('reads files in name order, folder by folder, and never what tools fetched', async () => {
    for (const path of ['b', 'a/2', 'a/1', '.git/config', 'x/node_modules/m', '.terraform/t', '.github/w.yml'])
      put(path);
    expect(paths(await walk())).toEqual(['b', '.github/w.yml', 'a/1', 'a/2']);
  });

  it('reads one file when that is the root', async () => {
    expect(paths(await walk(put('sub/one.tf')))).toEqual(['one.tf']);
  });

  it('throws when the root is not there', async () => {
    await expect(walk(join(root, 'nothing'))).rejects.toThrow('ENOENT');
  });

  it('reads what git keeps although it ignores it, wherever the folder lies in the repository', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' });
    git('init', '-q');
    put('.gitignore', '*.tfvars\n/build/\n');
    for (const path of ['a/prod.tfvars', 'a/local.tfvars', 'build/sub/kept', 'build/left', 'build/sub/left']) put(path);
    git('add', '.gitignore');
    git('add', '-f', 'a/prod.tfvars', 'build/sub/kept');
    expect(paths(await walk())).toEqual(['.gitignore', 'a/prod.tfvars', 'build/sub/kept']);
    put('a/.gitignore', '*.tfvars\n');
    expect(paths(await walk(join(root, 'a')))).toEqual(['.gitignore', 'prod.tfvars']);
  });

  it('honours .gitignore files, the inner over the outer', async () => {
    put('.gitignore', '*.log\n/build/\n!keep.log\n');
    put('sub/.gitignore', '!special.log\n/local\n');
    for (const path of ['a.log', 'keep.log', 'build/x', 'sub/build/y', 'sub/special.log', 'sub/local', 'local'])
      put(path);
    expect(paths(await walk())).toEqual([
      '.gitignore',
      'keep.log',
      'local',
      'sub/.gitignore',
      'sub/special.log',
      'sub/build/y',
    ]);
  });

  it('agrees with git about which files are ignored', async () => {
    put('.gitignore', 'out/*\n!out/keep\n**/tmp\n*.[oa]\n\\#x\nFoo\ntrail \n');
    for (const path of ['out/a', 'out/keep', 'd/tmp/x', 'd/tmpx', 'm.o', 'm.c', '#x', 'foo', 'sub/Foo', 'out/d/keep'])
      put(path);
    execFileSync('git', ['init', '-q'], { cwd: root });
    const listed = execFileSync('git', ['ls-files', '-o', '-z', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
    expect(paths(await walk()).sort()).toEqual(listed.split('\0').filter(Boolean).sort());
  });

  it('asks with the first 4 KiB before it reads the rest', async () => {
    put('a', `head${'x'.repeat(5000)}`);
    const heads: number[] = [];
    const wants = (_path: string, head: string) => heads.push(head.length) < 0;
    expect(await walk(root, 10_000, wants)).toMatchObject([{ kind: 'unwanted', path: 'a' }]);
    expect(heads).toEqual([4096]);
  });
});

describe('walking a folder that was walked before', () => {
  /** By path: what came of it the second time, after a change. */
  async function again(change: () => void, maxFileSize = 200_000, wants = (path: string) => !path.startsWith('no')) {
    const digests = new Map<string, string>();
    for (const entry of await walk(root, 200_000, wants)) {
      const path = entry.kind === 'file' ? entry.file.path : entry.kind === 'skipped' ? entry.entry.path : entry.path;
      if ('digest' in entry && entry.digest !== undefined) digests.set(path, entry.digest);
    }
    change();
    const asked: string[] = [];
    const options = {
      maxFileSize,
      wants: (path: string) => asked.push(path) > 0 && wants(path),
      streams: () => false,
      digestOf: (path: string) => digests.get(path),
      prepare: async () => {
        asked.push('prepared');
      },
    };
    const kinds: Record<string, string> = {};
    for await (const entry of sourceTree.walk(root, options))
      if (entry.kind === 'skipped') kinds[entry.entry.path] ??= entry.entry.reason;
      else kinds[entry.kind === 'file' ? entry.file.path : entry.path] = entry.kind;
    return { kinds, asked };
  }

  const all = ['empty', 'no', 'no-large', 'small', 'small.json', 'large', 'binary', 'binary-large', 'latin1'];
  beforeEach(() => {
    put('empty', '');
    put('no');
    put('no-large', 'x'.repeat(150_000));
    put('small');
    put('small.json', '{}');
    put('large', 'y'.repeat(150_000));
    put('binary', Buffer.from([1, 0, 2]));
    put('binary-large', Buffer.alloc(150_000));
    put('latin1', Buffer.from([0xe4, 10]));
  });

  it('knows every file whose bytes are what they were, and asks nothing', async () => {
    const { kinds, asked } = await again(() => {});
    expect(kinds).toEqual(Object.fromEntries(all.map((path) => [path, 'known'])));
    expect(asked).toEqual([]);
  });

  it('prepares once, and asks of those that changed or are new', async () => {
    const { kinds, asked } = await again(() => {
      put('small', 'TEXT');
      put('large', `${'y'.repeat(149_999)}z`);
      put('no-large', `z${'x'.repeat(149_999)}`);
      put('binary', 'text by now');
      put('new');
      rmSync(join(root, 'empty'));
      execFileSync('mkfifo', [join(root, 'empty')]);
    });
    expect(kinds).toMatchObject({
      small: 'file',
      large: 'file',
      new: 'file',
      binary: 'file',
      'no-large': 'unwanted',
      empty: 'unreadable',
      no: 'known',
      latin1: 'known',
    });
    expect(asked.sort()).toEqual(['binary', 'large', 'new', 'no-large', 'prepared', 'small']);
  });

  it('skips what is larger than the limit is by now', async () => {
    const { kinds } = await again(() => {}, 1000);
    expect(kinds).toMatchObject({ large: 'too-large', 'no-large': 'too-large', small: 'known' });
  });
});

describe('what is no plain text file', () => {
  it('is a skipped entry with its reason, never a hang', async () => {
    put('fine');
    put('binary', Buffer.from([1, 0, 2]));
    put('late-binary', Buffer.concat([Buffer.alloc(5000, 'a'), Buffer.from([0])]));
    truncateSync(put('sparse'), 8 * 2 ** 30);
    execFileSync('mkfifo', [join(root, 'fifo')]);
    symlinkSync('/dev/zero', join(root, 'device'));
    symlinkSync('nowhere', join(root, 'dangling'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('/etc/passwd', join(root, 'outside'));
    symlinkSync('..', join(root, 'up'));
    const server = createServer().listen(join(root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      const entries = await walk(root, 10_000);
      expect(paths(entries)).toEqual(['fine']);
      expect(skipped(entries)).toEqual({
        binary: 'binary',
        'late-binary': 'binary',
        sparse: 'too-large',
        fifo: 'unreadable',
        device: 'outside-root',
        dangling: 'unreadable',
        loop: 'unreadable',
        outside: 'outside-root',
        up: 'outside-root',
        socket: 'unreadable',
      });
    } finally {
      server.close();
    }
  });

  it.skipIf(process.getuid?.() === 0)('costs an unreadable folder itself alone', async () => {
    put('a/x');
    put('locked/x');
    chmodSync(join(root, 'locked'), 0);
    const entries = await walk();
    chmodSync(join(root, 'locked'), 0o700);
    expect(paths(entries)).toEqual(['a/x']);
    expect(skipped(entries)).toEqual({ locked: 'unreadable' });
  });

  it('counts a file that links point to once, under its real path, and tells the links', async () => {
    put('roles/real/tasks/main.yml');
    symlinkSync('real', join(root, 'roles/alias'));
    symlinkSync('roles/real/tasks/main.yml', join(root, 'shortcut.yml'));
    symlinkSync('.', join(root, 'roles/self'));
    symlinkSync(root, join(root, 'whole'));
    const entries = await walk();
    expect(paths(entries)).toEqual(['roles/real/tasks/main.yml']);
    expect(entries.filter((entry) => entry.kind === 'link')).toEqual([
      { kind: 'link', path: 'shortcut.yml', target: 'roles/real/tasks/main.yml' },
      { kind: 'link', path: 'whole', target: '.' },
      { kind: 'link', path: 'roles/alias', target: 'roles/real' },
      { kind: 'link', path: 'roles/self', target: 'roles' },
    ]);
  });

  it('does not take a neighbour folder of the same beginning for the inside', async () => {
    mkdirSync(`${root}-other`);
    symlinkSync(`${root}-other`, join(root, 'other'));
    expect(skipped(await walk())).toEqual({ other: 'outside-root' });
    rmSync(`${root}-other`, { recursive: true });
  });

  it('reads names with line ends, blanks and quotes', async () => {
    for (const name of ['a\nb.tf', ' c "d".tf', '..e', '-f', '*']) put(name);
    put('.gitignore', 'unrelated\n');
    expect(paths(await walk())).toHaveLength(6);
  });

  it('reads text with bad bytes and says where the first is', async () => {
    put('latin1', Buffer.from('one\ntwo \xe4\n', 'latin1'));
    const entries = await walk();
    expect(entries).toEqual([
      { kind: 'file', file: { path: 'latin1', text: 'one\ntwo \ufffd\n' }, digest: expect.any(String) },
      { kind: 'skipped', entry: { path: 'latin1', reason: 'unparsed', line: 2 }, digest: expect.any(String) },
    ]);
  });

  it('reads UTF-16 with its mark, and keeps a real replacement character', async () => {
    put('utf16', Buffer.from('\ufeffvariable', 'utf16le'));
    put('utf8', 'a \ufffd b');
    expect((await walk()).map((entry) => entry.kind === 'file' && entry.file.text)).toEqual([
      '\ufeffvariable',
      'a \ufffd b',
    ]);
  });

  it('goes through folders deeper than any stack', async () => {
    const deep = Array.from({ length: 400 }, () => 'd').join('/');
    put(`${deep}/x`);
    expect(paths(await walk())).toEqual([`${deep}/x`]);
  });

  it('hands on files of any size in pieces, where they are asked for so', async () => {
    const text = 'é'.repeat(300_000);
    put('runs.jsonl', text);
    put('binary.jsonl', Buffer.from([123, 0, 125]));
    execFileSync('mkfifo', [join(root, 'pipe.jsonl')]);
    const entries = await walk(root, 1000);
    const streams = entries.flatMap((entry) => (entry.kind === 'stream' ? [entry] : []));
    expect(streams.map((entry) => entry.path)).toEqual(['runs.jsonl']);
    let read = '';
    for await (const piece of streams[0]?.pieces() ?? []) read += piece;
    expect(read).toBe(text);
    expect(skipped(entries)).toMatchObject({ 'binary.jsonl': 'binary', 'pipe.jsonl': 'unreadable' });
  });
});
