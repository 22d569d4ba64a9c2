import type { Evidence, Fact } from '../contract.ts';
import { Enclosing, type Reach } from '../story/enclosing.ts';
import { append, pathOf, placeOf } from '../story/fact-graph.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { criterionOf } from './criterion.ts';
import { code } from './markdown.ts';
import { ruleOf } from './rule-of.ts';

/** What has to hold of a run, and the place that says so. */
export interface SuggestedCriterion {
  text: string;
  rule: string;
  evidence: Evidence[];
}

/**
 * Criteria from the checks of a story: what is looked at before anything is written is a condition of the run, what is tried
 * again until it holds is named by the step that tries, a job by the checks in it, and what is said twice is told once.
 */
export function criteriaOf({ checks, steps }: Story): SuggestedCriterion[] {
  const firstWrite = steps.find(({ effect, elsewhere }) => effect === 'write' || elsewhere)?.number ?? Infinity;
  const byLines = stepsByLines(steps);
  const outer = holding(checks);
  const told = new Map<string, SuggestedCriterion>();
  for (const check of checks) {
    if (outer.has(check)) continue;
    const { line: from, endLine: to } = placeOf(check);
    const step = byLines.get(pathOf(check))?.around({ from, to })[0]?.step;
    const rule = ruleOf(check);
    const name = code(check.name);
    const text =
      rule === 'ansible-until' && step !== undefined
        ? `${code(step.fact.name)} is tried again until ${name}.`
        : step !== undefined && step.number < firstWrite && firstWrite !== Infinity && rule === 'ansible-assert'
          ? `Nothing is written before ${name} holds.`
          : criterionOf(check);
    const known = told.get(text);
    if (known === undefined) told.set(text, { text, rule, evidence: [...check.evidence] });
    else known.evidence.push(...check.evidence);
  }
  return [...told.values()];
}

/** Steps of each file by their lines. */
function stepsByLines(steps: Story['steps']): Map<string, Enclosing<Reach & { step: Step }>> {
  const files = new Map<string, (Reach & { step: Step })[]>();
  for (const step of steps) {
    const { line, endLine } = placeOf(step.fact);
    append(files, pathOf(step.fact), { from: line, to: endLine, step });
  }
  return new Map([...files].map(([path, found]) => [path, new Enclosing(found)]));
}

/** Checks around others: the job of a step that checks says no more than the step. In the order of files and lines. */
function holding(checks: readonly Fact[]): ReadonlySet<Fact> {
  const found = new Set<Fact>();
  const open: Fact[] = [];
  for (const check of checks) {
    const place = placeOf(check);
    while (open.length > 0) {
      const last = placeOf(open.at(-1)!);
      if (last.path === place.path && last.endLine >= place.endLine && last.line < place.line) break;
      open.pop();
    }
    if (open.length > 0) found.add(open.at(-1)!);
    open.push(check);
  }
  return found;
}
