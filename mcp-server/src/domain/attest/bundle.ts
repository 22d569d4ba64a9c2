import { word } from '../ci/shell-text.ts';
import { NAMESPACE, type Sworn, swornBy } from '../decision/assurance.ts';
import { person } from '../decision/votes.ts';
import { sha256 } from '../hash.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { oneLine } from '../one-line.ts';

/** Separates signatures of attestations from those of decisions. */
export const ATTESTATION_NAMESPACE = 'countersign-attestation-v1';

export const STATEMENT_FILE = 'statement.json';
export const SUMS_FILE = 'SHA256SUMS';
export const SIGNERS_FILE = 'allowed_signers';
export const REVOKED_FILE = 'revoked_keys';
/** Who signed the statement; a claim, until the key is found among the signers. */
export const ATTESTORS_FILE = 'attestors';

/** Files of a bundle by their path. */
export type Bundle = Map<string, string>;

/** Every word of a person that carries a signature, as the files that OpenSSH checks. */
export function signedWords(ledger: Ledger): { event: Sworn; path: string; bytes: string; signature: string }[] {
  const sworn: Sworn[] = [...eventsOf(ledger, 'decided'), ...eventsOf(ledger, 'declared')];
  return sworn.flatMap((event) => {
    const { signature } = event.body;
    if (signature === undefined) return [];
    return [{ event, path: `signatures/${event.id.slice(0, 12)}.json`, bytes: swornBy(event).bytes(), signature }];
  });
}

/** Sums of all files in the form of sha256sum(1), sorted by path. */
export const sumsOf = (files: Bundle): string =>
  [...files]
    .filter(([path]) => path !== SUMS_FILE)
    .map(([path, text]) => `${sha256(text)}  ${path}\n`)
    .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
    .join('');

/** What a reader types to check the bundle without this product. */
export function readme(delivery: string, ledger: Ledger, attestor: string | undefined): string {
  const verify = (signers: string, principal: string, namespace: string, file: string) =>
    `ssh-keygen -Y verify -f ${signers} -I ${word(oneLine(principal))} -n ${namespace} -s ${file}.sig < ${file}`;
  const words = signedWords(ledger).map(({ event, path }) =>
    verify(SIGNERS_FILE, person(swornBy(event).by), NAMESPACE, path),
  );
  const own = attestor === undefined ? [] : [verify(ATTESTORS_FILE, attestor, ATTESTATION_NAMESPACE, STATEMENT_FILE)];
  return [
    `# Attestation of ${delivery}`,
    '',
    `\`${STATEMENT_FILE}\` is an in-toto statement: the files of the approved build with their hashes, and who submitted, decided, checked`,
    'and deployed what. `ledger/` and `evidence/` are what it follows from; each file there has the SHA-256 of its bytes for a name.',
    '',
    'With OpenSSH and sha256sum alone, in this folder:',
    '',
    '```sh',
    `sha256sum --check --quiet ${SUMS_FILE}`,
    ...own,
    ...words,
    '```',
    '',
    `Whose keys count is not for this folder to say: compare \`${SIGNERS_FILE}\` with the list that you trust. A signature covers a`,
    'statement, which names the digest of a subject in `ledger/`, which names the hashes of what was decided about.',
    '',
    `With the product: \`countersign verify --bundle FOLDER --signers FILE\` makes the statement again from the ledger and compares it.`,
    'Hashes of text files are of their text with LF line ends and without a byte order mark.',
    '',
  ].join('\n');
}
