import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../mcp-server/src/app/load.ts';
import { type Statement, statementBytes } from '../../mcp-server/src/domain/decision/statement.ts';
import { type LedgerEvent, writeEvent } from '../../mcp-server/src/domain/ledger/event.ts';
import { DELIVERY, PERSON, type Stand } from '../helpers/stand.ts';
import type { Step } from './attack.ts';

type Forgery = Extract<Step, { forge: string }>['forge'];

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
  const { id, content } = writeEvent(event);
  writeFileSync(join(stand.project, 'deliveries', DELIVERY, 'ledger', `${id}.json`), content);
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
