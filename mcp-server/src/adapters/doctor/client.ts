import { atLeast, line, type Probe } from './machine.ts';

/** The first version seen to ask the person before ask_decision whatever the permission mode; 2.1.197 does not. */
const ASKS_PERSON = '2.1.330';

export const client: Probe = async ({ run }) => {
  const version = /\d+\.\d+\.\d+/.exec((await run('claude', ['--version']))?.out ?? '')?.[0];
  if (version === undefined)
    return line('client', 'unknown', {
      found: 'claude is not on the PATH, or does not say its version',
      means: 'what the client supports was not looked at; terminal and CI do not need it',
    });
  const means = 'typed /approve and form dialogs, both level recorded at most';
  return atLeast(version, ASKS_PERSON)
    ? line('client', 'good', { found: `Claude Code ${version}`, means: `${means}; it asks before a dialog is opened` })
    : line('client', 'warning', {
        found: `Claude Code ${version}`,
        means: `${means}; it does not ask before a dialog is opened, as ${ASKS_PERSON} does`,
        improve: `update Claude Code to ${ASKS_PERSON} or newer`,
      });
};
