import {
  assured,
  type CheckedSignature,
  type SignatureProblem,
  type Sworn,
  swornBy,
  type Trust,
} from '../domain/decision/assurance.ts';
import { contentHash } from '../domain/hash.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import { readAllowedSigners } from '../domain/signing/allowed-signers.ts';
import { readRevokedKeys } from '../domain/signing/revoked-keys.ts';
import type { Ports } from './ports.ts';

/** Signatures that were checked in this process, by event id: an event's bytes never change. */
const checked = new Map<string, CheckedSignature>();

/** The ledger with every decision at the level it is worth here. */
export function assure(ports: Ports, ledger: Ledger, trust: Trust): { ledger: Ledger; problems: SignatureProblem[] } {
  const check = (event: Sworn): CheckedSignature | undefined => {
    const { signature } = event.body;
    if (signature === undefined) return undefined;
    let result = checked.get(event.id);
    if (result === undefined) {
      result = ports.signatures.check(swornBy(event).bytes(), signature);
      checked.set(event.id, result);
    }
    return result;
  };
  return assured(ledger, trust, check, ports.now().getTime());
}

/**
 * What this machine trusts: the signers a person accepted. A file that changed since then changes nothing by itself, but
 * for revocations: they only take away, so they hold at once, and hold on when the file forgets them.
 */
export function localTrust(ports: Ports): Trust {
  const pinned = ports.trust.pinned();
  const revoked = revokedKeys(pinned?.revoked, ports.trust.revokedFile());
  return pinned === undefined
    ? { signers: [], from: 'nowhere', revoked }
    : { signers: readAllowedSigners(pinned.signers).signers, from: 'pinned', revoked };
}

/** The keys that any of the lists revokes. */
export function revokedKeys(...texts: readonly (string | undefined)[]): Set<string> {
  return new Set(texts.flatMap((text) => [...readRevokedKeys(text ?? '').keys]));
}

export type PinState = 'none' | 'unpinned' | 'pinned' | 'changed';

/** How the repository's files of signers and revoked keys stand to what was accepted here. */
export function pinState(ports: Ports): PinState {
  const [file, pinned] = [ports.trust.file(), ports.trust.pinned()];
  if (pinned === undefined) return file === undefined ? 'none' : 'unpinned';
  const same = (now: string | undefined, then: string) => contentHash(now ?? '') === contentHash(then);
  return same(file, pinned.signers) && same(ports.trust.revokedFile(), pinned.revoked) ? 'pinned' : 'changed';
}
