import { factId } from '../../domain/feasibility/fact-id.ts';
import { defineProbe, isRefusal } from './probe.ts';

/** Hosts that policy names: whether this account gets in. Nothing is forwarded, asked or learned on the way. */
export const ssh = defineProbe({
  name: 'ssh',
  answers: 'whether this account can log in to a host',
  needs: 'ssh with a key that asks for nothing; probes.ssh.hosts',
  strips: 'what the host says',
  env: ['SSH_AUTH_SOCK'],
  calls: {
    login: {
      run: [
        'ssh',
        '-o',
        'BatchMode=yes',
        '-o',
        'StrictHostKeyChecking=yes',
        '-o',
        'UpdateHostKeys=no',
        '-o',
        'ConnectTimeout=10',
        '-o',
        'ClearAllForwardings=yes',
        '-o',
        'ForwardAgent=no',
        '-o',
        'ControlMaster=no',
        '-o',
        'PermitLocalCommand=no',
        '-T',
        '{host}',
        'exit 0',
      ],
      // The shell of network equipment has other words for leaving: it was reached all the same.
      exits: [0, 1, 127],
    },
  },
  targets({ settings }) {
    if (settings.ssh.hosts.length === 0)
      return { outcome: 'not-probed', reason: 'countersign.yaml names no host (probes.ssh.hosts)' };
    return settings.ssh.hosts.map((host) => ({ id: factId('ssh', host), values: { host } }));
  },
  async look({ id }, { text, found }) {
    const answer = await text('login');
    found(isRefusal(answer) ? { id, kind: 'account', ...answer } : { id, kind: 'account', outcome: 'present' });
  },
});
