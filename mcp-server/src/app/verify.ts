import { glassFindings, inGrace, withheld } from '../domain/break-glass.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import { aboutChange } from '../domain/change/cycles.ts';
import type { DEMANDED_LEVELS, Level } from '../domain/decision/level.ts';
import { short } from '../domain/decision/subject.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import { citedByDeploy, deployFindings } from '../domain/deploy/findings.ts';
import { lastDeploys } from '../domain/deploy/last-deploys.ts';
import { byPlace, errorsIn, type Finding } from '../domain/finding.ts';
import { SHA256 } from '../domain/ids.ts';
import { clockFindings } from '../domain/ledger/clock-findings.ts';
import { meets, strictest } from '../domain/policy/demand.ts';
import { TRACKS } from '../domain/stage.ts';
import { type Neighbour, neighbourFindings } from '../domain/verify/neighbours.ts';
import { unlikeBaseline } from '../domain/verify/owned-content.ts';
import { found } from '../domain/verify/rules.ts';
import { signatureFindings } from '../domain/verify/signature-findings.ts';
import { affectedDeliveries } from './affected.ts';
import type { Answer } from './answer.ts';
import { fileDrift } from './drift/file-drift.ts';
import { countHosted, type Hosted, hostedFindings } from './hosted.ts';
import { type Loaded, tryLoad } from './load.ts';
import type { Ports } from './ports.ts';
import { evidenceText } from './recorded.ts';
import { readTrustedRef, type TrustedRef } from './trusted-ref.ts';
import { ruleFindings } from './verify-rules.ts';

