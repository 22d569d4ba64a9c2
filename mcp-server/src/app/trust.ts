import { sha256 } from '../domain/hash.ts';
import { type AllowedSigner, readAllowedSigners, SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { fromBase64 } from '../domain/signing/base64.ts';
import { NAMESPACE } from '../domain/signing/namespace.ts';
import { REVOKED_FILE, readRevokedKeys } from '../domain/signing/revoked-keys.ts';
import type { Answer } from './answer.ts';
import { type PinState, pinState, revokedKeys } from './assurance.ts';
import type { Ports } from './ports.ts';

export interface SignerView {
  principals: string[];
  keyType: string;
  /** As ssh-keygen -l prints it. */
  fingerprint: string;
  validBefore: string | null;
  revoked: boolean;
  /** How it stands to what was accepted on this machine. */
  change: 'same' | 'added' | 'removed';
}

export interface TrustView {
  state: PinState;
  signers: SignerView[];
  problems: { file: string; line: number; message: string }[];
}

/** The signers of the repository beside those accepted on this machine. */
export function trustView(ports: Ports): Answer<TrustView> {
  const file = readAllowedSigners(ports.trust.file() ?? '');
  const pinned = readAllowedSigners(ports.trust.pinned()?.signers ?? '').signers;
  const revoked = revokedKeys(ports.trust.pinned()?.revoked, ports.trust.revokedFile());
  const same = (a: AllowedSigner) => (b: AllowedSigner) => identity(a) === identity(b);
  const signers = [
    ...file.signers.map((one) => view(one, pinned.some(same(one)) ? 'same' : 'added', revoked)),
    ...pinned.filter((one) => !file.signers.some(same(one))).map((one) => view(one, 'removed', revoked)),
  ];
  const state = pinState(ports);
  const problems = [
    ...file.problems.map((one) => ({ file: SIGNERS_FILE, ...one })),
    ...readRevokedKeys(ports.trust.revokedFile() ?? '').problems.map((one) => ({ file: REVOKED_FILE, ...one })),
    ...file.signers
      .filter((one) => one.authority)
      .map(({ line }) => ({ file: SIGNERS_FILE, line, message: 'certificates are not accepted: list the keys' })),
  ];
  const said = {
    none: 'Nobody may sign here yet.',
    unpinned:
      'The signers of this repository have not been accepted on this machine: their signatures count as recorded.',
    pinned: `${pinned.length} signer${pinned.length === 1 ? ' is' : 's are'} accepted on this machine.`,
    changed:
      'deliveries/allowed_signers or revoked_keys is not what was accepted on this machine: until a person accepts it, the old list counts.',
  }[state];
  const next = {
    none: 'countersign trust --add KEY.pub',
    unpinned: 'countersign trust',
    pinned: '',
    changed:
      'look at the change (git log -p deliveries/allowed_signers deliveries/revoked_keys), then countersign trust',
  }[state];
  return { said, blocks: [], next, data: { state, signers, problems } };
}

const identity = (one: AllowedSigner) =>
  JSON.stringify([one.principals, one.key, one.namespaces, one.validAfter, one.validBefore, one.authority]);

function view(one: AllowedSigner, change: SignerView['change'], revoked: ReadonlySet<string>): SignerView {
  const blob = fromBase64(one.key) ?? new Uint8Array();
  const hash = Buffer.from(sha256(blob), 'hex').toString('base64').replace(/=+$/, '');
  return {
    principals: one.principals,
    keyType: one.keyType,
    fingerprint: `SHA256:${hash}`,
    validBefore: one.validBefore === null ? null : new Date(one.validBefore).toISOString(),
    revoked: revoked.has(one.key),
    change,
  };
}

/** A person accepts the signers as they are in the repository now. */
export function acceptSigners(ports: Ports): Answer<TrustView> {
  ports.trust.pin({ signers: ports.trust.file() ?? '', revoked: ports.trust.revokedFile() ?? '' });
  return trustView(ports);
}

/**
 * Adds a key for a person, in our namespace only, and accepts the list on this machine.
 *
 * @param publicKey `ssh-ed25519 AAAA...`
 */
export function addSigner(ports: Ports, principal: string, publicKey: string): Answer<TrustView> {
  const before = ports.trust.file() ?? '# Who may sign Countersign decisions here (ssh-keygen(1), ALLOWED SIGNERS).\n';
  const line = `${principal} namespaces="${NAMESPACE}" ${publicKey}\n`;
  if (!before.includes(line.trim())) ports.trust.writeFile(`${before}${before.endsWith('\n') ? '' : '\n'}${line}`);
  return acceptSigners(ports);
}
