import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cycles, dockerfile, feasibility, policy } from './e2e/hello/cycles.mjs';
import { type Project, project } from './helpers/project.ts';

const ID = 'hello';
const FIRST = cycles[0]!;
type CycleText = (typeof cycles)[number];

const spec = (work: Project, { requirements, design }: CycleText) => {
  work.write(`deliveries/${ID}/requirements.md`, requirements);
  work.write(`deliveries/${ID}/design.md`, design);
};
const change = (work: Project, ...step: string[]) => work.json('change', ID, ...step);
const short = (digest: unknown) => String(digest).slice(0, 12);
const gates = (work: Project) =>
  (work.json('status', ID)['deliveries'] as { gates: { about: string; state: string }[] }[])[0]!.gates.map(
    (gate) => `${gate.about} ${gate.state}`,
  );

/** The first cycle: the delivery is created, built, and finished with two decisions. */
function created(): Project {
  const work = project();
  work.write('countersign.yaml', policy);
  expect(work.cli('new', ID, '--title', 'Hello container').exit).toBe(0);
  spec(work, FIRST);
  work.write(`deliveries/${ID}/feasibility.md`, feasibility);
  const agreed = work.json('submit', ID, 'design');
  expect(agreed['blocks']).toEqual([]);
  expect(work.types(short(agreed['digest']))).toContain('The gate is open');
  work.write('app/hello.py', FIRST.program);
  work.write('app/Dockerfile', dockerfile);
  for (const check of ['CHK-1', 'CHK-2']) expect(work.json('run-check', ID, check)['blocks']).toEqual([]);
  expect(work.hook('session-start', {})).toBeDefined();
  return work;
}

/** One whole cycle: propose, edit, plan, the decision, apply, build, verify. */
function cycle(work: Project, text: string, to: CycleText) {
  expect(change(work, 'propose', '--text', text)['blocks']).toEqual([]);
  spec(work, to);
  const planned = change(work, 'plan');
  expect(planned['blocks']).toEqual([]);
  expect(change(work, 'apply')['blocks']).not.toEqual([]);
  expect(work.types(short(planned['digest']))).toContain('Approved change:');
  const applied = change(work, 'apply');
  work.write('app/hello.py', to.program);
  return { planned, applied, verified: change(work, 'verify') };
}

