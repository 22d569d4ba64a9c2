import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gitHistory } from './git-history.ts';

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-history-'));
  git('init', '--quiet');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('[R-FAST-6] a commit says what was committed, whatever objects are to stand in its place', () => {
  writeFileSync(join(root, 'countersign.yaml'), 'strict\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  const was = git('rev-parse', 'HEAD');
  writeFileSync(join(root, 'lax'), 'lax\n');
  const history = gitHistory({
    root,
    tree: root,
    gitDir: join(root, '.git'),
    state: join(root, '.git', 'countersign'),
  });
  // What an agent with a shell can do to a trusted ref on its own machine, without moving it.
  git('replace', git('rev-parse', 'HEAD:countersign.yaml'), git('hash-object', '-w', 'lax'));
  expect(git('show', 'HEAD:countersign.yaml')).toBe('lax');
  expect(history.read(was, 'countersign.yaml')).toBe('strict\n');
  expect(history.changed(was)).toEqual(['lax']);
});
