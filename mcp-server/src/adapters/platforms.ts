import type { Platforms } from '../app/ports/platforms.ts';
import type { Project } from './work-tree.ts';

/** The probes of a project. They speak many platforms' languages, so they are loaded when somebody asks. */
export const platforms = ({ root }: Project, env: NodeJS.ProcessEnv): Platforms => ({
  async known() {
    const [{ PROBES }, { LOCAL_TOOLS }] = await Promise.all([
      import('./probes/catalogue.ts'),
      import('./probes/local-tools.ts'),
    ]);
    return { probes: PROBES.map(({ name }) => name), tools: LOCAL_TOOLS };
  },
  look: async (settings, request) => (await import('./probes/look.ts')).lookAround(root, env, settings, request),
});