export interface Verified {
  /** The ref that signers and policy came from; null for this machine's. */
  trustedRef: string | null;
  deliveries: { delivery: string; events: number; gates: { about: string; state: string; levels: string[] }[] }[];
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

/**
 * Checks every delivery's record: integrity, evidence, signatures, gates that went stale, files that no approval covers;
 * and against a trusted ref what the change did to policy, signers and ledgers.
 *
 * @throws Fault `unknown-ref`, `shallow-clone`, `broken-policy`
 */
export function verify(ports: Ports, options: VerifyOptions = {}): Answer<Verified> {
  const ref = options.trustFrom === undefined ? undefined : readTrustedRef(ports, options.trustFrom);
  const result: Verified = { trustedRef: ref?.name ?? null, deliveries: [], faults: [], findings: [] };
  const here = ports.deliveries.list();
  if (ref !== undefined) result.faults.push(...dropped(ports, here, ref));
  const ids = options.affected === undefined ? here : affectedDeliveries(ports, here, options.affected);
  const all: Loaded[] = [];
  for (const id of ids) {
    const stored = tryLoad(ports, id, ref?.rules);
    if ('problems' in stored) {
      for (const { code, file, message } of stored.problems)
        result.faults.push({ ...fault(`deliveries/${id}/ledger/${file}`, message), rule: code });
      continue;
    }
    const loaded = options.hosted === undefined ? stored : countHosted(stored, options.hosted);
    all.push(loaded);
    const { read, state } = loaded;
    const faults = evidenceFaults(ports, loaded);
    result.faults.push(...faults);
    result.findings.push(
      ...signatureFindings(id, loaded.signatures),
      // What a retired delivery delivered belongs to nobody any more; its record is verified like any other.
      ...(state.retired ? [] : staleGates(loaded)),
      // What no approval covers is judged against evidence, so it needs sound evidence.
      ...(faults.length === 0 && !state.retired ? graceful(loaded, content(ports, loaded, ref, options)) : []),
      ...deployFindings(read, state, (sha256) => evidenceText(ports, id, sha256), new Set(ref?.events.get(id))),
      ...glassFindings(id, state.glass, read.now),
      ...withheldEvidence(ports, loaded),
      ...tooLow(state, options.require),
      ...deploysTooLow(read, options.require),
      ...clocks(ports, loaded),
      ...(ref === undefined ? [] : trackLowered(loaded, ref)),
    );
    result.deliveries.push({
      delivery: id,
      events: stored.read.ledger.graph.size,
      gates: state.gates.map((gate) => ({
        about: gate.about,
        state: gate.state,
        levels: gate.approvals.map((one) => one.level),
      })),
    });
  }
  result.findings.push(...ruleFindings(ports, all, ref));
  result.findings.push(...neighbourFindings(all.flatMap(asNeighbour), new Set(here)));
  if (options.hosted !== undefined) result.findings.push(...hostedFindings(all, options.hosted));
  result.faults.sort(byPlace);
  result.findings.sort(byPlace);
  const errors = errorsIn(result.findings);
  const from = ref === undefined ? '' : `, signers and policy from ${ref.name}`;
  const warnings = result.findings.filter((one) => one.severity === 'warning').length;
  return {
    said: `Verified ${ids.length}${ids.length < here.length ? ` of ${here.length}` : ''} deliver${here.length === 1 ? 'y' : 'ies'}${from}: ${result.faults.length} integrity faults, ${errors.length} errors, ${warnings} warnings.`,
    blocks: [...result.faults, ...errors].map((one) => `${one.path}: ${one.message}`),
    next: result.faults.length > 0 ? RESTORE : (errors[0]?.fix ?? ''),
    data: result,
  };
}

/** A delivery as the others see it; a retired one owns nothing and asks for nothing. */
function asNeighbour({ state }: Loaded): Neighbour[] {
  if (state.retired) return [];
  const owned = (state.design?.components ?? [])
    .filter(({ action }) => action === 'build' || action === 'adopt')
    .map(({ id, paths }) => ({ component: id, paths }));
  return [{ id: state.id, dependsOn: state.requirements?.front?.['depends-on'] ?? [], owned }];
}

const RESTORE = 'restore it from git; nothing is repaired by itself';
const fault = (path: string, message: string) => found('missing-evidence', path, message, RESTORE);

/** Deliveries and events that the ref's line held when this one left it, and that are gone. */
function dropped(ports: Ports, ids: readonly string[], ref: TrustedRef): Finding[] {
  const here = new Set(ids);
  return [...ref.events].flatMap(([id, events]) => {
    if (!here.has(id))
      return [found('deleted-delivery', `deliveries/${id}`, `${ref.name} holds this delivery and it is gone`, RESTORE)];
    const there = new Set(ports.deliveries.ledgerNames(id));
    return events
      .filter((event) => !there.has(`${event}.json`))
      .map((event) => {
        const place = `deliveries/${id}/ledger/${event}.json`;
        return found('dropped-event', place, `${ref.name} holds event ${short(event)} and it is gone`, RESTORE);
      });
  });
}

/** Evidence that events cite has to be there with the bytes they name. */
function evidenceFaults(ports: Ports, { read }: Loaded): Finding[] {
  const cited = new Map<string, string>();
  for (const event of read.ledger.graph.order) {
    for (const sha256 of citedByDeploy(event)) cited.set(sha256, event.id);
    if (event.type === 'checked' || event.type === 'scanned' || event.type === 'built')
      cited.set(event.body.evidence, event.id);
    if (event.type === 'probed') cited.set(event.body.snapshot, event.id);
    if (event.type === 'change-opened') for (const one of event.body.base) cited.set(one.sha256, event.id);
    if (event.type === 'change-planned') {
      cited.set(event.body.plan, event.id);
      for (const one of event.body.result) cited.set(one.sha256, event.id);
    }
    if (event.type === 'change-closed') {
      const { checks, manifest } = event.body;
      for (const sha256 of [...checks.map((one) => one.evidence), manifest])
        if (sha256 !== null) cited.set(sha256, event.id);
    }
    if (event.type === 'submitted')
      for (const one of event.body.subject.artifacts) if (SHA256.test(one.sha256)) cited.set(one.sha256, event.id);
  }
  const gone = withheld(read.ledger);
  return [...cited].flatMap(([sha256, event]) => {
    if (gone.has(sha256)) return [];
    const place = `deliveries/${read.id}/evidence/${sha256}`;
    try {
      if (ports.deliveries.evidence(read.id, sha256) !== undefined) return [];
      return [fault(place, `event ${short(event)} cites it and it is not there`)];
    } catch (error) {
      return [found('changed-evidence', place, (error as Error).message, RESTORE)];
    }
  });
}

/** Bytes that a declaration let go; that they lie there still is worth a word. */
function withheldEvidence(ports: Ports, { read }: Loaded): Finding[] {
  const gone = withheld(read.ledger);
  if (gone.size === 0) return [];
  const there = new Set(ports.deliveries.evidenceHashes(read.id));
  return [...gone].map(([sha256, { event, reason }]) => {
    const place = `deliveries/${read.id}/evidence/${sha256}`;
    const message = `withheld by event ${event}: "${reason}"`;
    return there.has(sha256)
      ? found('withheld', place, `${message}; and it is still there`, 'remove the file', 'warning')
      : found('withheld', place, message, 'nothing to do');
  });
}

/** While people may still approve what was done with broken glass, unapproved content warns; afterwards it fails. */
function graceful({ read, state }: Loaded, findings: Finding[]): Finding[] {
  if (!inGrace(state.glass, read.now)) return findings;
  return findings.map(atMostWarning);
}

function staleGates(loaded: Loaded): Finding[] {
  const { state } = loaded;
  const broken = state.gates.filter(
    (gate) => gate.state === 'stale' || gate.reasons.some((one) => one.code === 'rewound' || one.code === 'contested'),
  );
  return broken.flatMap((gate) => {
    const why = gate.reasons.map((reason) => reason.text).join('; ');
    const message = `${gate.about} is ${gate.state}: ${why}`;
    const finding = found('stale-gate', `deliveries/${state.id}`, message, `submit ${gate.stage} again`);
    return gate.covers.includes('build') ? graceful(loaded, [finding]) : [finding];
  });
}

/** Owned files beside the last approved Build, or beside the trusted ref where there is none yet. */
function content(ports: Ports, loaded: Loaded, ref: TrustedRef | undefined, options: VerifyOptions): Finding[] {
  const { state } = loaded;
  const drift = fileDrift(ports, loaded);
  if (drift !== null)
    return inChange(
      state,
      drift.map((one) => one.finding),
      options,
    );
  return ref === undefined || state.design === undefined
    ? []
    : unlikeBaseline(state, ref.changed(), options.require !== undefined);
}

/** What moves at the paths of an approved change is in the making; closing it records it, so only a merge waits for that. */
function inChange({ change }: DeliveryState, findings: Finding[], { require }: VerifyOptions): Finding[] {
  if (change?.ready !== true || require !== undefined) return findings;
  const paths = change.cycle.plan!.body.paths;
  return findings.map((one) => (paths.some((pattern) => matchesPattern(pattern, one.path)) ? atMostWarning(one) : one));
}

const atMostWarning = (one: Finding): Finding => (one.severity === 'error' ? { ...one, severity: 'warning' } : one);

function tooLow(state: DeliveryState, required: Level | undefined): Finding[] {
  if (required === undefined) return [];
  const gates = state.gates.filter((gate) => gate.state === 'open');
  const changes = state.cycles.map(({ n, approvals }) => ({
    about: aboutChange(n),
    approvals: approvals.map(({ body }) => ({ level: body.level, approver: body.statement.approver.name })),
  }));
  return [...gates, ...changes].flatMap(({ about, approvals }) =>
    approvals
      .filter((one) => !meets(one.level as Level, required))
      .map((one) => {
        const message = `${about} is open with an approval of level ${one.level} by ${one.approver}; ${required} is required`;
        return found('level-too-low', `deliveries/${state.id}`, message, `approve ${about} at level ${required}`);
      }),
  );
}

/** The last deploy to each environment is what is there; its approvals have to reach the level, too. */
function deploysTooLow({ id, ledger }: Loaded['read'], required: VerifyOptions['require']): Finding[] {
  if (required === undefined) return [];
  return lastDeploys(ledger, required)
    .filter(({ lacking }) => lacking.length > 0)
    .map(({ environment, start, lacking }) => {
      const message = `the deploy ${short(start.id)} to ${environment} is below the level ${required}: ${lacking.join('; ')}`;
      const place = `deliveries/${id}/ledger/${start.id}.json`;
      return found('level-too-low', place, message, `plan ${environment} again and approve it at level ${required}`);
    });
}

function clocks(ports: Ports, { read }: Loaded): Finding[] {
  return clockFindings(read.ledger.graph, ports.now().getTime()).map((one) => {
    const place = `deliveries/${read.id}/ledger/${one.event}.json`;
    return found('clock', place, one.message, 'check the clock of the machine that wrote it');
  });
}

/** A first event can be written by hand; a new delivery may not start below the trusted policy's track. */
function trackLowered({ read, state }: Loaded, ref: TrustedRef): Finding[] {
  const { track } = ref.rules.policy;
  if (ref.deliveries.has(read.id) || strictest(TRACKS, state.settled.track, track) === state.settled.track) return [];
  const message = `started on track ${state.settled.track}, and ${ref.name} asks for ${track}`;
  return [found('track-lowered', `deliveries/${read.id}`, message, `start it on track ${track}`)];
}
