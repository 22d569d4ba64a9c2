import type { Story } from '../story/story.ts';

const mostNodes = 25;

/** Phases of one entry point in their order, with the steps that write marked; Mermaid. */
export function phaseDiagram({ phases, approvals }: Story): string {
  const shown = phases.slice(0, mostNodes);
  const nodes = shown.map(({ name, from, to, writes }, at) => {
    const steps = from === to ? `step ${from}` : `steps ${from}-${to}`;
    return `  p${at + 1}["${label(name)}<br/>${steps}${writes > 0 ? `, ${writes} write` : ''}"]`;
  });
  const edges = shown.slice(1).map((_, at) => `  p${at + 1} --> p${at + 2}`);
  const more =
    phases.length > shown.length ? [`  p${shown.length} --> more["${phases.length - shown.length} more"]`] : [];
  const asked =
    approvals.length > 0
      ? [`  start(["start"]) --> p1`, `  person{{"asks a person: ${approvals.length}"}} -.- p1`]
      : [`  start(["start"]) --> p1`];
  return fence([
    'flowchart TD',
    ...nodes,
    ...(shown.length > 0 ? asked : ['  start(["nothing seen"])']),
    ...edges,
    ...more,
  ]);
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
