import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { DESIGN, GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { project } from '../helpers/project.ts';
import { ID, reach } from '../helpers/zone-file.ts';

const OLD =
  '- hosts: all\n  tasks:\n    - name: Zone list\n      ansible.builtin.copy: {src: a, dest: /etc/zone}\n    - name: Wipe cache nobody knows of\n      ansible.builtin.file: {path: /var/cache/zone, state: absent}\n';
const NEW = '- hosts: all\n  tasks:\n    - name: Zone list\n      ansible.builtin.copy: {src: a, dest: /etc/zone}\n';

it('lists what a component does that did not come back from the design, in a work tree beside [R-PROV-2]', async () => {
  const work = project();
  const design = DESIGN.replace('- Paths: zone/generate.mjs', '- Paths: zone/generate.mjs, ops/');
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/generate.mjs', GENERATOR);
  work.write('ops/site.yml', OLD);
  expect(work.cli('build', ID).exit).toBe(2);
  expect(work.cli('build', ID, '--regenerate', 'CMP-9').err).toContain('one of: CMP-1, CMP-2');
  expect(work.cli('build', ID, '--regenerate', 'CMP-2').err).toContain('at least one commit');
  work.git('add', '-A');
  work.git('commit', '-qm', 'Work');
  expect(work.cli('build', ID, '--regenerate', 'CMP-2', '--compare').err).toContain('not being built anew');
  work.write('zone/hosts.json', `${HOSTS}\n`);
  const { folder } = work.json('build', ID, '--regenerate', 'CMP-2') as unknown as { folder: string };
  const there = (path: string) => join(folder, path);
  expect(['zone/generate.mjs', 'ops/site.yml'].map((path) => existsSync(there(path)))).toEqual([false, false]);
  expect(existsSync(there('zone/hosts.json'))).toBe(true);
  expect(work.cli('build', ID, '--regenerate', 'CMP-2', '--compare').exit).toBe(1);
  for (const [path, text] of [
    ['ops/site.yml', NEW],
    ['zone/generate.mjs', GENERATOR],
  ] as const) {
    mkdirSync(dirname(there(path)), { recursive: true });
    writeFileSync(there(path), text);
  }
  const compared = work.cli('build', ID, '--regenerate', 'CMP-2', '--compare');
  expect(compared.out).toMatch(/asked for by nothing: task "Wipe cache nobody knows of" \(ops\/site\.yml:5\), gone/);
  expect(compared.out).not.toContain('"Zone list"');
  expect(compared.out).toContain('2 of 2 checks pass');
  expect(compared.exit).toBe(0);
  // The delivery itself is as it was.
  expect(work.read('ops/site.yml')).toBe(OLD);
  expect(work.cli('build', ID, '--regenerate', 'CMP-2', '--discard').exit).toBe(0);
  expect(existsSync(folder)).toBe(false);
  expect(work.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});
