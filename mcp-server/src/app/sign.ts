import { levelOf, swornBy } from '../domain/decision/assurance.ts';
import type { Declaration } from '../domain/decision/declaration.ts';
import type { Statement } from '../domain/decision/statement.ts';
import { policyFault } from '../domain/fault.ts';
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
  return recordDecision(ports, prepared, await signed(ports, { statement: prepared.statement }, key));
}

/** A declaration's signature, checked in the same way. */
export const signDeclaration = (ports: Ports, declaration: Declaration, key: string): Promise<string> =>
  signed(ports, { declaration }, key);

async function signed(
  ports: Ports,
  word: { statement: Statement } | { declaration: Declaration },
  key: string,
): Promise<string> {
  const unsigned = { id: '', body: { level: 'signed' as const, ...word } };
  const bytes = swornBy(unsigned).bytes();
  const signature = await ports.signatures.sign(bytes, key);
  const checked = ports.signatures.check(bytes, signature);
  const { level, problem } = levelOf(unsigned, checked, localTrust(ports), ports.now().getTime());
  if (level === 'signed') return signature;
  throw policyFault({
    code: 'not-a-signer',
    message: `this signature would not count: ${problem ?? `level ${level}`}`,
    expected:
      'a key of deliveries/allowed_signers that was accepted on this machine, for the e-mail address of the approver',
    next: 'countersign trust --add KEY.pub, then countersign trust',
  });
}
