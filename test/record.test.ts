import { createHash } from 'node:crypto';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { gates, ID, reach } from './helpers/zone-file.ts';

const ledger = (name: string) => `deliveries/${ID}/ledger/${name}`;

async function approved(): Promise<{ work: Project; names: string[] }> {
  const work = project();
  await reach(work, 'feasibility');
  return { work, names: byParents(work) };
}

/** Event files in the order of the DAG, which is a line here. */
function byParents(work: Project): string[] {
  const all = work.events(ID);
  const order: string[] = [];
  for (let parent: string | undefined; ; ) {
    const next = all.find((event) => event.parents[0] === parent && event.parents.length === (parent ? 1 : 0));
    if (next === undefined) return order;
    order.push(next.name);
    parent = next.name.slice(0, 64);
  }
}

/** Adds an event as somebody would who knows the format, under the name of its hash. */
function forge(work: Project, id: string, change: (event: Record<string, unknown>) => void): string {
  const head = byParents(work).at(-1)!;
  const event = JSON.parse(work.read(ledger(head))) as Record<string, unknown>;
  event['parents'] = [head.slice(0, 64)];
  change(event);
  const bytes = JSON.stringify(sorted(event));
  const name = `${createHash('sha256').update(bytes).digest('hex')}.json`;
  work.write(`deliveries/${id}/ledger/${name}`, bytes);
  return name;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Verify ends with 3 and names the place; every way in refuses to go on. */
function expectBroken(work: Project, place: string): void {
  const { exit, faults } = work.json('verify') as unknown as { exit: number; faults: { path: string }[] };
  expect(exit).toBe(3);
  expect(faults.map((fault) => fault.path)).toContain(place);
  const status = work.cli('status');
  expect(status.exit).toBe(3);
  expect(status.out).toContain('nothing is repaired by itself');
  const submitted = work.cli('submit', ID, 'design');
  expect(submitted.exit).toBe(3);
  expect(submitted.err).toContain(place);
  expect(submitted.err).not.toContain('    at ');
}

describe('a ledger that was tampered with', () => {
  it('names the file of which one byte was altered', async () => {
    const { work, names } = await approved();
    const path = ledger(names[2]!);
    work.write(path, work.read(path).replace('Ada', 'Eve'));
    expectBroken(work, path);
  });

  it('names the file that was renamed', async () => {
    const { work, names } = await approved();
    const other = ledger(`${'0'.repeat(64)}.json`);
    renameSync(work.path(ledger(names[1]!)), work.path(other));
    expectBroken(work, other);
  });

  it('names the event whose parent was deleted', async () => {
    const { work, names } = await approved();
    rmSync(work.path(ledger(names[2]!)));
    expectBroken(work, ledger(names[3]!));
  });

  it('names a file that does not belong there, and a link', async () => {
    const { work } = await approved();
    work.write(ledger('notes.txt'), 'hello');
    expectBroken(work, ledger('notes.txt'));
  });

  it('names an event of another delivery', async () => {
    const { work } = await approved();
    await reach(work, 'created', { id: 'other' });
    const [foreign] = work.events('other');
    work.write(ledger(foreign!.name), work.read(`deliveries/other/ledger/${foreign!.name}`));
    expectBroken(work, ledger(foreign!.name));
    expect(work.cli('status', 'other').exit).toBe(0);
  });

  it('names an approval whose subject was written over', async () => {
    const { work, names } = await approved();
    const name = forge(work, ID, (event) => {
      const submitted = JSON.parse(work.read(ledger(names[1]!)));
      event['type'] = 'submitted';
      event['actor'] = submitted.actor;
      event['body'] = { ...submitted.body, subject: { ...submitted.body.subject, round: 9 } };
    });
    expectBroken(work, ledger(name));
  });

  it('says upgrade for an event of a newer format', async () => {
    const { work } = await approved();
    forge(work, ID, (event) => {
      event['v'] = 2;
    });
    const { exit, out } = work.cli('verify');
    expect(exit).toBe(3);
    expect(out).toContain('written by a newer Countersign');
  });

  it('is broken for the typed approval and the MCP tools too', async () => {
    const { work, names } = await approved();
    work.write(ledger(names[0]!), '{}');
    expect(work.types('0123456789ab')).toContain('Nothing was decided');
    const mcp = await connect(work);
    expect((await mcp.call('submit', { delivery: ID, stage: 'design' })).error).toContain(names[0]);
    expect(work.hook('session-start', {})?.hookSpecificOutput?.additionalContext).toContain('Integrity fault in');
  });
});

describe('a ledger that was rewound', () => {
  it('is called rewound when its newest event is gone, and no gate is open', async () => {
    const { work, names } = await approved();
    rmSync(work.path(ledger(names.at(-1)!)));
    const { exit, out } = work.cli('verify');
    expect(exit).toBe(1);
    expect(out).toContain(`rewound: events seen here before are gone (${names.at(-1)!.slice(0, 12)})`);
    expect(new Set(Object.values(gates(work)))).not.toContain('open');
    expect(work.cli('submit', ID, 'feasibility').exit).toBe(1);
    expect(work.cli('verify', '--forget-seen')).toMatchObject({ exit: 2 });
  });

  it('is no rewind to look at an older branch and come back', async () => {
    const work = project();
    await reach(work, 'requirements');
    work.git('add', '-A');
    work.git('commit', '-qm', 'requirements');
    work.git('checkout', '-qb', 'later');
    const mcp = await connect(work);
    await mcp.call('state_fact', { delivery: ID, need: 'CAP-1', status: 'resolved', fact: 'x', by: 'Ada Tester' });
    work.git('add', '-A');
    work.git('commit', '-qm', 'fact');
    work.git('checkout', '-q', 'main');
    expect(work.cli('verify').exit).toBe(0);
    work.git('checkout', '-q', 'later');
    expect(work.cli('verify').exit).toBe(0);
  });
});

describe('evidence', () => {
  const pieces = (work: Project) => readdirSync(work.path('deliveries', ID, 'evidence'));

  it('that was altered is an integrity fault with its path', async () => {
    const { work } = await approved();
    const name = pieces(work).find((one) => one.endsWith('.md'))!;
    const path = `deliveries/${ID}/evidence/${name}`;
    writeFileSync(work.path(path), 'changed');
    const { exit, out } = work.cli('verify');
    expect(exit).toBe(3);
    expect(out).toContain(path.replace(/\.\w+$/, ''));
  });

  it('that is missing is an integrity fault with its path', async () => {
    const { work } = await approved();
    for (const name of pieces(work)) rmSync(work.path('deliveries', ID, 'evidence', name));
    const { exit, faults } = work.json('verify') as unknown as { exit: number; faults: { rule: string }[] };
    expect(exit).toBe(3);
    expect(new Set(faults.map((fault) => fault.rule))).toEqual(new Set(['missing-evidence']));
    expect(faults).toHaveLength(3);
  });

  it('of an approved build that was altered does not keep verify from judging the other deliveries', async () => {
    const work = project();
    await reach(work, 'as-built');
    await reach(work, 'requirements', { id: 'other' });
    const manifest = pieces(work).filter((one) => one.endsWith('.json'));
    for (const name of manifest) writeFileSync(work.path('deliveries', ID, 'evidence', name), '{}');
    work.write('deliveries/other/requirements.md', 'changed');
    const { exit, faults, findings } = work.json('verify') as unknown as {
      exit: number;
      faults: { path: string }[];
      findings: { path: string }[];
    };
    expect(exit).toBe(3);
    expect(faults.length).toBeGreaterThan(0);
    expect(findings.map((one) => one.path)).toContain('deliveries/other');
  });

  it('that no probe recorded is no platform snapshot, whatever its hash', async () => {
    const work = project();
    await reach(work, 'feasibility');
    const frozen = pieces(work).find((one) => one.endsWith('.md'))!;
    const path = `deliveries/${ID}/feasibility.md`;
    work.write(path, work.read(path).replace(/sha256:[0-9a-f]{64}/, `sha256:${frozen.slice(0, 64)}`));
    const { exit, out, err } = work.cli('validate', ID);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(out).toContain(`${path}:4: error no probe of this delivery recorded`);
  });
});

describe('clocks', () => {
  it('finds an event from the future, and does not order by it', async () => {
    const { work } = await approved();
    forge(work, ID, (event) => {
      Object.assign(event, {
        at: '2999-01-01T00:00:00.000Z',
        type: 'started',
        body: { task: 'TSK-1.1', component: 'CMP-1' },
      });
    });
    const { exit, findings } = work.json('verify') as unknown as {
      exit: number;
      findings: { rule: string; severity: string; message: string }[];
    };
    expect(exit).toBe(0);
    expect(findings).toMatchObject([{ rule: 'clock', severity: 'warning' }]);
    expect(findings[0]!.message).toContain('2999-01-01');
    expect(gates(work)['requirements']).toBe('open');
  });
});
