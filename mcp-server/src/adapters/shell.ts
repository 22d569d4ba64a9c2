import type { Shell } from '../app/ports/running.ts';
import { environmentFault } from '../domain/fault.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { runInGroup } from './group-run.ts';
import { resolveInside } from './resolver.ts';
import type { Project } from './work-tree.ts';

/** What is kept of a stream: as much from its beginning as from its end. */
const KEPT_BYTES = 256 * 1024;

/** Runs checks: a clean environment, no terminal, no input, the whole process group ended at the limit. */
export function shell(project: Project, env: NodeJS.ProcessEnv): Shell {
  return {
    async run(command, { timeoutMs, env: names, set = {}, folder = '.' }) {
      const clean = cleanEnvironment(env, names);
      const cwd = folder === '.' ? project.root : resolveInside(project.root, folder);
      const options = { cwd, env: { ...clean.env, ...set }, timeoutMs, keptBytes: KEPT_BYTES };
      const [program, ...args] = 'argv' in command ? command.argv : [command.lang, '-c', command.script];
      const ran = await runInGroup(program!, args, options);
      if ('cause' in ran)
        throw environmentFault({
          code: 'no-shell',
          message: `${program} cannot be started in ${folder}`,
          cause: ran.cause,
          next: `look that ${program} is installed and the folder is there`,
        });
      return { ...ran, secrets: clean.secrets };
    },
  };
}
