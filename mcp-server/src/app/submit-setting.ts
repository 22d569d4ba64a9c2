import { isSetting, parseAbout } from '../domain/decision/about.ts';
import { type Frozen, type Subject, short, subjectDigest } from '../domain/decision/subject.ts';
import { verdictOf } from '../domain/decision/verdict.ts';
import { inputFault } from '../domain/fault.ts';
import { nextRound } from '../domain/gate/gate.ts';
import { contentHash } from '../domain/hash.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { RISKS, stricter } from '../domain/policy/demand.ts';
import { demandOfSubject, POLICY_FILE } from '../domain/policy/policy.ts';
import { TRACKS } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';
import type { Submitted } from './submitted.ts';

/**
 * Asks for a decision on `track:light`, `risk:low` or `policy:current`: lowering any of them needs one at the old level,
 * which is what every earlier submission was bound to.
 *
 * @throws Fault `unknown-subject`
 */
export function submitSetting(ports: Ports, id: string, about: string, actor: Actor): Answer<Submitted> {
  if (!isSetting(about))
    throw inputFault({
      code: 'unknown-subject',
      message: `there is no subject ${JSON.stringify(about)} to submit`,
      expected: `a stage, ${TRACKS.map((one) => `track:${one}`).join(', ')}, ${RISKS.map((one) => `risk:${one}`).join(', ')} or policy:current`,
    });
  let result = { digest: '', round: 0 };
  append(ports, id, (ledger) => {
    const { read, state } = load(ports, id);
    const artifacts = parseAbout(about).kind === 'policy' ? policyFile(ports, id) : [];
    const submissions = eventsOf(ledger, 'submitted');
    const bound = submissions.map((event) => event.body.subject.policy);
    const policy = bound.reduce(stricter, demandOfSubject(read.policy, about, state.settled));
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

function policyFile(ports: Ports, id: string): Frozen[] {
  const text = ports.files.read(POLICY_FILE) ?? '';
  ports.deliveries.storeEvidence(id, text.replace(/\r\n?/g, '\n'), 'txt');
  return [{ path: POLICY_FILE, sha256: contentHash(text) }];
}
