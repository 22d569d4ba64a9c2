import { execFile } from 'node:child_process';
import type { LocalTools } from '../app/ports.ts';
import type { PlatformFact } from '../domain/feasibility/snapshot.ts';

const TIMEOUT_MS = 5000;

/** The only commands this probe runs: read-only, by name, without a shell. */
const TOOLS: Record<string, readonly string[]> = {
  ansible: ['--version'],
  'ansible-playbook': ['--version'],
  aws: ['--version'],
  az: ['version'],
  bash: ['--version'],
  curl: ['--version'],
  dig: ['-v'],
  docker: ['--version'],
  gcloud: ['--version'],
  git: ['--version'],
  helm: ['version', '--short'],
  jq: ['--version'],
  kubectl: ['version', '--client'],
  make: ['--version'],
  node: ['--version'],
  npm: ['--version'],
  openssl: ['version'],
  podman: ['--version'],
  python3: ['--version'],
  shellcheck: ['--version'],
  ssh: ['-V'],
  terraform: ['version'],
  tofu: ['version'],
  yamllint: ['--version'],
};

/** Asks the tools of this machine for their versions. */
export function localTools(env: NodeJS.ProcessEnv): LocalTools {
  const clean = { PATH: env['PATH'] ?? '', HOME: env['HOME'] ?? '', LANG: 'C.UTF-8' };
  return {
    known: Object.keys(TOOLS),
    probe: (names) => Promise.all(names.map((name) => probeTool(name, TOOLS[name] ?? [], clean))),
  };
}

function probeTool(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<PlatformFact> {
  const id = `tool/${name}`;
  return new Promise((resolve) => {
    execFile(
      name,
      [...args],
      { env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = (error as NodeJS.ErrnoException | null)?.code;
        if (code === 'ENOENT') return resolve({ id, outcome: 'absent' });
        if (code === 'EACCES' || code === 'EPERM') return resolve({ id, outcome: 'denied', reason: String(code) });
        if (error !== null && error.killed === true)
          return resolve({ id, outcome: 'not-probed', reason: `no answer within ${TIMEOUT_MS / 1000} s` });
        const version = /\d+(?:\.\d+)+[\w.+-]*/.exec(`${stdout}\n${stderr}`)?.[0];
        if (error !== null && version === undefined)
          return resolve({ id, outcome: 'not-probed', reason: `${name} ${args.join(' ')} failed` });
        return resolve({ id, outcome: 'present', ...(version === undefined ? {} : { version }) });
      },
    );
  });
}
