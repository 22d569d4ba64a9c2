import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from '../../mcp-server/src/app/load.ts';
import { stateFact } from '../../mcp-server/src/app/state-fact.ts';
import { type Project, program, project, run } from '../helpers/project.ts';
import { ID, portsOf, reach } from '../helpers/zone-file.ts';
import { canMount, inNamespace } from './namespace.ts';

const REQUIREMENTS = `deliveries/${ID}/requirements.md`;
const ADA = { kind: 'human', name: 'Ada Tester', email: 'ada@example.org', via: 'cli' } as const;
const events = (work: Project) => readdirSync(work.path('deliveries', ID, 'ledger')).sort();
const sound = (work: Project) => expect(work.cli('verify').exit).toBeLessThan(3);

describe('[R-FAST-5] where nothing can be written', () => {
  it.skipIf(!canMount)('a full disk loses nothing, and an event that was answered for is there', async () => {
    const work = project();
    await reach(work, 'created');
    // A disk of half a megabyte with the project on it, and less and less room.
    const { out } = inNamespace(
      work,
      `mkdir "$HOME/full"; mount -t tmpfs -o size=640k tmpfs "$HOME/full"; cp -a . "$HOME/full/work"; cd "$HOME/full/work"
      for room in 0 4 8 16 28 44; do
        rm -f ../fill; sed -i "s/^title:.*/title: Room $room/" ${REQUIREMENTS}
        head -c 2M /dev/zero > ../fill 2>/dev/null; truncate -s -"$room"k ../fill
        before=$(ls deliveries/${ID}/ledger | wc -l)
        said=$(cs submit ${ID} requirements); after=$(ls deliveries/${ID}/ledger | grep -c '^[0-9a-f]*.json$')
        echo "room $room events $before $after $said"; rm -f ../fill; echo "verify $(cs verify)"
      done; cs submit ${ID} requirements`,
    );
    const rounds = out.trim().split('\n');
    for (const [at, round] of rounds.entries()) {
      const [, before, after, exit, said] = /^room \d+ events (\d+) (\d+) exit (\d+) (.*)$/.exec(round) ?? [];
      if (said === undefined) continue;
      expect(rounds[at + 1]).toMatch(/^verify exit [01] /);
      if (exit === '0') expect([round, Number(after)]).toEqual([round, Number(before) + 1]);
      else expect([round, exit]).toEqual([expect.stringMatching(/no space left/i), '4']);
    }
    expect(rounds.filter((round) => round.includes('exit 4')).length).toBeGreaterThan(0);
    expect(rounds.at(-1)).toMatch(/^exit 0/);
  });

  it.skipIf(!canMount)('a read-only repository can be read, and says why nothing is written', async () => {
    const work = project();
    await reach(work, 'created');
    const before = events(work);
    const { out } = inNamespace(
      work,
      'mount --bind . .; mount -o remount,bind,ro .; cd "$ROOT"; for v in status validate verify; do cs $v; done; ' +
        `cs submit ${ID} requirements; cs new another`,
    );
    const said = out.trim().split('\n');
    expect(said.slice(0, 3).map((line) => /^exit [01] /.test(line))).toEqual([true, true, true]);
    for (const line of said.slice(3)) expect(line).toMatch(/^exit 4 .*read-only/i);
    expect(events(work)).toEqual(before);
  });

  it.skipIf(process.getuid?.() !== 0)('without permission nothing is half written', async () => {
    const work = project();
    await reach(work, 'created');
    const before = events(work);
    // The programs lie in a folder that is the owner's alone.
    chmodSync(join(dirname(program('cli')), '../..'), 0o755);
    execFileSync('chown', ['-R', '65534:65534', dirname(work.root)]);
    chmodSync(work.path('deliveries', ID, 'ledger'), 0o555);
    const asNobody = (...args: string[]) =>
      run('setpriv', ['--reuid=65534', '--clear-groups', process.execPath, program('cli'), ...args], {
        cwd: work.root,
        env: work.env,
      });
    expect(asNobody('status').exit).toBe(0);
    const { exit, err } = asNobody('submit', ID, 'requirements');
    expect({ exit, err }).toEqual({ exit: 4, err: expect.stringContaining('permission denied') });
    expect(events(work)).toEqual(before);
    chmodSync(work.path('deliveries', ID, 'ledger'), 0o755);
    expect(asNobody('submit', ID, 'requirements').exit).toBe(0);
  });
});

