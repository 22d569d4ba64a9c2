import { join } from 'node:path';
import { line, type Probe, writable } from './machine.ts';

/** Where last-seen heads are kept, outside the repository. */
export const stateFolder: Probe = ({ env, home }) => {
  const folder = env['XDG_STATE_HOME'] || join(home, '.local', 'state');
  return writable(folder)
    ? line('state-folder', 'good', {
        found: `${folder} can be written`,
        means: 'events that were seen here and are gone later are noticed',
      })
    : line('state-folder', 'warning', {
        found: `${folder} cannot be written`,
        means: 'a ledger that lost its newest events is not noticed on this machine, only in CI',
        improve: `make ${folder} writable, or set XDG_STATE_HOME`,
      });
};
