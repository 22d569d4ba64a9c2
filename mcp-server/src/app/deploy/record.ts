import { canonical } from '../../domain/canonical.ts';
import { short } from '../../domain/decision/subject.ts';
import { planHashIn } from '../../domain/deploy/entitled.ts';
import { inputFault } from '../../domain/fault.ts';
import type { Actor } from '../../domain/ledger/event.ts';
import { redact } from '../../domain/redact.ts';
import type { Answer } from '../answer.ts';
import { append } from '../append.ts';
import type { Ports } from '../ports.ts';
import { refusal } from './apply.ts';
import { approvedFor } from './authorize.ts';
import { finish } from './execute.ts';
import type { DeployView } from './plan.ts';
import { verifyLive } from './run.ts';
import { planReader, type Site, siteOf, storeBuild } from './site.ts';

/** What somebody says came of an apply. */
export const SAID = ['succeeded', 'failed'] as const;
const LOG = 256 * 1024;

export interface RecordInput {
  outcome: string;
  reason: string;
  /** Bytes of the plan that was applied elsewhere. */
  plan?: Uint8Array | undefined;
  /** What the apply printed. */
  log: string;
  actor: Actor;
}

/**
 * Records what came of an apply that ran elsewhere, or that was begun here and never ended. What is said is not believed:
 * health and checks run now, and decide whether it is verified.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`, `bad-usage`
 */
export async function recordDeploy(
  ports: Ports,
  id: string,
  environment: string,
  input: RecordInput,
): Promise<Answer<DeployView>> {
  if (!(SAID as readonly string[]).includes(input.outcome))
    throw inputFault({
      code: 'bad-usage',
      message: 'what came of it is not said',
      expected: `--outcome ${SAID.join(' or ')}`,
    });
  const held = await ports.programs.alone(environment, () => recordAlone(ports, siteOf(ports, id, environment), input));
  if ('result' in held) return held.result;
  const blocks = [`a deploy to ${environment} is running: ${held.heldBy}`];
  return refusal(siteOf(ports, id, environment), blocks, 'it records its own end');
}

async function recordAlone(ports: Ports, site: Site, input: RecordInput): Promise<Answer<DeployView>> {
  const { id, environment, settings, here, loaded } = site;
  const { actor, reason } = input;
  const open = here.findLast((one) => one.open);
  let start = open?.start.id;
  let hash = open?.start.body.plan ?? null;
  if (start === undefined) {
    const found = input.plan === undefined ? undefined : approvedFor(ports, site, input.plan);
    const submission = found !== undefined && 'submission' in found ? found.submission : undefined;
    if (loaded.state.manifest.sha256 === null)
      return refusal(site, loaded.state.manifest.missing, 'complete the build first');
    storeBuild(ports, site);
    hash = submission === undefined ? null : (planHashIn(submission) ?? null);
    const sets = planReader(ports, id)(hash)?.sets ?? {};
    const commit = (await ports.repository.head()) ?? null;
    const digest = submission?.body.digest ?? null;
    const build = loaded.state.manifest.sha256;
    const body = { environment, basis: 'external' as const, digest, plan: hash, build, sets, commit };
    start = append(ports, id, () => ({ type: 'deploy-started', actor, body }))!;
  }
  const log = redact(input.log).slice(-LOG);
  const text = canonical({
    schema: 'countersign/deploy-record@1',
    start,
    plan: hash,
    said: input.outcome,
    reason: redact(reason),
    log,
  });
  const evidence = ports.deliveries.storeEvidence(id, text, 'json');
  const plan = planReader(ports, id)(hash) ?? null;
  const live =
    input.outcome === 'succeeded'
      ? await verifyLive(ports, id, settings, { start, plan: hash, sets: plan?.sets ?? {} })
      : { checks: [], failures: [reason === '' ? 'said to have failed' : redact(reason)] };
  const answer = finish(ports, site, { start, plan, hash, actor, evidence, ...live, tail: '' });
  return { ...answer, said: `Recorded for ${short(start)}: ${answer.said}` };
}
