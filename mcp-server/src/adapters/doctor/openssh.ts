import { from } from '../../domain/doctor/line.ts';
import { atLeast, line, type Probe } from './machine.ts';

/** The first OpenSSH whose ssh-keygen signs with security keys and reads principals from a list (8.2, 2020). */
const LEAST = '8.2';

export const openssh: Probe = async ({ run }) => {
  const keygen = await run('ssh-keygen', ['-?']);
  const said = await run('ssh', ['-V']);
  const version = /OpenSSH\D*(\d+\.\d+)/.exec(`${said?.err ?? ''}${said?.out ?? ''}`)?.[1];
  const improve = 'install OpenSSH 8.2 or newer (Debian: apt install openssh-client)';
  if (keygen === undefined)
    return line('openssh', 'warning', {
      found: 'ssh-keygen is not installed',
      means: 'decisions cannot be signed here',
      improve,
      keepsFrom: from('signed'),
    });
  if (version !== undefined && !atLeast(version, LEAST))
    return line('openssh', 'warning', {
      found: `OpenSSH ${version}`,
      means: 'its ssh-keygen cannot sign decisions',
      improve,
      keepsFrom: from('signed'),
    });
  return line('openssh', 'good', {
    found: `OpenSSH ${version ?? 'of unknown version'}`,
    means: 'decisions can be signed in a terminal',
  });
};
