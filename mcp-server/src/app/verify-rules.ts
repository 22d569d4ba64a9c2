import type { Finding } from '../domain/finding.ts';
import { contentHash } from '../domain/hash.ts';
import { RULES_SUBJECT, rulesAccepted } from '../domain/policy/accepted-rules.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { demandOfSubject } from '../domain/policy/policy.ts';
import { readAllowedSigners, SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { REVOKED_FILE, readRevokedKeys } from '../domain/signing/revoked-keys.ts';
import { found } from '../domain/verify/rules.ts';
import { pinState } from './assurance.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';
import { RULE_FILES, type TrustedRef } from './trusted-ref.ts';

/** A file of the rules that is not that of the ref. */
export interface MovedRule {
  path: string;
  /** Content hash of what is here. */
  sha256: string;
  how: 'is new' | 'is gone' | 'changed';
}

/** Policy, signers and revoked keys that are not what a ref holds. */
export function movedRules(ports: Ports, ref: TrustedRef): MovedRule[] {
  return RULE_FILES.flatMap((path) => {
    const [before, now] = [ref.files.get(path), ports.files.read(path)];
    const sha256 = contentHash(now ?? '');
    const how = before === undefined ? 'is new' : now === undefined ? 'is gone' : 'changed';
    return contentHash(before ?? '') === sha256 ? [] : [{ path, sha256, how }];
  });
}

/** Paths of those that a delivery holds a decision on, about exactly these bytes. */
export function acceptedRules({ read, state }: Loaded, ref: TrustedRef, moved: readonly MovedRule[]): string[] {
  const demand = demandOfSubject(ref.rules.policy, RULES_SUBJECT, state.settled);
  return moved.filter((file) => rulesAccepted(read.ledger, file, demand)).map(({ path }) => path);
}

/**
 * Policy, signers and revoked keys that are not what is trusted, and lines of them that cannot be read.
 *
 * @param accepted by path of a moved rule the delivery that accepts it
 */
export function ruleFindings(
  ports: Ports,
  { ref, movedRules }: { ref: TrustedRef | undefined; movedRules: readonly MovedRule[] },
  accepted: ReadonlyMap<string, string>,
): Finding[] {
  const findings = unreadable(ports);
  if (ref !== undefined)
    return [...findings, ...movedRules.map((moved) => againstRef(moved, ref.name, accepted.get(moved.path)))];
  if (pinState(ports) === 'changed') {
    const message = 'not what was accepted on this machine: until a person accepts it, the old list counts';
    findings.push(
      found('signers-changed', SIGNERS_FILE, message, 'look at the change, then countersign trust', 'warning'),
    );
  }
  return findings;
}

function unreadable(ports: Ports): Finding[] {
  const report = (path: string, problems: readonly { line: number; message: string }[]) =>
    problems.map(({ line, message }) => ({
      ...found('signers-unreadable', path, `${message}; the line counts for nothing`, 'mend the line'),
      line,
    }));
  return [
    ...report(SIGNERS_FILE, readAllowedSigners(ports.trust.file() ?? '').problems),
    ...report(REVOKED_FILE, readRevokedKeys(ports.trust.revokedFile() ?? '').problems),
  ];
}

/** A file of the rules that differs from the ref's: an error, unless a delivery holds a decision on exactly these bytes. */
function againstRef({ path, how }: MovedRule, ref: string, accepted: string | undefined): Finding {
  const rule = path === POLICY_FILE ? 'policy-changed' : 'signers-changed';
  const said = `${how} against ${ref}; until it is there, the stricter of both counts`;
  if (accepted !== undefined)
    return found(rule, path, `${said}. ${accepted} holds a decision that accepts it`, 'look at the change', 'warning');
  const fix = `countersign submit <id> ${RULES_SUBJECT}, have it approved as ${ref} asks, or merge the file by itself first`;
  // Where there were no signers, nobody could have been asked.
  return found(rule, path, said, fix, how === 'is new' ? 'warning' : 'error');
}
