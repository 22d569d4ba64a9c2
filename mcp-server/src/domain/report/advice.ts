import { groupBy } from '../group.ts';
import { DAY_MS } from '../time.ts';
import type { Course, Flow } from './flow.ts';

/** Something a person may do about how deliveries go. Nothing follows from it by itself. */
export interface Advice {
  code:
    | 'slow-decisions'
    | 'many-rounds'
    | 'failing-check'
    | 'deviations'
    | 'changes-after'
    | 'broken-glass'
    | 'lighter-track';
  text: string;
  /** What to do, as a command or an edit. */
  step: string;
}

/** What the way of one delivery suggests. */
export function adviceFor({ delivery, flow }: Pick<Course, 'delivery' | 'flow'>): Advice[] {
  const advice: Advice[] = [];
  const slowest = [...flow.gates].sort((a, b) => b.waitingMs - a.waitingMs)[0];
  if (slowest !== undefined && flow.waitingMs > 2 * DAY_MS && flow.waitingMs * 2 > flow.totalMs)
    advice.push({
      code: 'slow-decisions',
      text: `more than half of the time went by waiting for a decision, most of it at ${slowest.title}`,
      step: 'name more people who may decide under roles in countersign.yaml; countersign status --mine shows each what waits',
    });
  for (const gate of flow.gates)
    if (gate.rounds >= 3)
      advice.push({
        code: 'many-rounds',
        text: `${gate.title} took ${gate.rounds} rounds`,
        step: `countersign validate ${delivery} --strict before submitting, and comments on a draft instead of rejections`,
      });
  for (const { check, failures } of flow.failing)
    if (failures >= 3)
      advice.push({
        code: 'failing-check',
        text: `${check} failed ${failures} times`,
        step: `countersign trace ${delivery} ${check}: does its criterion say what is meant?`,
      });
  if (flow.deviations >= 2)
    advice.push({
      code: 'deviations',
      text: `${flow.deviations} deviations: the design said what could not be built`,
      step: 'probe what the design relies on before it is submitted (/feasibility)',
    });
  if (flow.changesAfterAsBuilt >= 2)
    advice.push({
      code: 'changes-after',
      text: `${flow.changesAfterAsBuilt} submissions after the as-built record: what was asked for was not what was needed`,
      step: 'write what was learned into the as-built record, and into the questions of the template',
    });
  if (flow.glassBroken > 0)
    advice.push({
      code: 'broken-glass',
      text: `the glass was broken ${flow.glassBroken === 1 ? 'once' : `${flow.glassBroken} times`}`,
      step: 'a sandbox or a standing procedure for what was urgent, so that the next time needs none',
    });
  return advice;
}

/** How many clean deliveries of one kind it takes to say that their kind is simple. */
const ENOUGH = 5;

/** What all deliveries together suggest: kinds whose every gate opened at the first try. */
export function adviceForAll(reports: readonly Omit<Course, 'delivery'>[]): Advice[] {
  const candidates = reports.filter((one) => one.finished && one.risk === 'low' && one.track === 'standard');
  return [...groupBy(candidates, (one) => one.template)].flatMap(([template, all]): Advice[] => {
    if (all.length < ENOUGH || !all.every(({ flow }) => isClean(flow))) return [];
    const kind =
      template === '' ? 'deliveries of low risk without a template' : `deliveries from the template ${template}`;
    return [
      {
        code: 'lighter-track',
        text: `all ${all.length} ${kind} passed every gate unchanged: the light track would do`,
        step: 'a person decides on it: countersign submit <id> track:light, or policy:current after an edit of countersign.yaml',
      },
    ];
  });
}

/** Every gate opened with the first submission, and nothing had to be mended afterwards. */
const isClean = (flow: Flow): boolean =>
  flow.gates.every((gate) => gate.firstPass === true && gate.rounds === 1) &&
  flow.reworks + flow.deviations + flow.changesAfterAsBuilt + flow.glassBroken === 0;
