import type { BrokenGlass } from '../domain/break-glass.ts';
import { parseAbout, standsAlone } from '../domain/decision/about.ts';
import { type Frozen, type Subject, short, subjectDigest } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { changeDemand } from '../domain/delivery.ts';
import { inputFault } from '../domain/fault.ts';
import { nextRound } from '../domain/gate/gate.ts';
import { normaliseText } from '../domain/hash.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { RISKS, stricter } from '../domain/policy/demand.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { demandOfSubject } from '../domain/policy/policy.ts';
import { RETIRE } from '../domain/retired.ts';
import { SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { REVOKED_FILE } from '../domain/signing/revoked-keys.ts';
import { TRACKS } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';
import type { Submitted } from './submitted.ts';

/**
 * Asks for a decision on `track:light`, `risk:low` or `policy:current`: lowering any of them needs one at the old level,
 * which is what every earlier submission was bound to. `break-glass:N` is the follow-up of broken glass. `retire:delivery`
 * ends the delivery, as strictly as any of its gates asks.
 *
 * @throws Fault `unknown-subject`
 */
export function submitSetting(ports: Ports, id: string, about: string, actor: Actor): Answer<Submitted> {
  if (!standsAlone(about))
    throw inputFault({
      code: 'unknown-subject',
      message: `there is no subject ${JSON.stringify(about)} to submit`,
      expected: `a stage, ${TRACKS.map((one) => `track:${one}`).join(', ')}, ${RISKS.map((one) => `risk:${one}`).join(', ')}, policy:current, ${RETIRE} or break-glass:N`,
    });
  let result = { digest: '', round: 0 };
  append(ports, id, (ledger) => {
    const { read, state } = load(ports, id);
    const artifacts = contentOf(ports, id, about, state.glass);
    const submissions = eventsOf(ledger, 'submitted');
    const bound = submissions.map((event) => event.body.subject.policy);
    const asked =
      about === RETIRE ? changeDemand(read, state.settled) : demandOfSubject(read.policy, about, state.settled);
    const policy = bound.reduce(stricter, asked);
    const same = ledger.graph.latest(submissions.filter((event) => event.body.subject.about === about)).at(-1);
    if (same !== undefined && JSON.stringify(same.body.subject.artifacts) === JSON.stringify(artifacts)) {
      const decisions = eventsOf(ledger, 'decided').filter((one) => one.body.statement.subject === same.body.digest);
      if (verdictOf(ledger.graph, decisions).is === 'undecided') {
        result = { digest: same.body.digest, round: same.body.subject.round };
        return undefined;
      }
    }
    const subject: Subject = {
      v: 1,
      first: ledger.first.id,
      about,
      artifacts,
      upstream: [],
      policy,
      round: nextRound(ledger, about),
    };
    result = { digest: subjectDigest(subject), round: subject.round };
    return { type: 'submitted', actor, body: { digest: result.digest, subject } };
  });
  redraw(ports, id);
  return {
    said: `Submitted ${about} of ${id}: digest ${short(result.digest)}, round ${result.round}.`,
    blocks: [],
    next: `a person decides: /approve ${short(result.digest)} (or /approve reject ${short(result.digest)} REASON)`,
    data: { delivery: id, about, ...result, findings: [] },
  };
}

function contentOf(ports: Ports, id: string, about: string, glass: readonly BrokenGlass[]): Frozen[] {
  const { kind, name } = parseAbout(about);
  if (kind === 'policy') return rules(ports, id);
  if (kind !== 'break-glass') return [];
  const broken = glass.filter((one) => one.number === Number(name));
  if (broken.length === 0)
    throw inputFault({
      code: 'unknown-subject',
      message: `no glass was broken as ${about} of ${id}`,
      next: `countersign status ${id} shows what is open`,
    });
  return broken.map((one) => ({
    path: `break-glass-${name}-${short(one.event)}.json`,
    sha256: ports.deliveries.storeEvidence(id, one.content, 'json'),
  }));
}

/** The rules of the repository: lowering the policy and changing who may sign are one kind of decision. */
function rules(ports: Ports, id: string): Frozen[] {
  const files = [
    { path: POLICY_FILE, text: ports.files.read(POLICY_FILE) ?? '' },
    { path: SIGNERS_FILE, text: ports.trust.file() },
    { path: REVOKED_FILE, text: ports.trust.revokedFile() },
  ];
  return files.flatMap(({ path, text }) => {
    if (text === undefined) return [];
    const sha256 = ports.deliveries.storeEvidence(id, normaliseText(text), 'txt');
    return [{ path, sha256 }];
  });
}
