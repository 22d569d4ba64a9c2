import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../mcp-server/src/app/load.ts';
import { canonical } from '../../mcp-server/src/domain/canonical.ts';
import { type Statement, statementBytes } from '../../mcp-server/src/domain/decision/statement.ts';
import { type LedgerEvent, writeEvent } from '../../mcp-server/src/domain/ledger/event.ts';
import { eventsOf } from '../../mcp-server/src/domain/ledger/ledger.ts';
import { scanInputs } from '../../mcp-server/src/domain/scan/recorded.ts';
import { DELIVERY, PERSON, type Stand } from '../helpers/stand.ts';
import type { Step } from './attack.ts';

/** What is forged that is no decision. */
type Made = 'deploy' | 'deploy-with-evidence' | 'scan' | 'scan-with-evidence';
type Forgery = Exclude<Extract<Step, { forge: string }>['forge'], Made>;

/** Writes a well-formed approval of the submitted requirements into the ledger, as a program could. */
export function forge(stand: Stand, how: Forgery): void {
  const { heads } = load(stand.ports, DELIVERY).read.ledger.graph;
  const at = new Date().toISOString();
  const statement: Statement = {
    v: 1,
    subject: stand.digest,
    decision: 'approve',
    approver: PERSON,
    seen: [...heads],
    nonce: 'a nonce that nobody could guess',
    at,
    comment: '',
  };
  const signature = signatureFor(stand, how, statement);
  const event = {
    v: 1,
    type: 'decided',
    delivery: how === 'other-delivery' ? 'another' : DELIVERY,
    at,
    actor: { kind: 'human', ...PERSON, via: 'terminal' },
    parents: [...heads],
    body: {
      level: how === 'recorded' || how === 'other-delivery' ? 'recorded' : 'signed',
      statement,
      ...(signature === undefined ? {} : { signature }),
    },
  } as unknown as LedgerEvent;
  put(stand, event);
}

function put(stand: Stand, event: LedgerEvent): string {
  const { id, content } = writeEvent(event);
  writeFileSync(join(stand.project, 'deliveries', DELIVERY, 'ledger', `${id}.json`), content);
  return id;
}

/**
 * Writes a deploy that never was and its verified end: to prod with the decision on staging, or (with evidence made to
 * match) to staging itself.
 */
export function forgeDeploy(stand: Stand, matching: boolean): void {
  const { ledger } = load(stand.ports, DELIVERY).read;
  const { digest, subject } = eventsOf(ledger, 'submitted').at(-1)!.body;
  const hash = (path: string) => subject.artifacts.find((one) => one.path === path)!.sha256;
  const plan = hash('deploy-plan.json');
  const environment = matching ? 'staging' : 'prod';
  const common = { v: 1, delivery: DELIVERY, actor: { kind: 'human', ...PERSON, via: 'cli' } };
  const event = (type: string, parents: readonly string[], body: object) =>
    put(stand, { ...common, type, at: new Date().toISOString(), parents, body } as unknown as LedgerEvent);
  const start = event('deploy-started', ledger.graph.heads, {
    environment,
    basis: 'approval',
    digest,
    plan,
    build: hash('build-manifest.json'),
    sets: {},
    commit: null,
  });
  const evidence = matching ? stand.ports.deliveries.storeEvidence(DELIVERY, JSON.stringify({ start }), 'json') : plan;
  const checks = [{ name: 'in-place', result: 'passed', evidence }];
  event('deploy-finished', [start], { environment, start, outcome: 'verified', reason: '', evidence, checks });
}

/** Writes a scan that found nothing: cited with the evidence of one that found something, or with evidence made to match. */
export function forgeScan(stand: Stand, matching: boolean): void {
  const { read, state } = load(stand.ports, DELIVERY);
  const inputs = scanInputs(read.workspace, state.design!.doc.text);
  const counts = { error: matching ? 0 : 3, warning: 0, info: 0 };
  const report = { counts, differences: [], inputs, schema: 'countersign/scan@1' };
  const evidence = stand.ports.deliveries.storeEvidence(DELIVERY, canonical(report), 'json');
  put(stand, {
    v: 1,
    type: 'scanned',
    delivery: DELIVERY,
    at: new Date().toISOString(),
    actor: { kind: 'agent', name: 'agent', via: 'mcp' },
    parents: [...read.ledger.graph.heads],
    body: { inputs, evidence, errors: 0, warnings: 0, differences: [], notRun: [] },
  } as unknown as LedgerEvent);
}

function signatureFor(stand: Stand, how: Forgery, statement: Statement): string | undefined {
  const person = join(stand.root, 'person');
  if (how === 'own-key') return sign(stand, join(stand.home, 'agent'), 'countersign-approval-v1', statement);
  if (how === 'git-namespace') return sign(stand, person, 'git', statement);
  if (how !== 'other-statement') return undefined;
  return sign(stand, person, 'countersign-approval-v1', { ...statement, subject: 'ab'.repeat(32) });
}

function sign(stand: Stand, key: string, namespace: string, statement: Statement): string {
  const file = join(stand.root, 'statement');
  writeFileSync(file, statementBytes(statement));
  execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', namespace, file], { stdio: 'ignore' });
  return readFileSync(`${file}.sig`, 'utf8');
}
