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

/** Policy, signers and revoked keys that are not what is trusted, and lines of them that cannot be read. */
export function ruleFindings(ports: Ports, loaded: readonly Loaded[], ref: TrustedRef | undefined): Finding[] {
  const findings = unreadable(ports);
  if (ref !== undefined) return [...findings, ...RULE_FILES.flatMap((path) => againstRef(ports, loaded, ref, path))];
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
function againstRef(ports: Ports, loaded: readonly Loaded[], ref: TrustedRef, path: string): Finding[] {
  const [before, now] = [ref.files.get(path), ports.files.read(path)];
  const sha256 = contentHash(now ?? '');
  if (contentHash(before ?? '') === sha256) return [];
  const accepted = loaded.find(({ read, state }) =>
    rulesAccepted(read.ledger, { path, sha256 }, demandOfSubject(ref.rules.policy, RULES_SUBJECT, state.settled)),
  );
  const rule = path === POLICY_FILE ? 'policy-changed' : 'signers-changed';
  const what = before === undefined ? 'is new' : now === undefined ? 'is gone' : 'changed';
  const said = `${what} against ${ref.name}; until it is there, the stricter of both counts`;
  if (accepted !== undefined)
    return [
      found(
        rule,
        path,
        `${said}. ${accepted.read.id} holds a decision that accepts it`,
        'look at the change',
        'warning',
      ),
    ];
  const fix = `countersign submit <id> ${RULES_SUBJECT}, have it approved as ${ref.name} asks, or merge the file by itself first`;
  // Where there were no signers, nobody could have been asked.
  return [found(rule, path, said, fix, before === undefined ? 'warning' : 'error')];
}
