import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { Commits } from '../app/ports/commits.ts';
import { environmentFault } from '../domain/fault.ts';
import { sha256 } from '../domain/hash.ts';
import { remoteName } from './forge/remote.ts';
import { fileHash } from './project-files.ts';
import { resolveInside } from './resolver.ts';
import { type Ran, run } from './run.ts';
import type { Project } from './work-tree.ts';

/** A commit as the forge names it: never an option, a range or a path. */
const COMMIT = /^[0-9a-f]{40,64}$/;
const FETCH_MS = 300_000;

/** Other commits, by git's own plumbing. */
export function commits(project: Project, env: NodeJS.ProcessEnv): Commits {
  const quiet = { ...env, GIT_TERMINAL_PROMPT: '0', GIT_NO_REPLACE_OBJECTS: '1' };
  // Hooks can lie in the branch itself (core.hooksPath): a look at it must not run what it brings.
  const git = async (args: readonly string[], cwd = project.root): Promise<Ran> =>
    (await run('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd, env: quiet, timeoutMs: FETCH_MS })) ?? {
      exit: null,
      out: '',
      err: 'git is missing',
    };
  const below = relative(project.tree, project.root);
  const remote = async () => {
    const name = await remoteName(project, env);
    if (name !== undefined) return name;
    throw environmentFault({
      code: 'no-remote',
      message: 'this repository has no remote',
      next: 'git remote add origin URL',
    });
  };
  /** Whether the commit is here; a shallow clone may have to fetch it. */
  async function has(commit: string): Promise<boolean> {
    if (!COMMIT.test(commit)) return false;
    const there = async () => (await git(['cat-file', '-e', `${commit}^{commit}`])).exit === 0;
    if (await there()) return true;
    const name = await remoteName(project, env);
    if (name === undefined) return false;
    await git(['fetch', '--quiet', '--no-tags', '--depth=1', name, commit]);
    return there();
  }
  return {
    async hashesAt(commit, paths) {
      const wanted = paths.filter((path) => !/[\n\0]/.test(path));
      if (wanted.length === 0 || !(await has(commit))) return new Map();
      const bytes = await blobs(
        project.root,
        quiet,
        wanted.map((path) => `${commit}:./${path}`),
      );
      return new Map(wanted.flatMap((path, at) => (bytes[at] === undefined ? [] : [[path, fileHash(bytes[at])]])));
    },
    fetch: has,
    async checkOut(branch, commit) {
      const name = await remote();
      const fetched = await git(['fetch', '--quiet', '--no-tags', name, `refs/heads/${branch}`]);
      const tip = (await git(['rev-parse', 'FETCH_HEAD'])).out.trim();
      if (fetched.exit !== 0 || tip !== commit)
        throw environmentFault({
          code: 'branch-moved',
          message:
            fetched.exit === 0
              ? `${branch} moved while it was fetched`
              : `${branch} cannot be fetched: ${fetched.err.trim().split('\n')[0]}`,
          next: 'try again; nothing was decided',
        });
      const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'countersign-pr-'))), 'tree');
      const added = await git(['worktree', 'add', '--quiet', '--detach', folder, commit]);
      if (added.exit === 0) return join(folder, below);
      throw environmentFault({ code: 'no-worktree', message: `git made no work tree: ${added.err.trim()}` });
    },
    async publish(folder, paths, message, branch) {
      const name = await remote();
      const steps = [
        ['add', '--', ...paths],
        ['commit', '--quiet', '-m', message, '--', ...paths],
        ['push', '--quiet', name, `HEAD:refs/heads/${branch}`],
      ];
      for (const step of steps) {
        const { exit, err } = await git(step, folder);
        if (exit === 0) continue;
        throw environmentFault({
          code: 'push-refused',
          message: `git ${step[0]} failed: ${err.trim().split('\n')[0]}`,
          expected: `a commit with the decision on ${branch}`,
          next: 'run it again: the decision did not reach the pull request and counts for nothing',
        });
      }
    },
    async sideTree(name, present, without) {
      const folder = sideFolder(project, name);
      await git(['worktree', 'remove', '--force', folder]);
      rmSync(folder, { recursive: true, force: true });
      await git(['worktree', 'prune']);
      const added = await git(['worktree', 'add', '--quiet', '--detach', folder, 'HEAD']);
      if (added.exit !== 0)
        throw environmentFault({
          code: 'no-worktree',
          message: `git made no work tree: ${added.err.trim().split('\n')[0]}`,
          next: 'it takes at least one commit',
        });
      const there = join(folder, below);
      for (const path of present) {
        const to = resolveInside(there, path);
        mkdirSync(dirname(to), { recursive: true });
        cpSync(resolveInside(project.root, path), to, { recursive: true });
      }
      for (const path of without) rmSync(resolveInside(there, path), { force: true });
      return there;
    },
    sideTreeAt(name) {
      const folder = sideFolder(project, name);
      return existsSync(join(folder, '.git')) ? join(folder, below) : undefined;
    },
    async discard(folder) {
      const tree = below === '' ? folder : folder.slice(0, -below.length - 1);
      await git(['worktree', 'remove', '--force', tree]);
      // A pull request's tree has a folder around it for itself; others of this repository may lie beside a side tree.
      const own = tree === sideFolder(project, basename(tree)) ? tree : join(tree, '..');
      rmSync(own, { recursive: true, force: true });
    },
  };
}

/** Outside the work tree, the same for the same repository and name. */
const sideFolder = (project: Project, name: string) =>
  join(realpathSync(tmpdir()), `countersign-${sha256(project.root).slice(0, 12)}`, name);

/** Bytes of objects by one process, in their order; undefined for what is not there or is no file. */
function blobs(cwd: string, env: NodeJS.ProcessEnv, names: readonly string[]): Promise<(Buffer | undefined)[]> {
  return new Promise((resolve) => {
    const child = spawn('git', ['cat-file', '--batch'], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', () => resolve(names.map(() => undefined)));
    child.on('close', () => resolve(readBatch(Buffer.concat(chunks), names.length)));
    child.stdin.on('error', () => {});
    child.stdin.end(`${names.join('\n')}\n`);
  });
}

/** The output of `git cat-file --batch`: `<oid> <type> <size>`, the bytes and a line feed; or `<name> missing`. */
function readBatch(output: Buffer, count: number): (Buffer | undefined)[] {
  const found: (Buffer | undefined)[] = [];
  for (let at = 0; found.length < count; ) {
    const end = output.indexOf(10, at);
    if (end < 0) break;
    const header = /^[0-9a-f]+ (\w+) (\d+)$/.exec(output.subarray(at, end).toString());
    const size = Number(header?.[2] ?? 0);
    found.push(header?.[1] === 'blob' ? output.subarray(end + 1, end + 1 + size) : undefined);
    at = end + 1 + (header === null ? 0 : size + 1);
  }
  return found;
}
