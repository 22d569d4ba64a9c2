import { expect, it } from 'vitest';
import { DESIGN, GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project, run } from '../helpers/project.ts';
import { ID, reach } from '../helpers/zone-file.ts';

/** A delivery in Build whose CHK-1 has these fields and this block. */
async function withCheck(fields: string, block: string): Promise<Project> {
  const work = project();
  const design = DESIGN.replace(
    /- Expect: exit 0\n- Expect: stdout contains 2 hosts\n\n```sh\n[\s\S]*?```/,
    () => `${fields}\n\n${block}`,
  );
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  return work;
}
const sh = (script: string) => `\`\`\`sh\n${script}\n\`\`\``;
const check = (work: Project) =>
  work.json('run-check', ID, 'CHK-1') as unknown as { exit: number; said: string; blocks: string[]; tail: string };
const finish = (work: Project) => {
  work.write('zone/generate.mjs', GENERATOR);
  for (const one of ['CHK-2', 'CHK-3']) expect(work.cli('run-check', ID, one).exit).toBe(0);
  expect(work.cli('submit', ID, 'build').exit).toBe(0);
  return work.cli('review', ID, 'build').out;
};

it('keeps a flaky check flaky in the record, the review and the evidence [R-CHECK-1]', async () => {
  const work = await withCheck(
    '- Expect: exit 0',
    sh('cat zone/hosts.json >/dev/null; if [ -e "$HOME/seen" ]; then exit 0; fi; touch "$HOME/seen"; exit 1'),
  );
  expect(check(work).exit).toBe(1);
  const second = check(work);
  expect(second).toMatchObject({ exit: 0 });
  expect(second.said).toContain('It is flaky: of 2 runs on these files 1 failed.');
  const shown = finish(work);
  expect(shown).toContain('CHK-1: flaky: of 2 runs on these files 1 failed');
  expect(shown).toContain('CHK-1: failed and passed on the same files alone');
  const [passed] = work.events(ID).filter((event) => (event['body'] as { result?: string }).result === 'passed');
  const { evidence } = passed!['body'] as { evidence: string };
  expect(JSON.parse(work.read(`deliveries/${ID}/evidence/${evidence}.json`))).toMatchObject({
    earlier: { passed: 0, failed: 1 },
  });
});

it('tells a check that failed before it passed from one that never failed [R-CHECK-3]', async () => {
  const work = await withCheck('- Expect: exit 0', sh('grep -q bravo zone/hosts.json'));
  work.write('zone/hosts.json', '[]');
  expect(check(work).exit).toBe(1);
  work.write('zone/hosts.json', HOSTS);
  expect(check(work).exit).toBe(0);
  const shown = finish(work);
  expect(shown).toMatch(/CHK-1: failed on other content before \(evidence [0-9a-f]{12}\), passes now/);
  expect(shown).toContain('CHK-2: no run of it ever failed: nothing shows that it can');
});

it('runs a command twice where its second run must change nothing [R-CHECK-2]', async () => {
  const work = await withCheck(
    '- Expect: again changes nothing',
    sh('cat zone/hosts.json > /dev/null; echo x >> zone/generate.mjs'),
  );
  // What a check of CMP-1 vouches for is CMP-1: that it writes to another component shows in the second run.
  expect(check(work).blocks).toEqual(['second run: it changed zone/generate.mjs']);
  const fine = await withCheck(
    '- Expect: again stdout contains twice',
    sh('cat zone/hosts.json >/dev/null; [ -e "$HOME/t" ] && echo twice; touch "$HOME/t"'),
  );
  expect(check(fine)).toMatchObject({ exit: 0, blocks: [] });
});

it.runIf(
  run('sh', ['-c', 'command -v ansible-playbook'], { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } }).exit === 0,
)('believes what Ansible itself says of a second run', async () => {
  const play = (task: string) =>
    `cat > "$HOME/p.yml" <<'P'\n- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n    - ${task}\nP\nansible-playbook -i localhost, "$HOME/p.yml"; cat zone/hosts.json >/dev/null`;
  const bad = await withCheck('- Expect: again changes nothing', sh(play('ansible.builtin.command: "true"')));
  expect(check(bad).blocks).toEqual(['second run: Ansible reports a change']);
  const good = await withCheck(
    '- Expect: again changes nothing',
    sh(play("ansible.builtin.copy: {content: x, dest: \"{{ lookup('env', 'HOME') }}/out\"}")),
  );
  expect(check(good).blocks).toEqual([]);
});

