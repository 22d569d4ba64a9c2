import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Signatures } from '../app/ports/signing.ts';
import type { CheckedSignature } from '../domain/decision/assurance.ts';
import { environmentFault, inputFault } from '../domain/fault.ts';
import { toBase64 } from '../domain/signing/base64.ts';
import { NAMESPACE } from '../domain/signing/namespace.ts';
import { readSshSignature, type SshSignature } from '../domain/signing/sshsig.ts';
import { signatureHolds } from './ssh-crypto.ts';
import type { Project } from './work-tree.ts';

const run = promisify(execFile);

/** SSH signatures: made by the real ssh-keygen, checked here, or by ssh-keygen where the key type is not known here. */
export function sshSignatures(project: Pick<Project, 'root'>, env: NodeJS.ProcessEnv): Signatures {
  const home = env['HOME'] || homedir();
  const expand = (path: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
  return {
    check(message, armored): CheckedSignature {
      const signature = readSshSignature(armored);
      if ('problem' in signature) return signature;
      const holds = signatureHolds(signature, message) ?? askOpenSsh(message, armored, signature, env);
      return { key: toBase64(signature.publicKey), namespace: signature.namespace, holds };
    },
    sign: (message, key, namespace = NAMESPACE) => sign(message, expand(key), { namespace, env }),
    async findKey(named, policy) {
      const path = named ?? policy ?? (await gitKey(project.root, env));
      if (path === undefined) return undefined;
      const full = expand(path).replace(/\.pub$/, '');
      if (!existsSync(full) && !existsSync(`${full}.pub`))
        throw inputFault({
          code: 'no-key',
          message: `there is no key ${full}`,
          expected: 'the private key to sign with',
          next: 'countersign approve ... --key PATH, or set signing.key in countersign.yaml',
        });
      return { path: full, inAgent: await heldByAgent(full, env) };
    },
    async publicKey(key) {
      const full = expand(key);
      if (existsSync(`${full}.pub`))
        return readFileSync(`${full}.pub`, 'utf8').trim().split(/\s+/).slice(0, 2).join(' ');
      return (await openSsh(['-y', '-f', full], env)).trim().split(/\s+/).slice(0, 2).join(' ');
    },
  };
}

/** The key git signs commits with, when it does so with SSH. */
async function gitKey(root: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const read = async (name: string) =>
    run('git', ['config', '--get', name], { cwd: root, env }).then(
      ({ stdout }) => stdout.trim() || undefined,
      () => undefined,
    );
  if ((await read('gpg.format')) !== 'ssh') return undefined;
  const key = await read('user.signingkey');
  // git also takes the public key itself; a path is what ssh-keygen needs.
  return key === undefined || key.startsWith('ssh-') || key.startsWith('key::') ? undefined : key;
}

/** Whether ssh-agent lists this key: then anything that runs as this user can sign with it. */
async function heldByAgent(key: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (!env['SSH_AUTH_SOCK'] || !existsSync(`${key}.pub`)) return false;
  const blob = readFileSync(`${key}.pub`, 'utf8').trim().split(/\s+/)[1];
  const listed = await run('ssh-add', ['-L'], { env, timeout: 5000 }).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return blob !== undefined && listed.includes(blob);
}

/**
 * `ssh-keygen -Y sign` on a file: it asks for the passphrase on the terminal, or waits for a touch.
 *
 * @throws Fault `signing-failed`, `no-openssh`
 */
async function sign(
  message: string,
  key: string,
  { namespace, env }: { namespace: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sign-'));
  try {
    const file = join(folder, 'statement');
    writeFileSync(file, message, { mode: 0o600 });
    // An agent's copy of the key is not used: a key that is open to every program proves nothing about a person.
    const { SSH_AUTH_SOCK: _, ...rest } = env;
    const child = spawn('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', key, file], {
      env: rest,
      stdio: ['inherit', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      process.stderr.write(chunk);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (cause) => reject(noOpenSsh(cause)));
      child.once('close', resolve);
    });
    if (code === 0 && existsSync(`${file}.sig`)) return readFileSync(`${file}.sig`, 'utf8');
    throw environmentFault({
      code: 'signing-failed',
      message: /incorrect passphrase/i.test(said) ? 'the passphrase is wrong' : `ssh-keygen did not sign with ${key}`,
      expected: 'the right passphrase, or a touch of the security key',
      next: 'try again; nothing was recorded',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openSsh(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  try {
    return (await run('ssh-keygen', args, { env })).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noOpenSsh(error);
    throw environmentFault({
      code: 'no-key',
      message: `ssh-keygen cannot read the key`,
      cause: error,
      next: 'check its path and passphrase',
    });
  }
}

function noOpenSsh(cause: unknown) {
  return environmentFault({
    code: 'no-openssh',
    message: 'ssh-keygen cannot be started',
    expected: 'OpenSSH 8.2 or newer on the PATH',
    next: 'install it (Debian: apt install openssh-client)',
    cause,
  });
}

/** Key types that are not known here, such as certificates: `ssh-keygen -Y check-novalidate` judges the mathematics. */
function askOpenSsh(message: string, armored: string, signature: SshSignature, env: NodeJS.ProcessEnv): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'));
  try {
    const file = join(folder, 'signature');
    writeFileSync(file, armored);
    const args = ['-Y', 'check-novalidate', '-n', signature.namespace, '-s', file];
    return (
      spawnSync('ssh-keygen', args, { env, input: message, stdio: ['pipe', 'ignore', 'ignore'], timeout: 10_000 })
        .status === 0
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
