import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deliveryFolders } from '../adapters/deliveries.ts';
import { gitRepository } from '../adapters/git.ts';
import { guardStore } from '../adapters/guard-store.ts';
import { localTools } from '../adapters/local-tools.ts';
import { projectFiles } from '../adapters/project-files.ts';
import { findProject } from '../adapters/project-root.ts';
import { seenHeads } from '../adapters/seen.ts';
import { shell } from '../adapters/shell.ts';
import { sshSignatures } from '../adapters/signatures.ts';
import { signerTrust } from '../adapters/signer-trust.ts';
import { templateFolders } from '../adapters/templates.ts';
import type { Project } from '../adapters/work-tree.ts';
import type { Ports } from '../app/ports.ts';

/** The plugin's root: the bundles lie in mcp-server/dist below it. */
export const PLUGIN_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The only place where use cases meet the outside.
 *
 * @param from folder in the project
 * @throws Fault `no-repository`
 */
export function compose(from: string, env: NodeJS.ProcessEnv): { ports: Ports; project: Project } {
  const project = findProject(from);
  const ports: Ports = {
    deliveries: deliveryFolders(project),
    files: projectFiles(project),
    repository: gitRepository(project),
    seen: seenHeads(project, env),
    shell: shell(project, env),
    tools: localTools(env),
    guard: guardStore(project),
    signatures: sshSignatures(project, env),
    trust: signerTrust(project, env),
    templates: templateFolders(join(PLUGIN_ROOT, 'templates')),
    now: () => new Date(),
    nonce: () => randomBytes(16).toString('hex'),
  };
  return { ports, project };
}
