import { type Attributes, factId } from '../extract/build.ts';
import type { Extracted } from '../extract/collect.ts';
import type { Evidence, Fact, FactKind, FactStatus, FileExtraction, Reference } from '../extract/contract.ts';
import { jobsOf } from './jobs.ts';
import { enoughRuns, isObserved, type Job, type JobStep, type Origin, type Variation } from './mine/job.ts';
import { nameOf } from './mine/values.ts';
import type { Run } from './run.ts';
import { commandPath, constructOf, givenTexts } from './says.ts';
import { systemOf } from './system.ts';

export const FORMAT = 'agent-runs';

/** Constants of writes that are listed one by one; more are in the steps. */
const mostConstants = 40;

/**
 * What runs of agents say, as extraction says everything else: one workflow a job, its steps with their support, and the
 * lines of the transcripts as evidence. One entry a file, so that sources count them.
 */
export function extractedRuns(runs: readonly Run[]): Extracted[] {
  const said = jobsOf(runs).map((job) => ({ path: job.runs[0]?.at.path ?? '', extraction: jobFacts(job) }));
  const empty = (): FileExtraction => ({ facts: [], references: [], couplings: [], gaps: [], skipped: [] });
  const files = new Map<string, FileExtraction>();
  for (const { at } of runs) files.set(at.path, files.get(at.path) ?? empty());
  for (const { path, extraction } of said) {
    const file = files.get(path) ?? empty();
    file.facts.push(...extraction.facts);
    file.references.push(...extraction.references);
    file.couplings.push(...extraction.couplings);
    files.set(path, file);
  }
  return [...files].map(([path, extraction]) => ({ path, format: FORMAT, extraction }));
}

function jobFacts(job: Job): FileExtraction {
  const out: FileExtraction = { facts: [], references: [], couplings: [], gaps: [], skipped: [] };
  const writer = new FactWriter(job.name, out);
  const count = job.runs.length;
  const workflow = writer.fact(
    'workflow',
    job.name,
    job.runs.map((run) => run.at),
    {
      type: 'agent runs',
      runs: count,
      failedRuns: job.runs.filter((run) => run.failed).length,
      fewRuns: count < enoughRuns ? true : undefined,
      unused: job.unused.length > 0 ? job.unused : undefined,
      abandoned: job.abandoned.length > 0 ? [...new Set(job.abandoned.map((call) => call.tool))] : undefined,
      oneOff: job.variations
        .filter((one) => !isDecision(one))
        .flatMap((one) => one.arms.flatMap((arm) => [...arm.titles])),
      nameFrom: 'job, first prompt or session',
    },
  );
  const known = inputs(writer, job);
  const steps = job.steps.map((step) => stepFact(writer, workflow, job, step));
  for (const [at, step] of job.steps.entries()) stepTies(writer, job, step, steps[at] as Fact, steps, known);
  for (const variation of job.variations.filter(isDecision)) decision(writer, variation);
  for (const person of job.people) {
    const says = {
      asked: 'The agent asks',
      said: 'The person says',
      refused: 'The person refuses',
      stopped: 'The person stops the run',
    };
    writer.fact('approval', `${says[person.kind]}: ${person.texts[0] ?? ''}`, person.evidence, {
      task: person.after,
      by: 'person',
      after: person.after,
      support: person.support,
      of: count,
      texts: [...person.texts],
      nameFrom: 'kind and text',
    });
  }
  return out;
}

/** Inputs by their names, secrets by the name that they are given under. */
function inputs(writer: FactWriter, job: Job): Map<string, Fact> {
  const known = new Map<string, Fact>();
  const rules = { declared: undefined, prompt: 'named-in-the-prompt', varies: 'differs-between-runs' };
  for (const input of job.inputs) {
    const fact = writer.fact(
      'input',
      input.name,
      input.evidence,
      {
        rule: rules[input.by],
        required: true,
        type: input.list ? 'list' : undefined,
        varies: input.varies,
        examples: [...input.examples],
        nameFrom: 'path of the value',
      },
      input.by === 'declared' ? 'observed' : 'inferred',
    );
    known.set(input.name, fact);
  }
  const secrets = new Map<string, Evidence[]>();
  for (const step of job.steps)
    for (const { path, origin } of step.values)
      if (origin.kind === 'secret') secrets.set(nameOf(path), [...(secrets.get(nameOf(path)) ?? []), ...step.evidence]);
  for (const [name, evidence] of secrets) {
    const fact = writer.fact(
      'input',
      name,
      evidence,
      { rule: 'secret-given-to-a-tool', required: true, sensitive: true, nameFrom: 'path of the value' },
      'inferred',
    );
    known.set(secretKey(name), fact);
  }
  return known;
}

const secretKey = (name: string) => `secret ${name}`;

