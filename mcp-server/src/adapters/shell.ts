import type { Shell } from '../app/ports.ts';
import { environmentFault } from '../domain/fault.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { runInGroup } from './group-run.ts';
import type { Project } from './work-tree.ts';

/** What is kept of a stream: as much from its beginning as from its end. */
const KEPT_BYTES = 256 * 1024;

/** Runs check scripts: a clean environment, no terminal, no input, the whole process group ended at the limit. */
export function shell(project: Project, env: NodeJS.ProcessEnv): Shell {
  return {
    async run(lang, script, { timeoutMs, env: names }) {
      const clean = cleanEnvironment(env, names);
      const options = { cwd: project.root, env: clean.env, timeoutMs, keptBytes: KEPT_BYTES };
      const ran = await runInGroup(lang, ['-c', script], options);
      if ('cause' in ran)
        throw environmentFault({
          code: 'no-shell',
          message: `${lang} cannot be started`,
          cause: ran.cause,
          next: `install ${lang}`,
        });
      return { ...ran, secrets: clean.secrets };
    },
  };
}
