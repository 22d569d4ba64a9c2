import type { Decided } from '../app/decide.ts';
import type { Ports } from '../app/ports.ts';
import { short } from '../domain/decision/subject.ts';
import { inputFault } from '../domain/fault.ts';
import { compose } from './compose.ts';
import { paint } from './terminal.ts';
import type { VerbContext, VerbResult } from './verbs/verb.ts';

/**
 * The pull request that is meant: `--pr N`, else what CI says of its run.
 *
 * @throws Fault `bad-number`
 */
export function pullRequest(named: unknown, env: NodeJS.ProcessEnv): number | undefined {
  const fromCi = /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1] ?? env['CI_MERGE_REQUEST_IID'];
  const number = typeof named === 'string' ? named : fromCi;
  if (number === undefined || number === '') return undefined;
  if (/^[1-9]\d{0,9}$/.test(number)) return Number(number);
  throw inputFault({
    code: 'bad-number',
    message: `${JSON.stringify(number)} is no number of a pull request`,
    expected: 'its number, such as 7',
  });
}

/**
 * A decision on a pull request's branch, away from the person's own work tree: what is shown is what the host has, and
 * the event is pushed to the branch. Whom to trust is what this machine accepted, whatever the branch says.
 *
 * @param decide shows and decides; nothing is pushed unless it recorded a decision
 * @throws Fault `fork`, and those of the forge and of git
 */
export async function inPullRequest(
  context: VerbContext,
  number: number,
  decide: (ports: Ports) => Promise<VerbResult>,
): Promise<VerbResult> {
  const own = context.ports();
  const forge = await own.forge();
  const { branch, commit, fork } = await forge.pullRequest(number);
  if (fork)
    throw inputFault({
      code: 'fork',
      message: `pull request ${number} of ${forge.name} comes from a fork`,
      expected: 'a branch of this repository, which the decision can be pushed to',
      next: 'check the branch out, decide there, and push it to the fork',
    });
  context.terminal.show(`Pull request ${number} of ${forge.name}: ${branch} at ${short(commit)}`);
  const note =
    'the decision is pushed to this branch as a commit: where the host dismisses reviews on new commits, they have to be given again.';
  context.terminal.show(`${paint(context.terminal, 'yellow', 'note')} ${note}`);
  const folder = await own.commits.checkOut(branch, commit);
  try {
    const result = await decide({ ...compose(folder, context.env).ports, trust: own.trust });
    if (result.answer.blocks.length > 0 || (result.exit ?? 0) !== 0) return result;
    const { delivery, about, digest, decision } = result.answer.data as Decided;
    const message = `Record a decision on ${about} of ${delivery}: ${decision} ${short(digest)}`;
    const paths = [`deliveries/${delivery}/ledger`, `deliveries/${delivery}/history.md`];
    await own.commits.publish(folder, paths, message, branch);
    const said = `${result.answer.said} Pushed to ${branch}.`;
    return { ...result, answer: { ...result.answer, said } };
  } finally {
    await own.commits.discard(folder);
  }
}
