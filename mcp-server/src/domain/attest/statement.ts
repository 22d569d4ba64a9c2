import { MANIFEST } from '../build/manifest.ts';
import { canonical, type Json } from '../canonical.ts';
import { verdictOf } from '../decision/verdict.ts';
import { deploysOf } from '../deploy/deploys.ts';
import type { EvidenceOf } from '../deploy/findings.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { recordedFiles } from '../verify/owned-content.ts';

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const STATEMENT = 'https://in-toto.io/Statement/v1';
export const PREDICATE = 'https://github.com/countersign/countersign/docs/attestation.md#delivery-v1';

/**
 * What a ledger attests, as canonical in-toto statement: the files of the last approved Build, and how they came to be. It follows
 * from ledger and evidence alone, so that whoever has both can make the same bytes. Levels are as stored: what a signature is
 * worth is for the reader to check.
 */
export function attestation(ledger: Ledger, evidence: EvidenceOf): string {
  const { first, graph } = ledger;
  const statement = {
    _type: STATEMENT,
    subject: builtFiles(ledger, evidence).map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: PREDICATE,
    predicate: {
      delivery: first.delivery,
      title: first.body.title,
      first: first.id,
      heads: [...graph.heads].sort(),
      events: graph.size,
      subjects: subjects(ledger),
      checks: lastChecks(ledger),
      deploys: deploysOf(ledger).map(({ environment, start, finish, outcome }) => ({
        environment,
        outcome,
        at: start.at,
        build: start.body.build,
        plan: start.body.plan,
        digest: start.body.digest,
        basis: start.body.basis,
        start: start.id,
        finish: finish?.id ?? null,
        checks: finish?.body.checks ?? [],
      })),
      changes: eventsOf(ledger, 'change-closed').map(({ id, at, body }) => ({
        n: body.n,
        status: body.status,
        at,
        event: id,
      })),
      declarations: eventsOf(ledger, 'declared').map(({ id, body: { declaration, level, signature } }) => ({
        act: declaration.act,
        by: declaration.by,
        at: declaration.at,
        reason: declaration.reason,
        level,
        signed: signature !== undefined,
        event: id,
      })),
    },
  };
  return canonical(statement as unknown as Json);
}

/** Everything that was submitted, with how it was decided. */
function subjects(ledger: Ledger) {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  return eventsOf(ledger, 'submitted').map(({ id, at, actor, body: { digest, subject } }) => {
    const own = decisions.get(digest) ?? [];
    const { about, round, artifacts, policy } = subject;
    return {
      about,
      round,
      digest,
      artifacts,
      asked: { level: policy.level, approvers: policy.approvers, separation: policy.separation },
      submitted: { event: id, at, by: actor.name, kind: actor.kind },
      verdict: verdictOf(ledger.graph, own).is,
      decisions: own.map(decided),
    };
  });
}

function decided({ id, body: { statement, level, signature } }: Recorded<'decided'>) {
  const { decision, approver, at } = statement;
  return { event: id, decision, approver, at, level, signed: signature !== undefined };
}

function lastChecks(ledger: Ledger) {
  const last = new Map(eventsOf(ledger, 'checked').map((event) => [event.body.check, event]));
  return [...last.values()].map(({ id, at, body: { check, result, evidence } }) => ({
    check,
    result,
    evidence,
    event: id,
    at,
  }));
}

/** The files of the last Build that was approved; none where its manifest is not there. */
function builtFiles(ledger: Ledger, evidence: EvidenceOf) {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const manifests = eventsOf(ledger, 'submitted').flatMap(({ body: { subject, digest } }) => {
    const manifest = subject.artifacts.find((one) => one.path === MANIFEST);
    const isBuild = subject.about === 'stage:build' || subject.about === 'stage:as-built';
    const approved = verdictOf(ledger.graph, decisions.get(digest) ?? []).is === 'approved';
    return manifest === undefined || !isBuild || !approved ? [] : [manifest.sha256];
  });
  const text = evidence(manifests.at(-1) ?? '');
  return text === undefined ? [] : recordedFiles(text);
}
