import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deliveryFolders } from '../mcp-server/src/adapters/deliveries.ts';
import { append, record } from '../mcp-server/src/app/append.ts';
import type { Ports } from '../mcp-server/src/app/ports.ts';
import { Fault } from '../mcp-server/src/domain/fault.ts';
import { readLedger } from '../mcp-server/src/domain/ledger/ledger.ts';

/** Histories that are tried; `MODEL_RUNS=2000` for a run by hand. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 60);
const ID = 'vlan-provisioning';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A clone of one repository: what lies in its ledger folder, and how the product writes there. */
class Clone {
  readonly ports: Ports;
  readonly ledger: string;

  constructor(name: string) {
    const root = join(folder, name);
    this.ledger = join(root, 'deliveries', ID, 'ledger');
    mkdirSync(this.ledger, { recursive: true });
    const deliveries = deliveryFolders({ root, state: join(root, '.state') } as Parameters<typeof deliveryFolders>[0]);
    this.ports = { deliveries, now: () => new Date(1_767_600_000_000) } as unknown as Ports;
  }

  read = () => readLedger(ID, this.ports.deliveries.ledgerFiles(ID));
}

/** What has to lie in a clone's folder: bytes by file name. */
type Files = Map<string, string>;

/** What was said and written so far, and the two clones as they have to be. */
interface Model {
  clones: [Files, Files];
  /** Makes every event another. */
  told: number;
}
type Real = [Clone, Clone];

interface Told {
  parents: string[];
  type: string;
  delivery: string;
}

/** The rules of docs/ledger.md a second time: the events by id where the folder holds together, undefined where not. */
function naive(files: Files): Map<string, Told> | undefined {
  const events = new Map<string, Told>();
  for (const [name, content] of files) {
    if (name.startsWith('.tmp-')) continue;
    const hash = createHash('sha256').update(content).digest('hex');
    if (name !== `${hash}.json`) return undefined;
    const event = eventIn(content);
    if (event?.delivery !== ID) return undefined;
    events.set(hash, event);
  }
  const all = [...events.values()];
  if (all.filter((one) => one.type === 'created').length !== 1) return undefined;
  return all.every((one) => one.parents.every((parent) => events.has(parent))) ? events : undefined;
}

/** Members of what is written are in order already, so the engine's own JSON is the canonical one. */
function eventIn(content: string): Told | undefined {
  try {
    const event = JSON.parse(content) as Told;
    return JSON.stringify(event) === content ? event : undefined;
  } catch {
    return undefined;
  }
}

const headsOf = (events: ReadonlyMap<string, Told>) => {
  const parents = new Set([...events.values()].flatMap((one) => one.parents));
  return [...events.keys()].filter((id) => !parents.has(id)).sort();
};

/** The folder as it has to be, and the product's view of it as the rules say. */
function agrees(model: Model, real: Real): void {
  for (const [at, clone] of real.entries()) {
    const files = model.clones[at]!;
    const there = readdirSync(clone.ledger).map((name) => [name, readFileSync(join(clone.ledger, name), 'utf8')]);
    expect(new Map(there as [string, string][])).toEqual(files);
    const events = naive(files);
    const read = clone.read();
    if (events === undefined) {
      seen.broken += 1;
      expect(read).toHaveProperty('problems');
    } else {
      seen.whole += 1;
      if (headsOf(events).length > 1) seen.branched += 1;
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      expect(read.graph.order.map((one) => one.id).sort()).toEqual([...events.keys()].sort());
      expect(read.graph.heads).toEqual(headsOf(events));
      const place = new Map(read.graph.order.map((one, index) => [one.id, index]));
      for (const [id, { parents }] of events)
        for (const parent of parents) expect(place.get(parent)!).toBeLessThan(place.get(id)!);
    }
  }
}

/** What the histories got to: they are worth nothing if every one is broken at once. */
const seen = { whole: 0, broken: 0, branched: 0 };

type Command = fc.Command<Model, Real>;
const started = (model: Model) => ({
  type: 'started' as const,
  actor: { kind: 'agent' as const, name: 'client', via: 'mcp' },
  body: { task: `TSK-${++model.told}.1`, component: 'CMP-1' },
});

function command(name: string, run: (model: Model, real: Real) => void): Command {
  return {
    check: () => true,
    run(model, real) {
      run(model, real);
      agrees(model, real);
    },
    toString: () => name,
  };
}

/** One of the names in a folder; undefined where it is empty. */
const pick = (files: Files, which: number) =>
  [...files.keys()].filter((one) => !one.startsWith('.tmp-'))[(which % 97) % Math.max(1, files.size)];

const appends = (at: 0 | 1) =>
  command(`append in ${at}`, (model, real) => {
    const [files, clone] = [model.clones[at], real[at]];
    const events = naive(files);
    const write = () => append(clone.ports, ID, () => started(model));
    if (events === undefined) {
      expect(write).toThrow(Fault);
      return;
    }
    const id = write()!;
    const content = readFileSync(join(clone.ledger, `${id}.json`), 'utf8');
    expect((JSON.parse(content) as Told).parents).toEqual(headsOf(events));
    files.set(`${id}.json`, content);
  });

