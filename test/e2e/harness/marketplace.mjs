// The plugin as a user gets it: published in a git repository, added as a marketplace, installed. All of it offline.
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cleanEnvironment, prepareHome } from './environment.mjs';
import { run } from './processes.mjs';

const HOST = 'https://git.example.invalid/';

/**
 * Publishes a folder as the branch `main` of a new bare repository. The folder and its repository are only read.
 * @param {object} options
 * @param {string} options.source  a checkout's root, or (state `working-tree`) any folder
 * @param {'head' | 'working-tree'} [options.state]  what was committed, or what lies in the folder now without ignored files
 * @param {string} options.bare  where to create the repository
 * @param {string} options.home  HOME for git
 * @returns {Promise<string>} the published commit
 */
export async function publish({ source, state = 'head', bare, home }) {
  prepareHome(home);
  const env = cleanEnvironment(home);
  const git = async (/** @type {string[]} */ ...args) =>
    (await run('git', args, { cwd: bare, env: { ...env, GIT_DIR: bare } })).trim();
  mkdirSync(bare, { recursive: true });
  await git('init', '--quiet', '--bare');
  await git('symbolic-ref', 'HEAD', 'refs/heads/main');
  let commit;
  if (existsSync(join(source, '.git'))) {
    await git('fetch', '--quiet', '--update-shallow', resolve(source), 'HEAD');
    commit = await git('rev-parse', 'FETCH_HEAD');
  }
  if (state === 'working-tree') {
    // The index is the bare repository's own, so the checkout's index and objects stay untouched.
    await git(`--work-tree=${resolve(source)}`, 'add', '--all', resolve(source));
    const parents = commit ? ['-p', commit] : [];
    commit = await git('commit-tree', await git('write-tree'), ...parents, '-m', 'Working tree');
  }
  if (!commit) throw new Error(`${source} is no git checkout: publish its working tree`);
  await git('update-ref', 'refs/heads/main', commit);
  return commit;
}

/** Lets git, in this HOME, fetch an address from the bare repository. @param {{ home: string, url: string, bare: string }} options */
export function lead({ home, url, bare }) {
  appendFileSync(join(home, '.gitconfig'), `[url "${pathToFileURL(bare)}"]\n\tinsteadOf = ${url}\n`);
}

/**
 * Adds the marketplace by an https URL, which git's insteadOf leads to the bare repository, and installs the plugin.
 * @param {object} options
 * @param {string} options.claude
 * @param {string} options.home  receives the installation; use it for the runs
 * @param {string} options.bare
 * @param {string} [options.name]  plugin@marketplace
 */
export async function install({ claude, home, bare, name = 'countersign@countersign' }) {
  prepareHome(home);
  const url = `${HOST}${name.split('@').at(-1)}.git`;
  lead({ home, url, bare });
  // Both take a second. For a plugin with a lockfile the client runs npm, which must not want the network: a user without
  // it would wait for a minute.
  const options = { cwd: home, env: cleanEnvironment(home), timeoutMs: 30_000 };
  await run(claude, ['plugin', 'marketplace', 'add', url], options);
  await run(claude, ['plugin', 'install', name], options);
}

/**
 * `claude plugin validate --strict` on a plugin. A folder with a marketplace manifest is checked by its plugin manifest
 * too: for the folder alone 2.1.197 checks neither commands nor hooks.
 * @param {{ claude: string, folder: string, home: string }} options
 * @returns {Promise<string>} what it printed
 * @throws when it finds anything, with the findings
 */
export async function validate({ claude, folder, home }) {
  prepareHome(home);
  const options = { cwd: home, env: cleanEnvironment(home) };
  const targets = [resolve(folder), resolve(folder, '.claude-plugin', 'plugin.json')];
  let printed = '';
  for (const target of targets) printed += await run(claude, ['plugin', 'validate', '--strict', target], options);
  return printed;
}

/**
 * `claude plugin tag --dry-run`: whether manifest, marketplace and what would be tagged agree.
 * @param {{ claude: string, folder: string, home: string }} options
 * @returns {Promise<string>} what it printed, with the tag's name
 */
export async function tagOf({ claude, folder, home }) {
  prepareHome(home);
  return run(claude, ['plugin', 'tag', '--dry-run', '--force', folder], {
    cwd: home,
    env: cleanEnvironment(home),
    timeoutMs: 30_000,
  });
}
