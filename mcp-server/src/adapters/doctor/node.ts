import { atLeast, line, type Probe } from './machine.ts';

const LEAST = '20.0.0';

export const node: Probe = () => {
  const { node: version } = process.versions;
  return atLeast(version, LEAST)
    ? line('node', 'good', { found: `Node.js ${version}`, means: 'server, hooks and command line run' })
    : line('node', 'bad', {
        found: `Node.js ${version}`,
        means: 'server and hooks do not run: gates are not guarded in the client',
        improve: 'install Node.js 20 or newer',
      });
};