/** Somebody who knew only some of the events, as a writer on another branch does. */
const branches = (at: 0 | 1, which: number) =>
  command(`branch in ${at} from ${which}`, (model, real) => {
    const [files, clone] = [model.clones[at], real[at]];
    const events = naive(files);
    if (events === undefined) return;
    const parent = [...events.keys()].sort()[which % events.size]!;
    const id = record(clone.ports, ID, started(model), [parent]);
    files.set(`${id}.json`, readFileSync(join(clone.ledger, `${id}.json`), 'utf8'));
  });

/** As git does: files that are not there come over. */
const merges = (from: 0 | 1) =>
  command(`merge ${from}`, (model, real) => {
    const to = from === 0 ? 1 : 0;
    for (const [name, content] of model.clones[from]) {
      if (name.startsWith('.tmp-') || model.clones[to].has(name)) continue;
      model.clones[to].set(name, content);
      writeFileSync(join(real[to].ledger, name), content);
    }
  });

/** A writer that dies before its rename leaves the beginning of an event. */
const crashes = (at: 0 | 1, which: number) =>
  command(`crash in ${at}`, (model, real) => {
    const [content = ''] = [...model.clones[at].values()];
    const name = `.tmp-${which}-dead`;
    model.clones[at].set(name, content.slice(0, which));
    writeFileSync(join(real[at].ledger, name), content.slice(0, which));
  });

const TAMPERING = {
  changes: (content: string) => content.replace('"client"', '"Client"'),
  truncates: (content: string) => content.slice(0, -1),
  pads: (content: string) => `${content}\n`,
  moves: (content: string) => content.replace(`"${ID}"`, '"other"'),
} as const;

const tampers = (how: keyof typeof TAMPERING, at: 0 | 1, which: number) =>
  command(`${how} in ${at}`, (model, real) => {
    const name = pick(model.clones[at], which);
    if (name === undefined) return;
    const content = TAMPERING[how](model.clones[at].get(name)!);
    model.clones[at].set(name, content);
    writeFileSync(join(real[at].ledger, name), content);
  });

/** With the name of its hash, so that nothing but its content is wrong, if anything is. */
const forges = (how: 'moves' | 'changes', at: 0 | 1, which: number) =>
  command(`forges ${how} in ${at}`, (model, real) => {
    const of = pick(model.clones[at], which);
    if (of === undefined) return;
    const content = TAMPERING[how](model.clones[at].get(of)!);
    const name = `${createHash('sha256').update(content).digest('hex')}.json`;
    model.clones[at].set(name, content);
    writeFileSync(join(real[at].ledger, name), content);
  });

const removes = (at: 0 | 1, which: number) =>
  command(`remove in ${at}`, (model, real) => {
    const name = pick(model.clones[at], which);
    if (name === undefined) return;
    model.clones[at].delete(name);
    rmSync(join(real[at].ledger, name));
  });

const renames = (at: 0 | 1, which: number) =>
  command(`rename in ${at}`, (model, real) => {
    const name = pick(model.clones[at], which);
    if (name === undefined) return;
    const other = `${name.slice(0, -6)}${name.at(-6) === '0' ? '1' : '0'}.json`;
    model.clones[at].set(other, model.clones[at].get(name)!);
    model.clones[at].delete(name);
    renameSync(join(real[at].ledger, name), join(real[at].ledger, other));
  });

/** Brings back what git holds: what the other clone has, where it is whole. */
const restores = (at: 0 | 1) =>
  command(`restore ${at}`, (model, real) => {
    const other = model.clones[at === 0 ? 1 : 0];
    if (naive(other) === undefined) return;
    rmSync(real[at].ledger, { recursive: true });
    mkdirSync(real[at].ledger);
    model.clones[at] = new Map(other);
    for (const [name, content] of other) writeFileSync(join(real[at].ledger, name), content);
  });

const at = fc.constantFrom(0 as const, 1 as const);
const which = fc.nat(96);
const both = fc.tuple(at, which);
/** Writing three times as often as breaking, or there would be little to break. */
const writing = [at.map(appends), both.map((one) => branches(...one)), at.map(merges)];
const history = fc.commands(
  [
    ...writing,
    ...writing,
    ...writing,
    at.map(restores),
    at.map(restores),
    both.map((one) => crashes(...one)),
    both.map((one) => removes(...one)),
    both.map((one) => renames(...one)),
    fc.tuple(fc.constantFrom('changes', 'truncates', 'pads', 'moves'), at, which).map((one) => tampers(...one)),
    fc.tuple(fc.constantFrom('moves', 'changes'), at, which).map((one) => forges(...one)),
  ],
  { maxCommands: 25 },
);

it('[R-LEDGER-11] reads as its rules, written down a second time, say, whoever writes, merges, dies or tampers', () => {
  let run = 0;
  fc.assert(
    fc.property(history, (commands) => {
      fc.modelRun(() => {
        run += 1;
        const real: Real = [new Clone(`${run}-a`), new Clone(`${run}-b`)];
        const created = {
          type: 'created' as const,
          actor: { kind: 'human' as const, name: 'client', via: 'cli' },
          body: { nonce: 'nonce-of-the-first-event', title: 'T', track: 'standard' as const },
        };
        const files: Files = new Map();
        for (const { ports } of real) record(ports, ID, created, []);
        for (const name of readdirSync(real[0].ledger))
          files.set(name, readFileSync(join(real[0].ledger, name), 'utf8'));
        const clones: Model['clones'] = [files, new Map(files)];
        return { model: { clones, told: 0 }, real };
      }, commands);
    }),
    { numRuns: RUNS },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(RUNS / 10);
});