it('[R-FAST-5] without files to open, nothing is called broken and nothing is lost', async () => {
  const work = project();
  await reach(work, 'requirements');
  const before = events(work);
  const outcomes = [21, 23, 26, 30, 40, 64].map((files) => {
    const limited = [`--nofile=${files}`, process.execPath, program('cli'), 'status', '--json'];
    const { exit, out } = run('prlimit', limited, { cwd: work.root, env: work.env });
    return { files, exit, broken: out.includes('"broken":true'), all: out.includes('0 deliveries') };
  });
  // With fewer, Node does not come as far as our first line.
  for (const one of outcomes.filter(({ exit }) => exit !== null && exit < 5))
    expect(one).toEqual({ files: one.files, exit: one.exit === 0 ? 0 : 4, broken: false, all: false });
  expect(events(work)).toEqual(before);
  sound(work);
});

it('[R-FAST-5] a clock that jumps back and forth loses no event, and gates follow the graph', async () => {
  const work = project();
  await reach(work, 'requirements');
  const ports = portsOf(work);
  const jumps = [0, -400, 900, -30, 0.01, -2, 365, 0].map((days) => new Date(Date.now() + days * 86_400_000));
  for (const [at, now] of jumps.entries())
    stateFact(
      { ...ports, now: () => now },
      ID,
      { need: 'CAP-1', status: 'resolved', fact: `fact ${at}`, by: 'Ada Tester' },
      ADA,
    );
  const { read, state } = load(ports, ID);
  const facts = read.ledger.graph.order.flatMap((event) => (event.type === 'stated' ? [event.body.fact] : []));
  expect(facts).toEqual(jumps.map((_, at) => `fact ${at}`));
  expect(state.gates[0]!.state).toBe('open');
  expect(work.cli('status', ID).out).toContain('lies in the future');
});

describe('[R-FAST-5] while git is at work', () => {
  const merged = async () => {
    const work = project();
    await reach(work, 'requirements');
    work.git('add', '-A');
    work.git('commit', '--quiet', '-m', 'one');
    work.git('checkout', '--quiet', '-b', 'other');
    return work;
  };
  const goal = (work: Project, text: string) =>
    work.write(REQUIREMENTS, work.read(REQUIREMENTS).replace(/^(## Goal\n\n).*$/m, `$1${text}`));
  const commit = (work: Project, text: string) => {
    goal(work, text);
    stateFact(portsOf(work), ID, { need: 'CAP-1', status: 'resolved', fact: text, by: 'Ada Tester' }, ADA);
    work.git('add', '-A');
    work.git('commit', '--quiet', '-m', text);
  };

  it('a conflict in an artifact is named and submitted by nobody; ledgers of both sides merge', async () => {
    const work = await merged();
    commit(work, 'Theirs.');
    work.git('checkout', '--quiet', 'main');
    commit(work, 'Ours.');
    expect(() => work.git('merge', '--quiet', 'other')).toThrow();
    expect(work.cli('validate', ID).out).toMatch(/requirements\.md:\d+: error a merge conflict begins here/);
    const { exit, out } = work.cli('submit', ID, 'requirements');
    expect([exit, out]).toEqual([1, expect.stringContaining('merge conflict')]);
    expect(work.read(REQUIREMENTS)).toContain('<<<<<<<');
    expect(work.events(ID).filter(({ type }) => type === 'stated').length).toBe(2);
    expect(work.cli('status', ID).exit).toBe(0);
    goal(work, 'Both.');
    work.write(REQUIREMENTS, work.read(REQUIREMENTS).replace(/^(?:<{7} .*|={7}|>{7} .*|Ours\.|Theirs\.)\n/gm, ''));
    expect(work.cli('validate', ID).out).not.toContain('merge conflict');
  });

  it('a conflict in the policy stops what depends on it, and says where', async () => {
    const work = await merged();
    work.write(
      'countersign.yaml',
      '<<<<<<< HEAD\ncountersign: policy/1\n=======\ncountersign: policy/1\n>>>>>>> other\n',
    );
    const { exit, err } = work.cli('status');
    expect([exit, err]).toEqual([2, expect.stringContaining('countersign.yaml:')]);
  });

  it('a rebase in the middle changes no verdict', async () => {
    const work = await merged();
    commit(work, 'Theirs.');
    work.git('checkout', '--quiet', 'main');
    commit(work, 'Ours.');
    expect(() => work.git('rebase', '--quiet', 'other')).toThrow();
    expect(work.cli('status', ID).out).not.toContain('rewound');
    sound(work);
    work.git('checkout', '--theirs', '--', '.');
    work.git('add', '-A');
    work.git('-c', 'core.editor=true', 'rebase', '--continue');
    sound(work);
    expect(work.events(ID).filter(({ type }) => type === 'stated').length).toBe(2);
  });
});
