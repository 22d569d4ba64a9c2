// The real client, pinned: installed once a version into .cache/claude/<version>, shared by every run.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './environment.mjs';
import { run } from './processes.mjs';

/** Both sides of a change in behaviour: agents in the background, deferred tools, names the client keeps for itself. */
export const CLIENT_VERSIONS = ['2.1.197', '2.1.330'];

const PACKAGE = '@anthropic-ai/claude-code';
const CACHE = fileURLToPath(new URL('../../../.cache/claude/', import.meta.url));

/**
 * Path of the client's binary, installed with npm where it is missing. CLAUDE_BIN is taken instead when it is of this version.
 * @param {string} version
 * @throws when npm cannot install it, or what lies in the cache does not report this version
 */
export async function findClient(version) {
  const override = process.env['CLAUDE_BIN'];
  if (override && (await reportedVersion(override)) === version) return override;
  const folder = join(CACHE, version);
  if (!existsSync(folder)) await install(version, folder);
  const binary = join(folder, 'node_modules', '.bin', 'claude');
  const reported = await reportedVersion(binary);
  if (reported !== version)
    throw new Error(`${binary} reports ${reported}, not ${version}: delete ${folder}, run again`);
  return binary;
}

/** Builds beside the place and renames, so that another process sees all of it or nothing. @param {string} version @param {string} folder */
async function install(version, folder) {
  mkdirSync(CACHE, { recursive: true });
  const building = mkdtempSync(join(CACHE, `.installing-${version}-`));
  try {
    writeFileSync(join(building, 'package.json'), '{ "private": true }\n');
    console.error(`installing ${PACKAGE}@${version} into ${folder}`);
    const flags = ['--prefix', building, '--no-audit', '--no-fund', '--no-package-lock'];
    await run('npm', ['install', ...flags, `${PACKAGE}@${version}`], { cwd: building, timeoutMs: 600_000 });
    renameSync(building, folder);
  } catch (error) {
    // Another process was first: its install is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** @param {string} binary @returns {Promise<string | undefined>} undefined when it is no working client */
async function reportedVersion(binary) {
  const home = mkdtempSync(join(tmpdir(), 'countersign-e2e-version-'));
  try {
    const env = cleanEnvironment(home);
    const output = await run(binary, ['--version'], { cwd: dirname(home), env, timeoutMs: 30_000 });
    return /^\d+\.\d+\.\d+\S*/.exec(output)?.[0];
  } catch {
    return undefined;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
