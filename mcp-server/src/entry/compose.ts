import { randomBytes } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomic } from '../adapters/atomic.ts';
import { commits } from '../adapters/commits.ts';
import { deliveryFolders } from '../adapters/deliveries.ts';
import type { NamedSource } from '../adapters/extract/named-source.ts';
import { findingsCache } from '../adapters/findings-cache.ts';
import { gitRepository } from '../adapters/git.ts';
import { gitHistory } from '../adapters/git-history.ts';
import { guardStore } from '../adapters/guard-store.ts';
import { ownConventions } from '../adapters/own-conventions.ts';
import { platforms } from '../adapters/platforms.ts';
import { programs } from '../adapters/programs.ts';
import { projectFiles } from '../adapters/project-files.ts';
import { findProject } from '../adapters/project-root.ts';
import { resolveInside } from '../adapters/resolver.ts';
import { seenHeads } from '../adapters/seen.ts';
import { seenWrites } from '../adapters/seen-writes.ts';
import { shell } from '../adapters/shell.ts';
import { sshSignatures } from '../adapters/signatures.ts';
import { signerTrust } from '../adapters/signer-trust.ts';
import { fileStamps } from '../adapters/stamps.ts';
import { statusCache } from '../adapters/status-cache.ts';
import type { Project } from '../adapters/work-tree.ts';
import type { ExtractPorts } from '../app/ports/extraction.ts';
import type { Ports } from '../app/ports.ts';
import { inputFault } from '../domain/fault.ts';
import { sha256 } from '../domain/hash.ts';
import type { Exploration } from './tools/tool.ts';
import { programVersion, VERSION } from './version.ts';

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
    history: gitHistory(project),
    seen: seenHeads(project, env),
    shell: shell(project, env),
    platforms: platforms(project, env),
    programs: programs(project, env),
    guard: guardStore(project),
    signatures: sshSignatures(project, env),
    trust: signerTrust(project, env),
    templates: async () =>
      (await import('../adapters/templates.ts')).templateFolders(join(PLUGIN_ROOT, 'templates'), project.root),
    conventions: ownConventions(env),
    findings: findingsCache(join(project.state, 'findings')),
    statuses: statusCache(project),
    stamps: fileStamps(project),
    commits: commits(project, env),
    writes: seenWrites(project),
    version: VERSION,
    // Few starts look at the machine or ask a git host.
    doctor: {
      look: async () => (await import('../adapters/doctor/catalogue.ts')).doctorProbes(project, env).look(),
    },
    forge: async () => (await import('../adapters/forge/forge.ts')).forgeOf(project, env),
    now: () => new Date(),
    nonce: () => randomBytes(16).toString('hex'),
  };
  return { ports, project };
}

/** Checks signatures outside any repository. */
export const looseSignatures = (cwd: string, env: NodeJS.ProcessEnv): Pick<Ports['signatures'], 'check'> =>
  sshSignatures({ root: cwd }, env);

/**
 * What extraction needs: no project, so any folder will do. Loaded only when it is asked for, because parsers are large.
 * What was said of a file, and the whole answer, are kept in the user's cache under the bundle that said it; those of other bundles go.
 */
export async function composeExtraction(env: NodeJS.ProcessEnv, root: string): Promise<ExtractPorts> {
  const [{ sourceTree }, { extractionCache }, { keptReport }, { forgetOthers }] = await Promise.all([
    import('../adapters/extract/walk.ts'),
    import('../adapters/extract/cache.ts'),
    import('../adapters/extract/kept-report.ts'),
    import('../adapters/extract/forget.ts'),
  ]);
  const folder = join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'countersign', 'extract');
  const version = programVersion(import.meta.url);
  forgetOthers(folder, version);
  const own = [join(folder, version), version, root] as const;
  // A third of what a run takes that finds nothing changed.
  const extractors = async () => (await import('../adapters/extractors/catalogue.ts')).extractors;
  return { tree: sourceTree, extractors, cache: extractionCache(...own), reports: keptReport(...own) };
}

/**
 * What extraction needs for a folder inside the project, or for a named source. What is kept lies in the git directory, one file
 * a folder.
 *
 * @param transcript of the session that asks, where a hook was told it
 * @throws Fault `path-outside`, `no-such-path`, and those of a named source
 */
export async function exploration(
  project: Project,
  env: NodeJS.ProcessEnv,
  path: string,
  transcript?: string,
): Promise<Exploration> {
  const named = await namedSource(path, project.root, env, transcript);
  const root = named?.root ?? resolveInside(project.root, path);
  if (named === undefined && !existsSync(root))
    throw inputFault({ code: 'no-such-path', message: `${JSON.stringify(path)} is not there` });
  return {
    extraction: { ...(await composeExtraction(env, root)), ...named?.ports },
    root,
    place: named ?? placeInProject(root, project.root),
    keep(text) {
      const file = join(project.state, 'extract', `${sha256(path).slice(0, 16)}.json`);
      writeAtomic(file, text);
      return file;
    },
  };
}

/**
 * What `session:latest`, `session:ID` or `itential:NAME` names, for the folder that the client was started in; undefined for any
 * other path.
 *
 * @throws Fault `no-session`, `no-such-system`, `no-repository`, `broken-policy`
 */
export async function namedSource(path: string, from: string, env: NodeJS.ProcessEnv, transcript?: string) {
  const project = async () => {
    const { ports, project: own } = compose(from, env);
    // Only now: a policy takes the schemas, which most starts do without.
    const { loadPolicy } = await import('../app/load.ts');
    return { root: own.root, settings: loadPolicy(ports).probes };
  };
  return (await import('../adapters/extract/named-source.ts')).namedSource(path, { from, env, transcript, project });
}

/** Writes what a named source holds as files. */
export const saveSource = async (source: NamedSource, folder: string) =>
  (await import('../adapters/extract/named-source.ts')).saveSource(source, folder);

/** Reads any folder, without the parsers of extraction. */
export const sourceTree = async () => (await import('../adapters/extract/walk.ts')).sourceTree;

/** @throws Fault `no-repository` */
export const projectRoot = (from: string) => findProject(from).root;

/**
 * Where a folder lies in the project: what the project puts before its paths, or what it is called when it is no part of it.
 *
 * @throws Fault `no-repository`
 */
export function placeInProject(folder: string, from: string): { prefix: string } | { elsewhere: string } {
  const real = realpathSync(folder);
  const below = relative(findProject(from).root, statSync(real).isDirectory() ? real : dirname(real))
    .split(sep)
    .join('/');
  if (below === '') return { prefix: '' };
  if (below === '..' || below.startsWith('../') || isAbsolute(below))
    return { elsewhere: `external://${basename(real)}/` };
  return { prefix: `${below}/` };
}
