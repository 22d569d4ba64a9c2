// npm run docs:record - films the first gate of the guide in the real client, and writes what the site plays.
//   node test/e2e/record/run.mjs [--client VERSION]
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startApi } from '../harness/api.mjs';
import { CLIENT_VERSIONS, findClient } from '../harness/client.mjs';
import { cleanEnvironment, prepareHome } from '../harness/environment.mjs';
import { lead, publish } from '../harness/marketplace.mjs';
import { film } from './camera.mjs';
import { toCast } from './cast.mjs';
import { ANSWER, conversation, TOO_EARLY, WISH } from './conversation.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const GUIDE = join(ROOT, 'docs/guide-first-delivery.md');
const CAST = join(ROOT, 'docs/public/first-gate.cast');
const URL_OF_PLUGIN = 'https://git.example.org/countersign.git';
const PERSON = 'Ada Example';
const SIZE = { columns: 100, rows: 34 };

/** The commands that the guide prints first, with an address and a name where it has placeholders. */
function commandsOfTheGuide() {
  const [, block = ''] = /```sh\n(.*?)```/s.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  const filled = block
    .replace('<git URL of Countersign>', URL_OF_PLUGIN)
    .replace('"Your Name"', `"${PERSON}"`)
    .replace('you@example.org', 'ada@example.org');
  return filled.trim().split('\n');
}

/** @param {ReturnType<typeof film>} camera */
async function play(camera) {
  const prompt = () => camera.waitFor((screen) => /(^|\n)\$$/.test(screen.trimEnd()));
  const commands = commandsOfTheGuide();
  await prompt();
  camera.chapter('Install');
  for (const command of commands.slice(0, -1)) {
    await camera.enter(command);
    await prompt();
    camera.hold(0.8);
  }
  await camera.enter(commands.at(-1) ?? '');
  await camera.waitFor(/trust this folder/);
  camera.hold(2);
  // Keys that come right after a dialog appears are lost.
  await sleep(600);
  await camera.keys('Down', 'Enter');
  await camera.waitFor(/accept edits on/);
  camera.hold(1);

  camera.chapter('Say what is wanted');
  await camera.enter(WISH);
  await camera.waitFor(/Two things are open[\s\S]*destructive/);
  camera.hold(3);
  await camera.enter(ANSWER);
  await camera.waitFor(/approve reject [0-9a-f]{12}/, 90_000);
  const digest = /approve ([0-9a-f]{12})/.exec(camera.screen())?.[1] ?? '';
  camera.hold(6);

  camera.chapter('Too early');
  await camera.enter(TOO_EARLY);
  await camera.waitFor(/First a person decides/);
  camera.hold(5);

  camera.chapter('Decide');
  await camera.enter(`/approve ${digest}`);
  await camera.waitFor(/The\s+gate is open/);
  camera.hold(5);
}

const { values } = parseArgs({ options: { client: { type: 'string' } } });
const claude = await findClient(values.client ?? CLIENT_VERSIONS.at(-1) ?? '');
const room = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-record-')));
const home = join(room, 'home');
prepareHome(home);
// The settings of the guide, and another mode than the client's own: auto asks a service that is not there offline.
const [, allowed = '{}'] = /```json\n(.*?)```/s.exec(readFileSync(GUIDE, 'utf8')) ?? [];
const { permissions } = JSON.parse(allowed);
writeFileSync(
  join(home, '.claude/settings.json'),
  JSON.stringify({ permissions: { ...permissions, defaultMode: 'acceptEdits' } }),
);
const bare = join(room, 'plugin.git');
await publish({ source: ROOT, state: 'working-tree', bare, home: join(room, 'publisher') });
lead({ home, url: URL_OF_PLUGIN, bare });
symlinkSync(claude, join(home, 'claude'));
const api = await startApi({ script: conversation(PERSON, join(home, 'greeter-lab')) });
const camera = film({
  // In the environment of the terminal the prompt would not reach the shell.
  command: ['env', 'PS1=$ ', 'bash', '--norc', '--noprofile', '-i'],
  cwd: home,
  env: { ...cleanEnvironment(home, { api: api.url }), PATH: `${home}:${process.env['PATH']}` },
  ...SIZE,
  scrub: [
    [home, '~'],
    [/ · done \d+:\d\d [AP]M/g, ''],
  ],
});
try {
  await play(camera);
  if (api.problems.length > 0) throw new Error(`the script did not fit the conversation: ${api.problems.join('; ')}`);
  writeFileSync(CAST, toCast({ ...SIZE, title: 'Countersign: the first gate' }, camera.frames));
  console.log(`${camera.frames.length} frames in ${CAST}`);
} finally {
  camera.close();
  await api.close();
  // The client ends with its terminal, and writes to its HOME until then.
  await sleep(2000);
  rmSync(room, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
