import { glassFindings, inGrace, withheld } from '../domain/break-glass.ts';
import { matchesPattern } from '../domain/build/paths.ts';
import { aboutChange } from '../domain/change/cycles.ts';
import type { DEMANDED_LEVELS, Level } from '../domain/decision/level.ts';
import { short } from '../domain/decision/subject.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import { deployFindings } from '../domain/deploy/findings.ts';
import { lastDeploys } from '../domain/deploy/last-deploys.ts';
import type { Finding } from '../domain/finding.ts';
import { clockFindings } from '../domain/ledger/clock-findings.ts';
import { meets, strictest } from '../domain/policy/demand.ts';
import { scanFindings } from '../domain/scan/record-findings.ts';
import { TRACKS } from '../domain/stage.ts';
import { citedEvidence } from '../domain/verify/cited-evidence.ts';
import type { Neighbour } from '../domain/verify/neighbours.ts';
import { unlikeBaseline } from '../domain/verify/owned-content.ts';
import { found } from '../domain/verify/rules.ts';
import { signatureFindings } from '../domain/verify/signature-findings.ts';
import { fileDrift } from './drift/file-drift.ts';
import { countHosted, type Hosted, strangers } from './hosted.ts';
import { type Loaded, tryLoad } from './load.ts';
import type { Ports } from './ports.ts';
import { evidenceText } from './recorded.ts';
import type { TrustedRef } from './trusted-ref.ts';
import { acceptedRules, type MovedRule } from './verify-rules.ts';

/** By what a run judges every delivery. */
export interface Yardstick {
  ref: TrustedRef | undefined;
  /** Files of the rules that are not those of the ref. */
  movedRules: readonly MovedRule[];
  /** What the approvals of every open gate have to reach. */
  require?: (typeof DEMANDED_LEVELS)[number] | undefined;
  /** What the git host said, see readHosted. */
  hosted?: Hosted | undefined;
}

export interface VerifiedGates {
  delivery: string;
  events: number;
  gates: { about: string; state: string; levels: string[] }[];
}

/** What was found of one delivery: plain data, so that it can come from another thread. */
export interface Verdict {
  /** Nothing for a ledger that does not hold together. */
  gates?: VerifiedGates;
  faults: Finding[];
  findings: Finding[];
  /** As the others see it; nothing for a retired one, which owns nothing and asks for nothing. */
  neighbour?: Neighbour | undefined;
  /** Paths of moved rules that a decision here accepts. */
  accepts: string[];
  /** Accounts of the git host that approved here and are nobody's. */
  strangers: string[];
}

/** Checks one delivery's record: integrity, evidence, signatures, gates that went stale, files that no approval covers. */
export function verifyDelivery(ports: Ports, id: string, by: Yardstick): Verdict {
  const { ref } = by;
  const stored = tryLoad(ports, id, ref?.rules);
  if ('problems' in stored) {
    const faults = stored.problems.map(({ code, file, message }) => ({
      ...fault(`deliveries/${id}/ledger/${file}`, message),
      rule: code,
    }));
    const there = new Set(ref === undefined ? [] : ports.deliveries.ledgerNames(id));
    const dropped = droppedEvents(id, ref, (event) => there.has(`${event}.json`));
    return { faults: [...dropped, ...faults], findings: [], accepts: [], strangers: [] };
  }
  const loaded = by.hosted === undefined ? stored : countHosted(stored, by.hosted);
  const { read, state } = loaded;
  const faults = evidenceFaults(ports, loaded);
  const dropped = droppedEvents(id, ref, (event) => stored.read.ledger.graph.get(event) !== undefined);
  const findings = [
    ...signatureFindings(id, loaded.signatures),
    // What a retired delivery delivered belongs to nobody any more; its record is verified like any other.
    ...(state.retired ? [] : staleGates(loaded)),
    // What no approval covers is judged against evidence, so it needs sound evidence.
    ...(faults.length === 0 && !state.retired ? graceful(loaded, content(ports, loaded, by)) : []),
    ...deployFindings(read, state, (sha256) => evidenceText(ports, id, sha256), new Set(ref?.events.get(id))),
    ...scanFindings(id, read.ledger, (sha256) => evidenceText(ports, id, sha256)),
    ...glassFindings(id, state.glass, read.now),
    ...withheldEvidence(ports, loaded),
    ...tooLow(state, by.require),
    ...deploysTooLow(read, by.require),
    ...clocks(ports, loaded),
    ...(ref === undefined ? [] : trackLowered(loaded, ref)),
  ];
  const gates = state.gates.map((gate) => ({
    about: gate.about,
    state: gate.state,
    levels: gate.approvals.map((one) => one.level),
  }));
  return {
    gates: { delivery: id, events: stored.read.ledger.graph.size, gates },
    faults: [...dropped, ...faults],
    findings,
    neighbour: asNeighbour(loaded),
    accepts: ref === undefined ? [] : acceptedRules(loaded, ref, by.movedRules),
    strangers: by.hosted === undefined ? [] : strangers(loaded, by.hosted),
  };
}

function asNeighbour({ state }: Loaded): Neighbour | undefined {
  if (state.retired) return undefined;
  const owned = (state.design?.components ?? [])
    .filter(({ action }) => action === 'build' || action === 'adopt')
    .map(({ id, paths }) => ({ component: id, paths }));
  return { id: state.id, dependsOn: state.requirements?.front?.['depends-on'] ?? [], owned };
}

export const RESTORE = 'restore it from git; nothing is repaired by itself';
const fault = (path: string, message: string) => found('missing-evidence', path, message, RESTORE);

/** Events that the ref's line held when this one left it, and that are gone. */
export function droppedEvents(id: string, ref: TrustedRef | undefined, isThere: (event: string) => boolean): Finding[] {
  const gone = (ref?.events.get(id) ?? []).filter((event) => !isThere(event));
  return gone.map((event) => {
    const place = `deliveries/${id}/ledger/${event}.json`;
    return found('dropped-event', place, `${ref!.name} holds event ${short(event)} and it is gone`, RESTORE);
  });
}

/** Evidence that events cite has to be there with the bytes they name. */
function evidenceFaults(ports: Ports, { read }: Loaded): Finding[] {
  const gone = withheld(read.ledger);
  return [...citedEvidence(read.ledger)].flatMap(([sha256, event]) => {
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
function content(ports: Ports, loaded: Loaded, { ref, require }: Yardstick): Finding[] {
  const { state } = loaded;
  const drift = fileDrift(ports, loaded);
  if (drift !== null)
    return inChange(
      state,
      drift.map((one) => one.finding),
      require,
    );
  return ref === undefined || state.design === undefined
    ? []
    : unlikeBaseline(state, ref.changed(), require !== undefined);
}

/** What moves at the paths of an approved change is in the making; closing it records it, so only a merge waits for that. */
function inChange({ change }: DeliveryState, findings: Finding[], require: Yardstick['require']): Finding[] {
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
function deploysTooLow({ id, ledger }: Loaded['read'], required: Yardstick['require']): Finding[] {
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
  if (ref.held.has(read.id) || strictest(TRACKS, state.settled.track, track) === state.settled.track) return [];
  const message = `started on track ${state.settled.track}, and ${ref.name} asks for ${track}`;
  return [found('track-lowered', `deliveries/${read.id}`, message, `start it on track ${track}`)];
}
