import { from } from '../../domain/doctor/line.ts';
import { readPolicy } from '../../domain/policy/policy.ts';
import { sshSignatures } from '../signatures.ts';
import { line, type Machine, type Probe } from './machine.ts';

/** The key that decisions are signed with, and who else can use it. */
export const signingKey: Probe = async (machine) => {
  const { project, env } = machine;
  const policy = readPolicy(machine.read(`${project.root}/countersign.yaml`) ?? 'countersign: policy/1');
  const named = 'policy' in policy ? policy.policy.signing.key : undefined;
  const signatures = sshSignatures(project, env);
  const key = await signatures.findKey(undefined, named).catch(() => undefined);
  if (key === undefined)
    return line('signing-key', 'warning', {
      found: named === undefined ? 'no signing key is configured' : `there is no key ${named}`,
      means: 'decisions in a terminal are recorded, not signed',
      improve: 'countersign init --signed',
      keepsFrom: from('signed'),
    });
  if (key.inAgent)
    return line('signing-key', 'warning', {
      found: `ssh-agent holds ${key.path}`,
      means: 'every program that runs as you can sign with it, an agent included',
      improve: `ssh-add -d ${key.path}, and keep it out of ssh-agent`,
      keepsFrom: from('signed'),
    });
  const onToken = (machine.read(`${key.path}.pub`) ?? '').startsWith('sk-');
  if (!onToken && (await opensWithoutPassphrase(machine, key.path)))
    return line('signing-key', 'warning', {
      found: `${key.path} has no passphrase`,
      means: 'every program that runs as you can sign with it, an agent included',
      improve: `ssh-keygen -p -f ${key.path}, or a security key (ssh-keygen -t ed25519-sk)`,
      keepsFrom: from('signed'),
    });
  return line('signing-key', 'good', {
    found: `${key.path} ${onToken ? 'is on a security key' : 'has a passphrase'}`,
    means: 'a signature needs a secret that programs do not hold',
  });
};

async function opensWithoutPassphrase(machine: Machine, key: string): Promise<boolean> {
  return (await machine.run('ssh-keygen', ['-y', '-P', '', '-f', key]))?.exit === 0;
}
