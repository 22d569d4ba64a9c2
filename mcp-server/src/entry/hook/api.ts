import { isBlocked } from '../../app/answer.ts';
import { decide } from '../../app/decide.ts';
import { guardEntry, guardPolicy } from '../../app/guard-index.ts';
import { tryLoad } from '../../app/load.ts';
import type { Ports } from '../../app/ports.ts';
import { sessionLines } from '../../app/status.ts';
import { inputFault } from '../../domain/fault.ts';
import { type GuardEntry, type GuardPolicy, guardSources } from '../../domain/guard-entry.ts';
import { compose } from '../compose.ts';
import { whoIsThere } from '../person.ts';
import { faultText, faultView } from '../respond.ts';

/** What the hook program asks of the full bundle, when its own few lines are not enough. */
export interface HookApi {
  typedDecision: typeof typedDecision;
  sessionContext: typeof sessionContext;
  compileGuard: typeof compileGuard;
  compilePolicy: typeof compilePolicy;
}

/**
 * A typed `/approve <digest>` or `/approve reject|revoke <digest> <reason>`; a delivery and a stage before the digest
 * are checked when they are given.
 *
 * @returns what to tell the person
 */
export async function typedDecision(projectDir: string, args: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { ports } = compose(projectDir, env);
    const typed = parseDecision(args);
    const approver = await whoIsThere(ports);
    const answer = decide(ports, { ...typed, approver, via: 'typed-command' });
    const lines = [answer.said, ...answer.blocks];
    if (isBlocked(answer) || answer.next !== '') lines.push(`next: ${answer.next}`);
    return lines.join('\n');
  } catch (error) {
    return `Nothing was decided. ${faultText(faultView(error))}`;
  }
}

interface Typed {
  decision: 'approve' | 'reject' | 'revoke';
  digest: string;
  comment: string;
  delivery?: string;
  about?: string;
}

function parseDecision(args: string): Typed {
  const words = args.trim().split(/\s+/).filter(Boolean);
  const verb = words[0]?.toLowerCase();
  const decision = verb === 'reject' || verb === 'revoke' ? verb : 'approve';
  if (decision !== 'approve' || verb === 'approve') words.shift();
  const at = words.slice(0, 3).findIndex((word) => /^[0-9a-f]{12,64}$/i.test(word));
  if (at < 0)
    throw inputFault({
      code: 'bad-usage',
      message: 'there is no digest in what was typed',
      expected: '/approve <digest>, /approve reject <digest> <reason> or /approve revoke <digest> <reason>',
      next: '/delivery-status shows what waits for a decision',
    });
  const [delivery, about] = words.slice(0, at);
  const comment = words.slice(at + 1).join(' ');
  if (decision !== 'approve' && comment === '')
    throw inputFault({
      code: 'no-reason',
      message: `to ${decision} needs a reason`,
      expected: `/approve ${decision} ${words[at]} <reason>`,
    });
  return {
    decision,
    digest: words[at]!.toLowerCase(),
    comment,
    ...(delivery === undefined ? {} : { delivery }),
    ...(about === undefined ? {} : { about }),
  };
}

/** At most three lines about where things stand; empty outside a repository or without deliveries. */
export function sessionContext(projectDir: string, env: NodeJS.ProcessEnv): string {
  try {
    const lines = sessionLines(compose(projectDir, env).ports).join('\n');
    // A fresh clone has no compiled index; without one the guard would not know which paths are owned.
    if (lines !== '') {
      compilePolicy(projectDir, env);
      compileGuard(projectDir, undefined, env);
    }
    return lines;
  } catch {
    return '';
  }
}

/** Guard entries compiled anew, for deliveries whose stat keys moved. A broken delivery is closed. */
export function compileGuard(
  projectDir: string,
  ids: readonly string[] | undefined,
  env: NodeJS.ProcessEnv,
): Record<string, GuardEntry> {
  const { ports } = compose(projectDir, env);
  const all = ports.deliveries.list();
  return Object.fromEntries((ids ?? all).filter((id) => all.includes(id)).map((id) => [id, compileOne(ports, id)]));
}

function compileOne(ports: Ports, id: string): GuardEntry {
  const keys = ports.guard.keys(guardSources(id));
  const entry = judgeOne(ports, id, keys);
  ports.guard.store(id, entry);
  return entry;
}

function judgeOne(ports: Ports, id: string, keys: GuardEntry['keys']): GuardEntry {
  const closed = {
    keys,
    buildOpen: false,
    finished: false,
    next: 'countersign verify',
    paths: [],
    approved: [],
    change: null,
  };
  try {
    const loaded = tryLoad(ports, id);
    return 'problems' in loaded ? { ...closed, why: 'its ledger does not hold together' } : guardEntry(loaded, keys);
  } catch (error) {
    return { ...closed, why: faultText(faultView(error)) };
  }
}

/** The guard's part of the policy as it is now. */
export function compilePolicy(projectDir: string, env: NodeJS.ProcessEnv): GuardPolicy {
  return guardPolicy(compose(projectDir, env).ports);
}
