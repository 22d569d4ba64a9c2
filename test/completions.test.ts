import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../mcp-server/src/entry/verbs/catalogue.ts';
import { type Project, project } from './helpers/project.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

/** What bash offers for a line whose last word is being typed. */
function bash(work: Project, ...words: string[]): string[] {
  const script = `source ./c.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _countersign; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const ran = spawnSync('bash', ['-c', script, 'bash', 'countersign', ...words], {
    cwd: work.root,
    env: work.env,
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  return ran.stdout.trim().split('\n');
}

/** A project with two deliveries and the script of a shell in it. */
function prepared(shell: string): Project {
  const work = project();
  for (const id of ['office-vlans', 'office-wifi']) expect(work.cli('new', id).exit).toBe(0);
  const { exit, out } = work.cli('completions', shell);
  expect(exit).toBe(0);
  work.write(`c.${shell}`, out);
  return work;
}

describe('completions', () => {
  it('for bash offer verbs, options, deliveries and stages', () => {
    const work = prepared('bash');
    expect(bash(work, '')).toEqual([...Object.keys(VERBS), 'help']);
    expect(bash(work, 'rep')).toEqual(['reply', 'report']);
    expect(bash(work, 'report', '--')).toEqual(expect.arrayContaining(['--html', '--csv', '--json', '--help']));
    expect(bash(work, 'status', 'office-')).toEqual(['office-vlans', 'office-wifi']);
    expect(bash(work, 'status', '--mine', '')).toEqual(['office-vlans', 'office-wifi']);
    expect(bash(work, 'approve', 'office-vlans', 'des')).toEqual(['design']);
    expect(bash(work, 'doctor', '')).toEqual(['']);
  });

  it('run nothing that a folder is called', () => {
    const work = prepared('bash');
    mkdirSync(work.path('deliveries', '$(touch owned)'));
    mkdirSync(work.path('deliveries', '`touch owned`'));
    expect(bash(work, 'status', '')).toEqual(['office-vlans', 'office-wifi']);
    expect(existsSync(work.path('owned'))).toBe(false);
  });

  it.runIf(has('fish'))('for fish offer the same', () => {
    const work = prepared('fish');
    const fish = (line: string) =>
      spawnSync('fish', ['-c', `source c.fish; complete -C ${JSON.stringify(line)}`], {
        cwd: work.root,
        env: work.env,
        encoding: 'utf8',
      })
        .stdout.trim()
        .split('\n')
        .map((one) => one.split('\t')[0]);
    expect(fish('countersign rep')).toEqual(['reply', 'report']);
    expect(fish('countersign status ')).toEqual(['office-vlans', 'office-wifi']);
    expect(fish('countersign approve office-vlans des')).toEqual(['design']);
  });

  it.runIf(has('zsh'))('for zsh are read without a complaint', () => {
    const work = prepared('zsh');
    const ran = spawnSync(
      'zsh',
      ['-f', '-c', 'autoload -Uz compinit && compinit -u -D && source ./c.zsh && whence -w _countersign'],
      {
        cwd: work.root,
        env: work.env,
        encoding: 'utf8',
      },
    );
    expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '_countersign: function\n' });
  });

  it('for another shell are not there', () => {
    expect(project().cli('completions', 'tcsh')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('bash, zsh, fish'),
    });
  });
});
