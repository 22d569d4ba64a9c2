import { levelOf } from '../domain/decision/assurance.ts';
import { statementBytes } from '../domain/decision/statement.ts';
import { policyFault } from '../domain/fault.ts';
import type { Recorded } from '../domain/ledger/event.ts';
import type { Answer } from './answer.ts';
import { localTrust } from './assurance.ts';
import { type Decided, type Prepared, recordDecision } from './decide.ts';
import type { Ports } from './ports.ts';

/**
 * Signs a prepared decision and records it. The signature is checked as every reader will check it before anything is
 * written: a key that nobody accepted leaves no trace.
 *
 * @throws Fault `not-a-signer`, and those of signing
 */
export async function signDecision(ports: Ports, prepared: Prepared, key: string): Promise<Answer<Decided>> {
  const bytes = statementBytes(prepared.statement);
  const signature = await ports.signatures.sign(bytes, key);
  const checked = ports.signatures.check(bytes, signature);
  const event = { id: '', body: { level: 'signed', statement: prepared.statement, signature } } as Recorded<'decided'>;
  const { level, problem } = levelOf(event, checked, localTrust(ports), ports.now().getTime());
  if (level !== 'signed')
    throw policyFault({
      code: 'not-a-signer',
      message: `this signature would not count: ${problem ?? `level ${level}`}`,
      expected:
        'a key of deliveries/allowed_signers that was accepted on this machine, for the e-mail address of the approver',
      next: 'countersign trust --add KEY.pub, then countersign trust',
    });
  return recordDecision(ports, prepared, signature);
}
