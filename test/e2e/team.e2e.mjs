// A team pins the plugin in its repository: the settings of docs/guide-team.md, word by word, on a marketplace that has moved on.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from './harness/environment.mjs';
import { lead, publish, tagOf } from './harness/marketplace.mjs';
import { run as runProgram } from './harness/processes.mjs';

export const name = 'team';

/** @param {import('./harness/context.mjs').Context} ctx */
function settingsOfTheGuide(ctx) {
  const page = readFileSync(join(ctx.checkout, 'docs/guide-team.md'), 'utf8');
  const [, json = ''] = /```json\n(.*?)```/s.exec(page) ?? [];
  const settings = JSON.parse(json);
  return { json, source: settings.extraKnownMarketplaces.countersign.source };
}

/**
 * The marketplace at the pinned tag, and one version further on its branch.
 * @param {import('./harness/context.mjs').Context} ctx @param {string} home @param {string} tag
 */
async function publishAndMoveOn(ctx, home, tag) {
  const bare = join(ctx.temp('marketplace'), 'plugin.git');
  const commit = await publish({ source: ctx.checkout, state: 'working-tree', bare, home });
  const env = cleanEnvironment(home);
  const git = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) => runProgram('git', args, { cwd, env });
  await git(bare, 'tag', tag, commit);
  const later = ctx.temp('later');
  await git(later, 'clone', '--quiet', bare, '.');
  const manifest = join(later, '.claude-plugin/plugin.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"version": "[^"]+"/, '"version": "99.0.0"'));
  await git(later, 'commit', '--quiet', '-am', 'The next version');
  await git(later, 'push', '--quiet', 'origin', 'HEAD:main');
  return bare;
}

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const { assert } = ctx;
  const { version } = JSON.parse(readFileSync(join(ctx.checkout, 'package.json'), 'utf8'));
  const { json, source } = settingsOfTheGuide(ctx);
  const home = ctx.temp('home');
  const tagged = await tagOf({ claude: ctx.claude, folder: ctx.checkout, home });
  assert.match(tagged, new RegExp(`\\b${source.ref}\\b`), 'the guide pins the tag that a release of this version has');

  const bare = await publishAndMoveOn(ctx, home, source.ref);
  lead({ home, url: source.url, bare });
  const project = ctx.temp('project');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: project });
  mkdirSync(join(project, '.claude'));
  writeFileSync(join(project, '.claude/settings.json'), json);

  const env = { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '', CLAUDE_CODE_SYNC_PLUGIN_INSTALL: '1' };
  const session = await ctx.headless({ home, project, prompt: 'where do we stand?', script: ['ok'], env });
  const body = JSON.stringify(session.main[0]?.body);
  assert.match(body, /countersign:builder/, 'its agents are there');
  assert.match(body, /Countersign: /, 'its session-start hook spoke');
  const cache = join(home, '.claude/plugins/cache/countersign/countersign');
  assert.ok(existsSync(cache), 'the plugin was fetched');
  assert.deepEqual(readdirSync(cache), [version], 'the pinned version, not the newest');
}
