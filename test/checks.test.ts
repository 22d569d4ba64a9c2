import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DESIGN, HOSTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { ID, reach } from './helpers/zone-file.ts';

interface Evidence {
  exit: number | null;
  timedOut: boolean;
  script: string;
  stdout: { text: string; bytes: number; sha256: string };
  stderr: { text: string; bytes: number; sha256: string };
}

/** A delivery in Build whose CHK-1 is this script. */
async function withCheck(script: string, policy = ''): Promise<Project> {
  const work = project();
  if (policy !== '') work.write('countersign.yaml', `countersign: policy/1\n${policy}`);
  const design = DESIGN.replace(/node -e "const l[^\n]*/, () => script).replace(
    '- Expect: stdout contains 2 hosts\n',
    '',
  );
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  return work;
}

function evidence(work: Project): Evidence {
  const checked = work.events(ID).findLast((event) => event.type === 'checked') as unknown as {
    body: { evidence: string };
  };
  return JSON.parse(work.read(`deliveries/${ID}/evidence/${checked.body.evidence}.json`)) as Evidence;
}

/** Everything that the delivery's folder holds, as one text. */
function everything(work: Project): string {
  const folder = work.path('deliveries', ID);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => work.read(join(entry.parentPath, entry.name).slice(work.root.length + 1))).join('\n');
}

it('ends a check that forks and sleeps at the time limit, with every process of its group', async () => {
  const work = await withCheck(
    '(sleep 1.5; touch "$HOME/survived") &\n(sleep 30 &)\nsleep 30',
    'checks:\n  timeout: 1\n',
  );
  const { exit, blocks } = work.json('run-check', ID, 'CHK-1') as unknown as { exit: number; blocks: string[] };
  expect(exit).toBe(1);
  expect(blocks).toEqual(['it was ended at the time limit']);
  expect(evidence(work)).toMatchObject({ exit: null, timedOut: true });
  await sleep(1500);
  expect(readdirSync(work.home)).not.toContain('survived');
});

it('ends what a check left in the background when the check itself has ended', async () => {
  const work = await withCheck('(sleep 1; touch "$HOME/survived") &\necho fine');
  expect(work.cli('run-check', ID, 'CHK-1').exit).toBe(0);
  await sleep(1200);
  expect(readdirSync(work.home)).not.toContain('survived');
});

it('does not wait for a process that left the group and holds the pipes', async () => {
  const work = await withCheck('setsid sleep 8 &\necho fine');
  const before = Date.now();
  expect(work.cli('run-check', ID, 'CHK-1').exit).toBe(0);
  expect(Date.now() - before).toBeLessThan(7000);
  expect(evidence(work).stdout.text).toBe('fine\n');
});

it('ends the check when the command line itself is told to end, and records nothing', async () => {
  const work = await withCheck('touch "$HOME/begun"\nsleep 2\ntouch "$HOME/survived"');
  const { child, done } = work.start('run-check', ID, 'CHK-1');
  while (!readdirSync(work.home).includes('begun')) await sleep(20);
  child.kill('SIGINT');
  await done;
  expect(child.signalCode).toBe('SIGINT');
  await sleep(2200);
  expect(readdirSync(work.home)).not.toContain('survived');
  expect(work.events(ID).filter((event) => event.type === 'checked')).toEqual([]);
});

it('keeps a flood of output within bounds, with the length and the hash of the whole', async () => {
  const work = await withCheck(
    'i=0; while [ $i -lt 40000 ]; do echo "line $i of a flood"; i=$((i+1)); done; echo err >&2',
  );
  expect(work.cli('run-check', ID, 'CHK-1').exit).toBe(0);
  const whole = Array.from({ length: 40_000 }, (_, at) => `line ${at} of a flood\n`).join('');
  const { stdout, stderr } = evidence(work);
  expect(stdout.bytes).toBe(whole.length);
  expect(stdout.sha256).toBe(createHash('sha256').update(whole).digest('hex'));
  expect(stdout.text.length).toBeLessThan(257 * 1024);
  expect(stdout.text).toMatch(
    /^line 0 of a flood\n[\s\S]*\n\[\d+ bytes left out\]\nline \d+ of a flood\n[\s\S]*line 39999 of a flood\n$/,
  );
  expect(stderr).toMatchObject({ text: 'err\n', bytes: 4 });
});

it('bounds an endless output too, and ends it at the time limit', async () => {
  const work = await withCheck('yes endless', 'checks:\n  timeout: 1\n');
  expect(work.cli('run-check', ID, 'CHK-1').exit).toBe(1);
  const { stdout } = evidence(work);
  expect(stdout.bytes).toBeGreaterThan(1_000_000);
  expect(stdout.text.length).toBeLessThan(257 * 1024);
});

it('stores no secret, neither a known shape nor the value of a variable that policy lets through', async () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const work = await withCheck(
    `echo "token: ${'$'}{MY_TOKEN}"; echo "ghp_$(printf 'a1B2%.0s' 1 2 3 4 5 6 7 8 9)"; printf "%sword=%s2%s2\\n" pass hunter hunter >&2`,
    'checks:\n  env: [MY_TOKEN]\n',
  );
  const { exit, out } = work.cliWith({ MY_TOKEN: 'correct horse battery' }, 'run-check', ID, 'CHK-1', '--json');
  expect(exit).toBe(0);
  for (const secret of ['correct horse battery', token, 'hunter2hunter2']) {
    expect(out).not.toContain(secret);
    expect(everything(work)).not.toContain(secret);
  }
  expect(evidence(work).stdout.text).toBe('token: [redacted]\n[redacted]\n');
});

it('shows a check no variable but a few, unless policy names it', async () => {
  const work = await withCheck('env | cut -d= -f1 | sort | tr "\\n" " "');
  work.cliWith({ PLANTED: 'x', AWS_SECRET_ACCESS_KEY: 'y', NODE_OPTIONS: '--no-warnings' }, 'run-check', ID, 'CHK-1');
  const names = evidence(work).stdout.text.trim().split(' ');
  expect(names.filter((name) => !['_', 'HOME', 'LANG', 'OLDPWD', 'PATH', 'PWD', 'SHLVL'].includes(name))).toEqual([]);
});

it('does not vouch for files that changed while it ran', async () => {
  const work = await withCheck('cat zone/hosts.json > /dev/null; echo "[]" > zone/hosts.json');
  const { exit, blocks } = work.json('run-check', ID, 'CHK-1') as unknown as { exit: number; blocks: string[] };
  expect(exit).toBe(1);
  expect(blocks).toEqual([
    expect.stringMatching(/^the files changed while it ran \(zone\/hosts\.json\): run it again/),
  ]);
});

it('gives a check no input and no terminal', async () => {
  const work = await withCheck('read line || echo "no input"; [ -t 1 ] || echo "no terminal"');
  expect(work.cli('run-check', ID, 'CHK-1').exit).toBe(0);
  expect(evidence(work).stdout.text).toBe('no input\nno terminal\n');
});

it('fails on an expectation that is not met, whichever of several it is', async () => {
  const work = project();
  const design = DESIGN.replace('- Expect: stdout contains 2 hosts', '- Expect: stdout contains 3 hosts');
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  const mcp = await connect(work);
  const { blocks } = await mcp.call('run_check', { delivery: ID, check: 'CHK-1' });
  expect(blocks).toEqual(['stdout does not contain "3 hosts"']);
  expect((await mcp.call('run_check', { delivery: ID, check: 'CHK-9' })).error).toContain(
    'one of: CHK-1, CHK-2, CHK-3',
  );
});