function stepFact(writer: FactWriter, workflow: Fact, job: Job, step: JobStep): Fact {
  const count = job.runs.length;
  const seen = isObserved(step.support, count);
  const fact = writer.fact(
    'step',
    step.title,
    step.evidence,
    {
      rule: seen ? undefined : count < enoughRuns ? 'fewer-than-five-runs' : 'majority-of-runs',
      task: step.number,
      order: step.number,
      tool: step.tool,
      cluster: systemOf(step.calls[0] as JobStep['calls'][number]).name,
      effect: step.effect,
      object: step.object === '' ? undefined : step.object,
      support: step.support,
      of: count,
      construct: constructOf(step),
      given: givenTexts(step),
      turns: step.turns.most > 1 ? `${step.turns.least} to ${step.turns.most}` : undefined,
      polls: step.polls ? true : undefined,
      retries: step.retried > 0 ? `an attempt failed first in ${step.retried} of ${count} runs` : undefined,
      errors: step.errors.length > 0 ? [...step.errors] : undefined,
      recovery: step.recovery ? true : undefined,
      anyOrder: step.anyOrder.length > 0 ? [...step.anyOrder] : undefined,
      verifiedBy: step.verifiedBy,
      nameFrom: 'tool and what tells its uses apart',
    },
    seen ? 'observed' : 'inferred',
  );
  writer.refer(workflow, 'calls', fact);
  const tie = systemOf(step.calls[0] as JobStep['calls'][number]);
  if (tie.class !== undefined)
    writer.out.couplings.push({
      system: tie.name,
      class: tie.class,
      swap: 're-parameterise',
      evidence: step.evidence.slice(0, 3),
      consumers: [fact.id],
    });
  return fact;
}

function stepTies(
  writer: FactWriter,
  job: Job,
  step: JobStep,
  fact: Fact,
  steps: readonly Fact[],
  known: ReadonlyMap<string, Fact>,
): void {
  const own = { task: step.number, nameFrom: 'name of the step' };
  for (const { path, origin } of step.values) {
    if (origin.kind === 'result') writer.refer(fact, 'reads', steps[origin.step - 1] as Fact);
    for (const name of inputsOf(origin, path)) {
      const input = known.get(name);
      if (input !== undefined) writer.refer(fact, 'reads', input);
    }
  }
  const before = job.steps.findLast((one) => one.number < step.number && !step.anyOrder.includes(one.number));
  if (before !== undefined) writer.refer(fact, 'depends-on', steps[before.number - 1] as Fact);
  if (step.turns.most > 1 && !step.polls)
    writer.fact('batch', step.title, step.evidence, {
      ...own,
      mode: 'sequential',
      turns: `${step.turns.least} to ${step.turns.most}`,
    });
  const read = step.verifiedBy === undefined ? undefined : job.steps[step.verifiedBy - 1];
  if (read !== undefined)
    writer.fact(
      'check',
      read.title,
      read.evidence,
      { ...own, task: read.number, of: step.title, effect: 'read', rule: 'read-after-write' },
      'inferred',
    );
  if (step.effect !== 'write') return;
  for (const { path, origin } of step.values)
    if (origin.kind === 'constant' && !commandPath.test(path) && writer.constants++ < mostConstants)
      writer.fact(
        'value',
        `${step.title}: ${path}`,
        step.evidence,
        { ...own, value: origin.value, rule: 'same-in-every-run' },
        'inferred',
      );
}

function inputsOf(origin: Origin, path: string): readonly string[] {
  if (origin.kind === 'input') return [origin.name];
  if (origin.kind === 'template') return origin.inputs;
  return origin.kind === 'secret' ? [secretKey(nameOf(path))] : [];
}

/** One run that differs may be chance; two, or a condition that explains it, are worth a decision. */
function isDecision({ arms, conditions }: Variation): boolean {
  return conditions.length > 0 || arms.length > 1 || arms.some((arm) => arm.support > 1);
}

function decision(writer: FactWriter, { after, arms, conditions }: Variation): void {
  const ways = arms.map((arm) => arm.titles.slice(0, 6).join(', '));
  writer.fact(
    'decision',
    conditions[0] ?? `${ways[0]} or ${ways[1] ?? 'not'}`,
    arms.flatMap((arm) => arm.evidence),
    {
      rule: 'runs-part-here',
      task: after,
      after,
      conditions: [...conditions],
      ways,
      support: arms.map((arm) => arm.support),
      nameFrom: 'condition',
    },
    'inferred',
  );
}

/** Builds facts whose evidence lies in several files. */
class FactWriter {
  readonly out: FileExtraction;
  constants = 0;
  private readonly scope: string;
  private readonly used = new Map<string, number>();

  constructor(scope: string, out: FileExtraction) {
    this.scope = scope;
    this.out = out;
  }

  fact(
    kind: FactKind,
    name: string,
    evidence: readonly Evidence[],
    attributes: Attributes,
    status: FactStatus = 'observed',
  ): Fact {
    const base = factId(FORMAT, kind, this.scope, name);
    const count = (this.used.get(base) ?? 0) + 1;
    this.used.set(base, count);
    const kept = Object.fromEntries(
      Object.entries(attributes).filter(([, value]) => value !== undefined),
    ) as Fact['attributes'];
    const fact: Fact = {
      id: count === 1 ? base : `${base}#${count}`,
      format: FORMAT,
      kind,
      scope: this.scope,
      name,
      status,
      evidence: [...evidence],
      attributes: kept,
    };
    this.out.facts.push(fact);
    return fact;
  }

  refer(from: Fact, kind: Reference['kind'], to: Fact): void {
    const evidence = from.evidence[0] ?? { path: '', line: 1, endLine: 1 };
    const target = { by: 'name', format: FORMAT, kinds: [to.kind], name: to.name, scope: this.scope } as const;
    this.out.references.push({ from: from.id, kind, target, evidence });
  }
}
