import { from } from '../../domain/doctor/line.ts';
import { line, type Probe, writable } from './machine.ts';

export const git: Probe = async ({ project, run }) => {
  const version = /\d+\.\d+[.\d]*/.exec((await run('git', ['--version']))?.out ?? '')?.[0];
  if (version === undefined)
    return line('git', 'bad', {
      found: 'git is not installed',
      means: 'nobody can be named in a decision',
      improve: 'install git',
      keepsFrom: from('recorded'),
    });
  const name = (await run('git', ['config', '--get', 'user.name']))?.out.trim();
  const email = (await run('git', ['config', '--get', 'user.email']))?.out.trim();
  const identity =
    name && email
      ? line('identity', 'good', { found: `git knows ${name} <${email}>`, means: 'decisions name this person' })
      : line('identity', 'bad', {
          found: 'git knows no name or no e-mail address',
          means: 'a decision cannot name its person, and policy knows people by their address',
          improve: 'git config --global user.name "Your Name" && git config --global user.email you@example.org',
          keepsFrom: from('recorded'),
        });
  const folder = writable(project.gitDir)
    ? line('git-folder', 'good', { found: 'the git folder can be written', means: 'writers wait for each other' })
    : line('git-folder', 'bad', {
        found: 'the git folder cannot be written',
        means: 'nothing can be recorded: the lock of the ledger lies there',
        improve: `make ${JSON.stringify(project.gitDir)} writable for you`,
        keepsFrom: from('recorded'),
      });
  return [
    line('git', 'good', { found: `git ${version}`, means: 'history and identity can be read' }),
    identity,
    folder,
  ];
};
