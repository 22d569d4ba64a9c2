import { assured, type CheckedSignature, type SignatureProblem, type Sworn } from '../decision/assurance.ts';
import type { Level } from '../decision/level.ts';
import { sha256 } from '../hash.ts';
import { eventsOf, type IntegrityProblem, type Ledger, readLedger } from '../ledger/ledger.ts';
import { type AllowedSigner, readAllowedSigners } from '../signing/allowed-signers.ts';
import { readRevokedKeys } from '../signing/revoked-keys.ts';
import {
  ATTESTATION_NAMESPACE,
  type Bundle,
  REVOKED_FILE,
  SIGNERS_FILE,
  STATEMENT_FILE,
  SUMS_FILE,
  signedWords,
  sumsOf,
} from './bundle.ts';
import { attestation } from './statement.ts';

export interface CheckedBundle {
  delivery: string;
  events: number;
  /** Decisions by what they are worth with the signers that were given. */
  levels: Partial<Record<Level, number>>;
  /** Whether the statement itself is signed, by a key of the signers. */
  statement: 'signed' | 'unsigned';
  faults: string[];
}

/**
 * Checks a bundle: sums, ledger, evidence, signatures, and that the statement is what the ledger says.
 *
 * @param signers text in the format of allowed_signers; the bundle's own where the reader has none
 * @param check a signature over a message
 * @param now milliseconds since the epoch
 */
export function checkBundle(
  files: Bundle,
  given: {
    signers: string | undefined;
    check(message: string, armored: string): CheckedSignature;
    now: number;
  },
): CheckedBundle {
  const statement = files.get(STATEMENT_FILE) ?? '';
  const delivery = deliveryIn(statement);
  const empty = { delivery, events: 0, levels: {}, statement: 'unsigned' as const };
  if (delivery === '') return { ...empty, faults: [`${STATEMENT_FILE} is no statement of a delivery`] };
  const below = (folder: string) =>
    [...files].flatMap(([path, content]) =>
      path.startsWith(`${folder}/`) ? [{ name: path.slice(folder.length + 1), content }] : [],
    );
  const read = readLedger(delivery, below('ledger'));
  if ('problems' in read) return { ...empty, faults: read.problems.map(problemText) };
  const evidence = new Map(below('evidence').map(({ name, content }) => [name, content]));
  const { signers } = readAllowedSigners(given.signers ?? files.get(SIGNERS_FILE) ?? '');
  const revoked = new Set(readRevokedKeys(files.get(REVOKED_FILE) ?? '').keys);
  const judge = (event: Sworn) =>
    event.body.signature === undefined
      ? undefined
      : given.check(signedWords(read).find((one) => one.event === event)!.bytes, event.body.signature);
  const { ledger, problems } = assured(read, { signers, from: 'pinned', revoked }, judge, given.now);
  const own = statementSigned(files, statement, { ...given, signers });
  return {
    delivery,
    events: read.graph.size,
    levels: levelsIn(ledger),
    statement: own === undefined ? 'unsigned' : 'signed',
    faults: [
      ...(files.get(SUMS_FILE) === sumsOf(files) ? [] : [`${SUMS_FILE} does not name exactly these files`]),
      ...[...evidence].flatMap(([name, text]) => (sha256(text) === name ? [] : [`evidence/${name} is not its name`])),
      ...(attestation(read, (hash) => evidence.get(hash)) === statement
        ? []
        : [`${STATEMENT_FILE} is not what the ledger says`]),
      ...signedWords(read).flatMap(({ path, bytes, signature }) =>
        files.get(path) === bytes && files.get(`${path}.sig`) === signature
          ? []
          : [`${path} is not what the ledger holds`],
      ),
      ...problems.map(signatureText),
      ...(own ?? []),
    ],
  };
}

function statementSigned(
  files: Bundle,
  statement: string,
  {
    signers,
    check,
    now,
  }: { signers: readonly AllowedSigner[]; check: (message: string, armored: string) => CheckedSignature; now: number },
): string[] | undefined {
  const signature = files.get(`${STATEMENT_FILE}.sig`);
  if (signature === undefined) return undefined;
  const checked = check(statement, signature);
  const wrong = (why: string) => [`${STATEMENT_FILE}.sig: ${why}`];
  if ('problem' in checked) return wrong(checked.problem);
  if (!checked.holds) return wrong('it is not over this statement');
  if (checked.namespace !== ATTESTATION_NAMESPACE) return wrong(`it was signed for ${checked.namespace}`);
  // Whoever may decide may attest: the list names no namespace of its own for it.
  const known = signers.some(
    (one) =>
      one.key === checked.key &&
      !one.authority &&
      (one.validAfter === null || now >= one.validAfter) &&
      (one.validBefore === null || now <= one.validBefore),
  );
  return known ? [] : wrong('its key is not among the signers');
}

function levelsIn(ledger: Ledger): CheckedBundle['levels'] {
  const levels: CheckedBundle['levels'] = {};
  for (const { body } of eventsOf(ledger, 'decided')) levels[body.level] = (levels[body.level] ?? 0) + 1;
  return levels;
}

function deliveryIn(statement: string): string {
  try {
    const { predicate } = JSON.parse(statement) as { predicate?: { delivery?: unknown } };
    return typeof predicate?.delivery === 'string' ? predicate.delivery : '';
  } catch {
    return '';
  }
}

const problemText = ({ file, message }: IntegrityProblem) => `ledger/${file}: ${message}`;
const signatureText = ({ event, message }: SignatureProblem) => `decision ${event.slice(0, 12)}: ${message}`;
