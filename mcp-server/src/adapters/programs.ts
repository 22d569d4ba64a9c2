import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Programs } from '../app/ports/programs.ts';
import { sha256 } from '../domain/hash.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { runInGroup } from './group-run.ts';
import { tryLock } from './lock.ts';
import { ownProgram } from './own-program.ts';
import { resolveInside } from './resolver.ts';
import type { Project } from './work-tree.ts';

/** Programs that deploy: without a shell, in a folder of the project, with what they need of the environment. */
export function programs(project: Project, env: NodeJS.ProcessEnv): Programs {
  const own = (...names: string[]) => join(project.state, ...names);
  return {
    async run([program, ...args], options) {
      const clean = cleanEnvironment(env, options.env);
      const ran = await runInGroup(program!, args, {
        cwd: resolveInside(project.root, options.directory),
        env: { ...clean.env, ...options.set },
        timeoutMs: options.timeoutMs,
        keptBytes: options.keptBytes,
      });
      return 'cause' in ran ? undefined : { ...ran, secrets: clean.secrets };
    },
    inProject: (program) => ownProgram(project.root, env['PATH'], program),
    savedPlan(name) {
      const path = own('plans', name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return path;
    },
    savedHash(path) {
      try {
        return sha256(readFileSync(path));
      } catch {
        return undefined;
      }
    },
    keepPlan: (from, to) => renameSync(from, to),
    forget: (path) => rmSync(path, { force: true }),
    async alone(name, work) {
      const release = tryLock(own('locks', `deploy-${name}.lock`));
      if (typeof release === 'string') return { heldBy: release };
      try {
        return { result: await work() };
      } finally {
        release();
      }
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
