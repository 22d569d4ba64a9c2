import type { DEMANDED_LEVELS } from '../domain/decision/level.ts';
import { byPlace, errorsIn, type Finding } from '../domain/finding.ts';
import { neighbourFindings } from '../domain/verify/neighbours.ts';
import { found } from '../domain/verify/rules.ts';
import { affectedDeliveries } from './affected.ts';
import type { Answer } from './answer.ts';
import { type Hosted, hostedFindings } from './hosted.ts';
import type { Ports } from './ports.ts';
import { type Hands, together } from './together.ts';
import { readTrustedRef, type TrustedRef } from './trusted-ref.ts';
import {
  droppedEvents,
  RESTORE,
  type Verdict,
  type VerifiedGates,
  verifyDelivery,
  type Yardstick,
} from './verify-delivery.ts';
import { movedRules, ruleFindings } from './verify-rules.ts';

export interface Verified {
  /** The ref that signers and policy came from; null for this machine's. */
  trustedRef: string | null;
  deliveries: VerifiedGates[];
  /** Integrity faults: exit 3. */
  faults: Finding[];
  /** Everything else: exit 1 when there are errors among them. */
  findings: Finding[];
}

export interface VerifyOptions {
  /** Branch, tag or commit that the change under review cannot alter. */
  trustFrom?: string | undefined;
  /** What the approvals of every open gate have to reach. */
  require?: (typeof DEMANDED_LEVELS)[number] | undefined;
  /** Only deliveries that what changed since this ref reaches. */
  affected?: string | undefined;
  /** What the git host said, see readHosted. */
  hosted?: Hosted | undefined;
}

/** Gets others to verify a share of these deliveries. */
export type Hire = (ids: readonly string[], by: Yardstick) => Hands<Verdict>;

/**
 * Checks every delivery's record: integrity, evidence, signatures, gates that went stale, files that no approval covers;
 * and against a trusted ref what the change did to policy, signers and ledgers.
 *
 * @throws Fault `unknown-ref`, `shallow-clone`, `broken-policy`
 */
export function verify(ports: Ports, options: VerifyOptions = {}): Answer<Verified> {
  const run = begin(ports, options);
  return conclude(
    ports,
    run,
    run.ids.map((id) => verifyDelivery(ports, id, run.by)),
  );
}

/** As `verify`, with others who do a share of it. */
export async function verifyTogether(ports: Ports, options: VerifyOptions, hire: Hire): Promise<Answer<Verified>> {
  const run = begin(ports, options);
  const one = (id: string) => verifyDelivery(ports, id, run.by);
  return conclude(ports, run, await together(run.ids, hire(run.ids, run.by), one));
}

interface Run {
  by: Yardstick;
  /** Deliveries that are here. */
  here: readonly string[];
  /** Those of them to be verified. */
  ids: readonly string[];
  dropped: Finding[];
}

function begin(ports: Ports, options: VerifyOptions): Run {
  const ref = options.trustFrom === undefined ? undefined : readTrustedRef(ports, options.trustFrom);
  const here = ports.deliveries.list();
  const ids = options.affected === undefined ? here : affectedDeliveries(ports, here, options.affected);
  const { require, hosted } = options;
  return {
    by: { ref, movedRules: ref === undefined ? [] : movedRules(ports, ref), require, hosted },
    here,
    ids,
    dropped: ref === undefined ? [] : dropped(ports, here, ids, ref),
  };
}

function conclude(ports: Ports, { by, here, ids, ...run }: Run, verdicts: readonly Verdict[]): Answer<Verified> {
  const { ref, hosted } = by;
  const faults = [...run.dropped, ...verdicts.flatMap((one) => one.faults)].sort(byPlace);
  const findings = [
    ...verdicts.flatMap((one) => one.findings),
    ...ruleFindings(ports, by, accepting(ids, verdicts)),
    ...neighbourFindings(
      verdicts.flatMap((one) => one.neighbour ?? []),
      new Set(here),
    ),
    ...(hosted === undefined ? [] : hostedFindings(hosted, new Set(verdicts.flatMap((one) => one.strangers)))),
  ].sort(byPlace);
  const errors = errorsIn(findings);
  const from = ref === undefined ? '' : `, signers and policy from ${ref.name}`;
  const warnings = findings.filter((one) => one.severity === 'warning').length;
  return {
    said: `Verified ${ids.length}${ids.length < here.length ? ` of ${here.length}` : ''} deliver${here.length === 1 ? 'y' : 'ies'}${from}: ${faults.length} integrity faults, ${errors.length} errors, ${warnings} warnings.`,
    blocks: [...faults, ...errors].map((one) => `${one.path}: ${one.message}`),
    next: faults.length > 0 ? RESTORE : (errors[0]?.fix ?? ''),
    data: {
      trustedRef: ref?.name ?? null,
      deliveries: verdicts.flatMap((one) => one.gates ?? []),
      faults,
      findings,
    },
  };
}

/** By path of a moved rule the first delivery that accepts it. */
function accepting(ids: readonly string[], verdicts: readonly Verdict[]): Map<string, string> {
  const accepted = new Map<string, string>();
  for (const [at, { accepts }] of verdicts.entries())
    for (const path of accepts) if (!accepted.has(path)) accepted.set(path, ids[at]!);
  return accepted;
}

/** Deliveries that the ref's line held when this one left it and that are gone, and events of those that are not verified. */
function dropped(ports: Ports, here: readonly string[], verified: readonly string[], ref: TrustedRef): Finding[] {
  const [all, judged] = [new Set(here), new Set(verified)];
  return [...ref.events.keys()].flatMap((id) => {
    if (!all.has(id))
      return [found('deleted-delivery', `deliveries/${id}`, `${ref.name} holds this delivery and it is gone`, RESTORE)];
    if (judged.has(id)) return [];
    const there = new Set(ports.deliveries.ledgerNames(id));
    return droppedEvents(id, ref, (event) => there.has(`${event}.json`));
  });
}
