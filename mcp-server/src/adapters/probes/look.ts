import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Looked, LookRequest } from '../../app/ports/platforms.ts';
import type { PlatformFact, ProbeCall } from '../../domain/feasibility/snapshot.ts';
import type { ProbeSettings } from '../../domain/policy/probes.ts';
import { smallFile } from '../small-file.ts';
import { PROBES } from './catalogue.ts';
import { cleanCall, cleanFact } from './clean.ts';
import { handsFor, type Notes } from './hands.ts';
import type { Probe, Surroundings, Target } from './probe.ts';
import { type Run, sharedRuns } from './shared-runs.ts';

const MAX_FILE = 4 * 1024 * 1024;
/** How long a probe has to say what it could not ask when its time is up. */
const GRACE_MS = 100;

/**
 * Runs probes, all at once, each target for at most the time that policy gives it. What it had found by then stays.
 *
 * @param root of the project
 * @param request names of probes and of local tools; all of them when both are left out
 */
export async function lookAround(
  root: string,
  env: NodeJS.ProcessEnv,
  settings: ProbeSettings,
  request: LookRequest,
  probes: readonly Probe[] = PROBES,
): Promise<Looked> {
  const around: Surroundings = {
    root,
    home: env['HOME'] ?? homedir(),
    env,
    settings,
    read: readBounded,
    list: listFolder,
  };
  const run = sharedRuns();
  const wanted = probes.filter((one) => isWanted(one, request));
  const begin = (some: readonly Probe[]) => some.map((one) => runProbe(one, around, request, run));
  // To start a program takes milliseconds, and of tools there are dozens: chains of questions begin before them.
  const chains = begin(wanted.filter((one) => one.name !== 'tool'));
  const found = await Promise.all([...chains, ...begin(wanted.filter((one) => one.name === 'tool'))]);
  const secrets = found.flatMap((notes) => notes.secrets);
  const facts = found.flatMap((notes) => notes.facts.map((fact) => cleanFact(fact, secrets)));
  return { facts: onePerId(facts), calls: found.flatMap(({ calls }) => calls.map((call) => cleanCall(call, secrets))) };
}

function isWanted({ name }: Probe, { probes, tools }: LookRequest): boolean {
  if (name === 'tool' && tools !== undefined) return true;
  return probes === undefined ? tools === undefined : probes.includes(name);
}

async function runProbe(probe: Probe, around: Surroundings, { tools }: LookRequest, run: Run): Promise<Notes> {
  if (around.settings.off.includes(probe.name))
    return alone({ id: probe.name, outcome: 'not-probed', reason: 'countersign.yaml turns this probe off' });
  const targets = probe.targets(around);
  if (!Array.isArray(targets)) return alone({ id: probe.name, outcome: targets.outcome, reason: targets.reason });
  const wanted =
    probe.name === 'tool' && tools !== undefined
      ? targets.filter(({ id }) => tools.includes(id.slice('tool/'.length)))
      : targets;
  const notes = await Promise.all(wanted.map((target) => runTarget(probe, target, around, run)));
  return {
    facts: notes.flatMap((one) => one.facts),
    calls: notes.flatMap((one) => one.calls),
    secrets: notes.flatMap((one) => one.secrets),
  };
}

const alone = (fact: PlatformFact): Notes => ({ facts: [fact], calls: [] as ProbeCall[], secrets: [] });

async function runTarget(probe: Probe, target: Target, around: Surroundings, run: Run): Promise<Notes> {
  if (target.refused !== undefined) return alone({ id: target.id, outcome: 'not-probed', reason: target.refused });
  const { timeout } = around.settings;
  const notes: Notes = { facts: [], calls: [], secrets: [] };
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      // What is still asked ends with this and says so; a probe that waits for something else is left behind.
      stop.abort();
      timer = setTimeout(() => resolve('late'), GRACE_MS);
    }, timeout * 1000);
  });
  try {
    const looking = Promise.resolve(probe.look(target, handsFor(probe, target, around, notes, stop.signal, run)));
    if ((await Promise.race([looking, late])) === 'late') {
      looking.catch(() => {});
      const reason = `not everything was answered within ${timeout} s`;
      notes.facts.push({ id: `${target.id}/rest`, outcome: 'not-probed', reason });
    }
    return { facts: [...notes.facts], calls: [...notes.calls], secrets: notes.secrets };
  } catch (error) {
    const reason = `the probe failed: ${error instanceof Error ? error.message : 'unknown cause'}`;
    return { ...notes, facts: [...notes.facts, { id: target.id, outcome: 'not-probed', reason }] };
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

/** Facts are cited by their id, so there is one of each: the most cautious one. */
function onePerId(facts: readonly PlatformFact[]): PlatformFact[] {
  const order = ['present', 'absent', 'not-probed', 'denied'];
  const byId = new Map<string, PlatformFact>();
  for (const fact of facts) {
    const before = byId.get(fact.id);
    if (before === undefined || order.indexOf(fact.outcome) > order.indexOf(before.outcome)) byId.set(fact.id, fact);
  }
  return [...byId.values()];
}

/** Text of a file that a probe may read. */
export const readBounded = (path: string) => smallFile(path, MAX_FILE);

export function listFolder(path: string): string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
