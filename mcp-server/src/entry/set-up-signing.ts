import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ports } from '../app/ports.ts';
import { addSigner } from '../app/trust.ts';
import { environmentFault } from '../domain/fault.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { whoIsThere } from './person.ts';
import { requirePerson } from './person-at-terminal.ts';
import { trustText } from './render/trust.ts';
import type { VerbContext } from './verbs/verb.ts';

/**
 * From nothing to signed approvals: a key of its own with a passphrase, the person among the signers, the key named in
 * policy. A key of its own, because the one for git or for logins tends to sit in ssh-agent.
 *
 * @param already what this run wrote before
 * @returns what was written
 * @throws Fault `no-terminal`, `not-a-person`, `no-openssh`
 */
export async function setUpSigning(ports: Ports, context: VerbContext, already: readonly string[]): Promise<string[]> {
  requirePerson(context, 'init --signed');
  const person = await whoIsThere(ports);
  const principal = person.email ?? person.name;
  const key = join(context.env['HOME'] || homedir(), '.ssh', 'id_countersign');
  const written: string[] = [];
  if (!existsSync(key)) {
    context.terminal.show(
      `Making a key for ${principal} at ${key}. Give it a passphrase: without one, every program you run can sign.`,
    );
    mkdirSync(dirname(key), { recursive: true, mode: 0o700 });
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-C', `${principal} countersign`, '-f', key], {
      stdio: 'inherit',
    });
    if (made.status !== 0)
      throw environmentFault({
        code: 'no-openssh',
        message: 'ssh-keygen made no key',
        next: 'install OpenSSH, or make the key yourself and run init --signed again',
      });
    written.push(key);
  }
  const answer = addSigner(ports, principal, await ports.signatures.publicKey(key));
  written.push(SIGNERS_FILE);
  const policy = ports.files.read(POLICY_FILE);
  if (policy !== undefined && !/^signing:/m.test(policy)) {
    ports.files.write(
      POLICY_FILE,
      `${policy.endsWith('\n') ? policy : `${policy}\n`}signing:\n  key: ~/.ssh/id_countersign\n`,
    );
    if (!already.includes(POLICY_FILE)) written.push(POLICY_FILE);
  }
  context.terminal.show(trustText(answer, context.terminal));
  context.terminal.show('To demand signatures, set gates.default.level to signed in countersign.yaml.');
  return written;
}
