import type { Platforms } from '../app/ports.ts';
import { PROBES } from './probes/catalogue.ts';
import { LOCAL_TOOLS } from './probes/local-tools.ts';
import { lookAround } from './probes/look.ts';
import type { Project } from './work-tree.ts';

/** The probes of a project. They are few and small: loading them apart would cost more than it saves. */
export const platforms = ({ root }: Project, env: NodeJS.ProcessEnv): Platforms => ({
  known: { probes: PROBES.map(({ name }) => name), tools: LOCAL_TOOLS },
  look: (settings, request) => lookAround(root, env, settings, request),
});