it('runs in its folder, with its variables and its time, and a program without a shell [R-CHECK-4]', async () => {
  const fields = '- Folder: zone\n- Time limit: 1 s\n- Variables:\n  - SITE=lab one\n- Expect: stdout contains lab one';
  const work = await withCheck(fields, sh('cat hosts.json >/dev/null && echo "$SITE"'));
  expect(check(work)).toMatchObject({ exit: 0 });
  const slow = await withCheck('- Time limit: 1 s', sh('cat zone/hosts.json; sleep 20'));
  expect(check(slow).blocks).toEqual(['it was ended at the time limit']);
  const argv = await withCheck(
    '- Expect: stdout contains $HOME; ls',
    '```argv\nprintf\n%s %s\n$HOME; ls\nzone/hosts.json\n```',
  );
  expect(check(argv)).toMatchObject({ exit: 0 });
  const nowhere = await withCheck('- Folder: nowhere', sh('true; cat zone/hosts.json'));
  expect(nowhere.cli('run-check', ID, 'CHK-1').exit).toBe(4);
});

it('opens Build again when a script that a check runs is edited, also one that it calls or that lies in a folder [R-CHECK-5]', async () => {
  const work = project();
  work.write('tests/run.sh', '#!/bin/sh\nsh tests/lib/helper.sh && cat zone/hosts.json >/dev/null\n');
  work.write('tests/lib/helper.sh', '#!/bin/sh\ntrue\n');
  work.write('suite/one.txt', '1\n');
  const design = DESIGN.replace(
    /node -e "const l[^\n]*/,
    () => 'sh tests/run.sh && ls suite && make -v >/dev/null',
  ).replace('- Expect: stdout contains 2 hosts\n', '');
  work.write('Makefile', 'all:\n');
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  expect(check(work).exit).toBe(0);
  const shown = finish(work);
  for (const path of ['tests/run.sh', 'tests/lib/helper.sh', 'suite/', 'Makefile'])
    expect(shown).toMatch(new RegExp(`CHK-1: runs ${path.replace(/[./]/g, '\\$&')} [0-9a-f]{12}`));
  work.types(/digest ([0-9a-f]{12})/.exec(shown)![1]!);
  const build = () =>
    (work.json('status', ID)['deliveries'] as { gates: { stage: string; state: string }[] }[])[0]!.gates.find(
      (one) => one.stage === 'build',
    )!.state;
  expect(build()).toBe('open');
  for (const [path, text] of [
    ['tests/lib/helper.sh', '#!/bin/sh\ntrue # now\n'],
    ['suite/two.txt', '2\n'],
    ['Makefile', 'all:\n\ttrue\n'],
  ] as const) {
    const before = path === 'suite/two.txt' ? undefined : work.read(path);
    work.write(path, text);
    expect(build(), path).not.toBe('open');
    if (before === undefined) run('rm', [path], { cwd: work.root, env: work.env });
    else work.write(path, before);
    expect(build(), path).toBe('open');
  }
});

it('names what a check left behind when that is why it does not count', async () => {
  const work = await withCheck('- Expect: exit 0', sh('cat zone/hosts.json >/dev/null; date +%N >> zone/hosts.json'));
  expect(check(work).blocks[0]).toMatch(/^the files changed while it ran \(zone\/hosts\.json\)/);
});

it('survives a check that deletes the delivered files, forks and needs a terminal', async () => {
  const work = await withCheck(
    '- Time limit: 2 s',
    sh('rm -rf zone; (sleep 60 &) ; (sleep 60 &) ; stty size < /dev/tty'),
  );
  const { exit, blocks } = check(work);
  expect(exit).toBe(1);
  expect(blocks.join()).toMatch(/expected exit 0.*the files changed while it ran \(zone\/hosts\.json/);
  expect(work.cli('verify').exit).toBe(0);
  work.write('zone/hosts.json', HOSTS);
  expect(check(work).exit).toBe(1);
});
