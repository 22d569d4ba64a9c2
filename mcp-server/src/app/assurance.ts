import { assured, type CheckedSignature, type SignatureProblem, type Trust } from '../domain/decision/assurance.ts';
import { statementBytes } from '../domain/decision/statement.ts';
import { contentHash } from '../domain/hash.ts';
import type { Recorded } from '../domain/ledger/event.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import { readAllowedSigners } from '../domain/signing/allowed-signers.ts';
import type { Ports } from './ports.ts';

/** Signatures that were checked in this process, by event id: an event's bytes never change. */
const checked = new Map<string, CheckedSignature>();

/** The ledger with every decision at the level it is worth here. */
export function assure(ports: Ports, ledger: Ledger, trust: Trust): { ledger: Ledger; problems: SignatureProblem[] } {
  const check = (event: Recorded<'decided'>): CheckedSignature | undefined => {
    const { signature, statement } = event.body;
    if (signature === undefined) return undefined;
    let result = checked.get(event.id);
    if (result === undefined) {
      result = ports.signatures.check(statementBytes(statement), signature);
      checked.set(event.id, result);
    }
    return result;
  };
  return assured(ledger, trust, check, ports.now().getTime());
}

/** What this machine trusts: the signers a person accepted. A file that changed since then changes nothing by itself. */
export function localTrust(ports: Ports): Trust {
  const pinned = ports.trust.pinned();
  return pinned === undefined
    ? { signers: [], from: 'nowhere' }
    : { signers: readAllowedSigners(pinned).signers, from: 'pinned' };
}

export type PinState = 'none' | 'unpinned' | 'pinned' | 'changed';

/** How the repository's file of signers stands to what was accepted here. */
export function pinState(ports: Ports): PinState {
  const [file, pinned] = [ports.trust.file(), ports.trust.pinned()];
  if (pinned === undefined) return file === undefined ? 'none' : 'unpinned';
  return file !== undefined && contentHash(file) === contentHash(pinned) ? 'pinned' : 'changed';
}