describe('three cycles of a hello-world container', () => {
  it('are created, get an author from the environment, and switch to an argument with a default', () => {
    const work = created();
    const second = cycle(work, 'Name the author', cycles[1]!);
    expect(second.verified).toMatchObject({ exit: 0, status: 'APPLIED', blocks: [] });
    const tasks = (view: Record<string, unknown>) =>
      (view['tasks'] as { id: string; state: string }[]).map((task) => `${task.id} ${task.state}`);
    expect(tasks(second.applied)).toEqual(['TSK-1.1 ready', 'TSK-1.2 blocked']);
    const third = cycle(work, 'Greet by argument', cycles[2]!);
    expect(third.verified).toMatchObject({ exit: 0, status: 'APPLIED', n: 2 });
    expect(gates(work)[0]).toBe('stage:design open');
    expect(work.cli('verify').exit).toBe(0);

    const history = work.read(`deliveries/${ID}/history.md`);
    const section = history.slice(history.indexOf('## Change 2'));
    expect(history).toContain('## Change 1: Name the author');
    expect(history).toContain('- ADDED REQ-3 Author (requirements.md): `app/hello.py`');
    expect(section).toContain('- MODIFIED REQ-1 Greeting (requirements.md): `app/hello.py`');
    expect(section).toContain('was: WHEN the container starts, THE SYSTEM SHALL print a greeting to the world.');
    expect(section).toMatch(/approved by Ada Tester \(recorded\)/);
    expect(section).toMatch(/- CHK-4 `python3 app\/hello\.py Ada`: passed, evidence [0-9a-f]{12}/);
    expect(section).toMatch(/### Status\n\nAPPLIED, /);
    expect(section).not.toContain('CHK-2');
  });
});

describe('a change', () => {
  it('waits for a person once it is planned, and is in the report with what it changed', () => {
    const work = created();
    change(work, 'propose', '--text', 'Name the author');
    spec(work, cycles[1]!);
    const planned = change(work, 'plan');
    const { waiting } = work.json('status', '--mine') as {
      waiting?: { kind: string; about: string; digest: string }[];
    };
    expect(waiting).toMatchObject([{ kind: 'decide', about: 'change:1', digest: planned['digest'] }]);
    expect(work.types(short(planned['digest']))).toContain('Approved change:');
    expect(work.json('status', '--mine')).toMatchObject({ waiting: [] });
    const { report } = work.json('report', ID) as {
      report?: {
        finished: boolean;
        cycles: object[];
        changes: { about: string; from: null; artifacts: { path: string; units: { key: string }[] }[] }[];
      };
    };
    expect(report).toMatchObject({ finished: false, cycles: [{ n: 1, title: 'Name the author', status: 'APPROVED' }] });
    const [only] = report!.changes;
    expect(only).toMatchObject({ about: 'change:1', from: null });
    expect(only!.artifacts.map((one) => one.path)).toEqual(['requirements.md', 'design.md']);
    expect(only!.artifacts[0]!.units.map((one) => one.key)).toContain('REQ-3');
    expect(work.cli('report', ID, '--html', 'r.html').exit).toBe(0);
    expect(work.read('r.html')).toContain('Cycles of change');
  });

  it('leaves the approved text as the baseline while it is open, and builds nothing before its plan is approved', () => {
    const work = created();
    change(work, 'propose');
    spec(work, cycles[1]!);
    expect(gates(work)[0]).toBe('stage:design open');
    expect(work.json('run-check', ID, 'CHK-1')['blocks']).toEqual(['change 1: there is no plan yet']);
    expect(work.json('submit', ID, 'design')['blocks']).toContain('change 1 is open: it is decided and closed first');
    const write = { tool_name: 'Write', tool_input: { file_path: work.path('app/hello.py') } };
    const denied = work.hook('pre-tool-use', { ...write, session_id: 'other' });
    expect(denied?.hookSpecificOutput?.permissionDecision).toBe('deny');
    const planned = change(work, 'plan');
    work.types(short(planned['digest']));
    expect(work.hook('pre-tool-use', { ...write, session_id: 'other' })).toBeUndefined();
    const elsewhere = { tool_name: 'Write', tool_input: { file_path: work.path('app/Dockerfile') } };
    const outside = work.hook('pre-tool-use', { ...elsewhere, session_id: 'other' })?.hookSpecificOutput;
    expect(outside?.permissionDecisionReason).toContain('whose approved plan does not name it (app/hello.py)');
  });

  it('records the files at the paths of its plan: any other that moved stays ungated', () => {
    const work = created();
    expect(work.cli('as-built', ID).exit).toBe(0);
    work.types(short(work.json('submit', ID, 'as-built')['digest']));
    expect(work.cli('verify').exit).toBe(0);
    const { verified } = cycle(work, 'Name the author', cycles[1]!);
    expect(verified).toMatchObject({ status: 'APPLIED' });
    expect(work.cli('verify').exit).toBe(0);
    work.write('app/hello.py', FIRST.program);
    expect(work.cli('verify').out).toContain('app/hello.py');
  });

  it('is abandoned with its reason, and brings the approved texts back when asked', () => {
    const work = created();
    change(work, 'propose');
    spec(work, cycles[2]!);
    const before = readdirSync(work.path('deliveries', ID, 'evidence')).length;
    expect(change(work, 'abandon', '--restore', '--text', 'not wanted')).toMatchObject({ status: 'ABANDONED' });
    expect(work.read(`deliveries/${ID}/requirements.md`)).toBe(FIRST.requirements);
    expect(readdirSync(work.path('deliveries', ID, 'evidence')).length).toBeGreaterThan(before);
    expect(gates(work)[0]).toBe('stage:design open');
    expect(change(work, 'plan').exit).toBe(2);
  });

  it('of a requirement that another open change touches is refused, and rests on the new text after a rebase', () => {
    const work = created();
    work.git('add', '--all');
    work.git('commit', '--quiet', '-m', 'Hello');
    const open = (branch: string, to: CycleText) => {
      work.git('checkout', '--quiet', '-b', branch, 'main');
      change(work, 'propose', '--text', branch);
      spec(work, to);
      expect(change(work, 'plan')['blocks']).toEqual([]);
      work.git('add', '--all');
      work.git('commit', '--quiet', '-m', branch);
    };
    open('argument', cycles[2]!);
    open('polite', { ...FIRST, requirements: FIRST.requirements.replace('to the world.', 'to the whole world.') });
    work.git('merge', '--quiet', '-X', 'theirs', '-m', 'Both', 'argument');
    const planned = change(work, 'plan');
    expect(String(planned['blocks'])).toContain('is open, too, and touches REQ-1');
    expect(change(work, 'abandon', '--text', 'one is enough')).toMatchObject({ status: 'ABANDONED' });
    expect(change(work, 'rebase')['blocks']).toEqual([]);
    expect(change(work, 'plan')['blocks']).toEqual([]);
  });

  it('can be looked at where git knows nobody, and not be proposed there', () => {
    const work = project();
    expect(work.cli('new', 'one').exit).toBe(0);
    const nobody = { HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere' };
    expect(work.cliWith(nobody, 'change', 'one')).toMatchObject({ exit: 0, err: '' });
    expect(work.cliWith(nobody, 'change', 'one', 'propose').exit).toBe(2);
  });
});
