import { forgeOf } from '../forge/forge.ts';
import { line, type Machine, type Probe } from './machine.ts';

/** Whether the branch that changes go into can be pushed to by anyone. */
export const branchProtection: Probe = async (machine) => {
  const forge = await forgeOf(machine.project, machine.env).catch(() => undefined);
  const branch = await defaultBranch(machine);
  const answer = await forge?.isProtected(branch);
  if (forge === undefined || answer === undefined)
    return line('branch-protection', 'unknown', {
      found: `not looked at: ${forge === undefined ? 'there is no remote on a git host' : `${forge.name} does not tell this account`}`,
      means: 'whoever can push to the base branch can change signers, policy and CI without a review',
      improve: 'protect the base branch: pull requests, reviews, the check of verify; gh auth login lets this look',
      keepsFrom: ['external'],
    });
  return answer
    ? line('branch-protection', 'good', {
        found: `${branch} of ${forge.name} is protected`,
        means: 'signers, policy and CI change by a reviewed pull request, as far as its rules say so',
      })
    : line('branch-protection', 'warning', {
        found: `${branch} of ${forge.name} is not protected`,
        means: 'whoever can push can change signers, policy and CI without a review',
        improve: 'protect it: pull requests, reviews, the check of verify',
        keepsFrom: ['external'],
      });
};

async function defaultBranch({ run }: Machine): Promise<string> {
  const head = await run('git', ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  return head?.out.trim().replace(/^origin\//, '') || 'main';
}
