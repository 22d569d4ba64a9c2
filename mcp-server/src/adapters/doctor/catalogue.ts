import type { Doctor } from '../../app/ports/doctor.ts';
import type { Project } from '../work-tree.ts';
import { answeringHooks } from './answering-hooks.ts';
import { branchProtection } from './branch-protection.ts';
import { ciWorkflow } from './ci-workflow.ts';
import { client } from './client.ts';
import { fileSystem } from './file-system.ts';
import { git } from './git.ts';
import { guardIndex } from './guard-index.ts';
import { hostedReviews } from './hosted-reviews.ts';
import { line, machineOf, type Probe } from './machine.ts';
import { node } from './node.ts';
import { openssh } from './openssh.ts';
import { pins } from './pins.ts';
import { plugin } from './plugin.ts';
import { signingKey } from './signing-key.ts';
import { stateFolder } from './state-folder.ts';

/** Every probe, in the order of the report: machine, client, keys, repository, git host. */
const PROBES: Record<string, Probe> = {
  node,
  git,
  'file-system': fileSystem,
  'state-folder': stateFolder,
  client,
  plugin,
  'answering-hooks': answeringHooks,
  'guard-index': guardIndex,
  openssh,
  'signing-key': signingKey,
  pins,
  accounts: hostedReviews,
  ci: ciWorkflow,
  'branch-protection': branchProtection,
};

/** Looks at everything at once; a probe that fails is a line that says so. */
export function doctorProbes(project: Project, env: NodeJS.ProcessEnv): Doctor {
  return {
    async look() {
      const machine = machineOf(project, env);
      const found = await Promise.all(
        Object.entries(PROBES).map(async ([name, probe]) => {
          try {
            return await probe(machine);
          } catch (error) {
            const means = 'nothing is known about it';
            return line(name, 'unknown', { found: `could not be looked at: ${(error as Error).message}`, means });
          }
        }),
      );
      return found.flat();
    },
  };
}
