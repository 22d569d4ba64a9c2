import { pathOf, placeOf } from '../story/fact-graph.ts';
import type { Phase } from '../story/phases.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';

const mostNodes = 25;

/** Phases of one entry point in their order, with the steps that write and the people who are asked; Mermaid. */
export function phaseDiagram(story: Pick<Story, 'phases' | 'approvals' | 'steps'>): string {
  const phases = story.phases.length > mostNodes ? joined(story.phases) : story.phases;
  const shown = phases.slice(0, mostNodes);
  const nodes = shown.map(({ name, from, to, writes }, at) => {
    const steps = from === to ? `step ${from}` : `steps ${from}-${to}`;
    return `  p${at + 1}["${label(name)}<br/>${steps}${writes > 0 ? `, ${writes} write` : ''}"]`;
  });
  const edges = edgesOf(shown, story.steps);
  const more =
    phases.length > shown.length ? [`  p${shown.length} --> more["${phases.length - shown.length} more"]`] : [];
  return fence([
    'flowchart TD',
    ...nodes,
    ...(shown.length > 0 ? ['  start(["start"]) --> p1', ...people(story, shown)] : ['  start(["nothing seen"])']),
    ...edges,
    ...more,
  ]);
}

/** From phase to phase; what runs only after a failure hangs on what comes before it, and the run goes past it. */
function edgesOf(phases: readonly Phase[], steps: readonly Step[]): string[] {
  const edges: string[] = [];
  let last: number | undefined;
  phases.forEach((phase, at) => {
    const isForFailure = steps.slice(phase.from - 1, phase.to).every(({ onlyOnFailure }) => onlyOnFailure);
    if (last !== undefined) edges.push(`  p${last + 1} ${isForFailure ? '-. on failure .->' : '-->'} p${at + 1}`);
    if (!isForFailure || last === undefined) last = at;
  });
  return edges;
}

/** Neighbours that belong to one part, `web: install` and `web: configure`, as one. */
function joined(phases: readonly Phase[]): Phase[] {
  const found: Phase[] = [];
  for (const phase of phases) {
    const name = phase.name.replace(/: .*/s, '');
    const last = found.at(-1);
    if (last?.name === name) {
      last.to = phase.to;
      last.writes += phase.writes;
    } else found.push({ ...phase, name });
  }
  return found;
}

/** Who is asked, at the phase in which it happens. */
function people({ approvals, steps }: Pick<Story, 'approvals' | 'steps'>, phases: readonly Phase[]): string[] {
  const numbers = new Map(steps.map(({ fact, number }) => [`${pathOf(fact)}:${placeOf(fact).line}`, number]));
  const asked = new Map<number, number>();
  for (const approval of approvals) {
    const number = numbers.get(`${pathOf(approval)}:${placeOf(approval).line}`);
    const at = number === undefined ? 0 : phases.findIndex(({ from, to }) => from <= number && number <= to);
    if (at >= 0) asked.set(at, (asked.get(at) ?? 0) + 1);
  }
  return [...asked].map(([at, count]) => `  person${at + 1}{{"asks a person: ${count}"}} -.- p${at + 1}`);
}

/** Which entry points touch which systems; Mermaid. */
export function systemDiagram(stories: readonly Story[]): string {
  const all = [...new Set(stories.flatMap((story) => story.systems.map((tie) => tie.system)))];
  const systems = all.slice(0, mostNodes);
  const shown = stories.slice(0, mostNodes);
  const left = [
    [stories.length - shown.length, 'entry points'],
    [all.length - systems.length, 'systems'],
  ] as const;
  return fence([
    'flowchart LR',
    ...shown.map(({ entry }, at) => `  e${at + 1}["${label(entry.name)}"]`),
    ...systems.map((system, at) => `  s${at + 1}(["${label(system)}"])`),
    ...shown.flatMap((story, at) =>
      systems.flatMap((system, to) =>
        story.systems.some((tie) => tie.system === system) ? [`  e${at + 1} --> s${to + 1}`] : [],
      ),
    ),
    ...left.flatMap(([count, what], at) => (count > 0 ? [`  more${at + 1}["${count} more ${what}"]`] : [])),
  ]);
}

/** Labels hold what no renderer takes for syntax. */
function label(text: string): string {
  const plain = text
    .replace(/[^\p{L}\p{N} ._/:-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 50 ? `${plain.slice(0, 49)}…` : plain;
}

function fence(lines: readonly string[]): string {
  return ['```mermaid', ...lines, '```'].join('\n');
}
