import {
  ATTESTATION_NAMESPACE,
  ATTESTORS_FILE,
  type Bundle,
  REVOKED_FILE,
  readme,
  SIGNERS_FILE,
  STATEMENT_FILE,
  SUMS_FILE,
  signedWords,
  sumsOf,
} from '../domain/attest/bundle.ts';
import { attestation } from '../domain/attest/statement.ts';
import { person } from '../domain/decision/votes.ts';
import { integrityFault } from '../domain/fault.ts';
import { readLedger } from '../domain/ledger/ledger.ts';
import { brokenLedger, checkId, load } from './load.ts';
import type { Identity } from './ports/repository.ts';

import type { Ports } from './ports.ts';
import { verify } from './verify.ts';

/**
 * The bundle that a third party checks: statement, ledger, evidence, signatures, and how to check them. A record that does not hold
 * together is not attested.
 *
 * @param key to sign the statement with, and whose it is; without one it is not signed
 * @throws Fault `unknown-delivery`, `broken-ledger`, `not-attestable`, and those of signing
 */
export async function attestationBundle(
  ports: Ports,
  id: string,
  signing: { key: string; by: Identity } | undefined,
): Promise<Bundle> {
  checkId(id);
  load(ports, id);
  const faults = verify(ports).data.faults.filter((one) => one.path.startsWith(`deliveries/${id}/`));
  if (faults.length > 0)
    throw integrityFault({
      code: 'not-attestable',
      message: `the record of ${id} does not hold together: ${faults[0]!.message}`,
      next: 'countersign verify',
    });
  // As stored, not as judged here: what a signature is worth is for the reader to find.
  const events = ports.deliveries.ledgerFiles(id);
  const ledger = readLedger(id, events);
  if ('problems' in ledger) throw brokenLedger(id, ledger.problems);
  const files: Bundle = new Map();
  const known = new Set(ledger.graph.order.map((event) => `${event.id}.json`));
  // What a crash left in the folder is none of the record.
  for (const { name, content } of events) if (known.has(name)) files.set(`ledger/${name}`, content);
  for (const sha256 of ports.deliveries.evidenceHashes(id)) {
    const text = ports.deliveries.evidence(id, sha256);
    if (text !== undefined) files.set(`evidence/${sha256}`, text);
  }
  const statement = attestation(ledger, (sha256) => files.get(`evidence/${sha256}`));
  files.set(STATEMENT_FILE, statement);
  for (const { path, bytes, signature } of signedWords(ledger)) {
    files.set(path, bytes);
    files.set(`${path}.sig`, signature);
  }
  files.set(SIGNERS_FILE, ports.trust.file() ?? '');
  const revoked = ports.trust.revokedFile();
  if (revoked !== undefined) files.set(REVOKED_FILE, revoked);
  const attestor = signing === undefined ? undefined : person(signing.by);
  if (signing !== undefined) {
    files.set(`${STATEMENT_FILE}.sig`, await ports.signatures.sign(statement, signing.key, ATTESTATION_NAMESPACE));
    const key = await ports.signatures.publicKey(signing.key);
    files.set(ATTESTORS_FILE, `${attestor} namespaces="${ATTESTATION_NAMESPACE}" ${key}\n`);
  }
  files.set('README.md', readme(id, ledger, attestor));
  files.set(SUMS_FILE, sumsOf(files));
  return files;
}
