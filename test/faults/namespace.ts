import { spawnSync } from 'node:child_process';
import { type Project, program, type Run, run } from '../helpers/project.ts';

/** Whether this machine lets a process have mounts of its own: where it does not, these tests cannot run. */
export const canMount = (() => {
  if (process.platform !== 'linux') return false;
  const script = 'mount -t tmpfs -o size=64k tmpfs /mnt && umount /mnt';
  return spawnSync('unshare', ['-rm', 'bash', '-c', script]).status === 0;
})();

/**
 * A shell script that sees the project under mounts of its own. `cs VERB ...` is the command line; it prints what it came
 * to as `exit N` and all that it said.
 */
export function inNamespace(work: Project, script: string): Run {
  const prelude = `
    set -u; cd "$ROOT"
    cs() { local said; said=$("$NODE" "$CLI" "$@" 2>&1 </dev/null); echo "exit $? $(tr '\\n' ' ' <<<"$said")"; }
  `;
  const env = { ...work.env, ROOT: work.root, HOME: work.home, NODE: process.execPath, CLI: program('cli') };
  return run('unshare', ['-rm', 'bash', '-c', prelude + script], { cwd: work.root, env });
}
