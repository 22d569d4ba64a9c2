import type { IntegrityProblem } from '../ledger/ledger.ts';
import type { Advice } from './advice.ts';
import type { Flow } from './flow.ts';
import type { Report } from './report.ts';

/** One delivery in the list of all of them. */
export interface Summary {
  delivery: string;
  title: string;
  owner: string;
  track: string;
  risk: string;
  template: string;
  tickets: string[];
  stages: { title: string; state: string }[];
  /** The gate that waits for a person's decision; empty where none does. */
  waitsFor: string;
  finished: boolean;
  next: string;
  requirements: { total: number; passed: number };
  checks: { total: number; passed: number };
  deviations: number;
  flow: Flow;
  advice: Advice[];
  /** The last event, RFC 3339. */
  lastAt: string;
  problems: string[];
}

export function summaryOf(report: Report): Summary {
  const { delivery, title, owner, track, risk, template, tickets, stages, finished, next, requirements, checks } =
    report;
  return {
    delivery,
    title,
    owner,
    track,
    risk,
    template,
    tickets,
    stages: stages.map((stage) => ({ title: stage.title, state: stage.state })),
    waitsFor: stages.find((stage) => stage.waitsForPerson)?.title ?? '',
    finished,
    next,
    requirements: { total: requirements.length, passed: requirements.filter((one) => one.proof === 'passed').length },
    checks: { total: checks.length, passed: checks.filter((one) => one.state === 'passed').length },
    deviations: report.deviations.length,
    flow: report.flow,
    advice: report.advice,
    lastAt: report.timeline.at(-1)?.at ?? '',
    problems: report.problems,
  };
}

/** What can be said of a delivery whose ledger does not hold together: no fact of it, only what is wrong. */
export interface Broken {
  delivery: string;
  problems: IntegrityProblem[];
}
