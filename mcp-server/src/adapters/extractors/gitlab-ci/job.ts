import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { decisionFact } from '../ci/decision.ts';
import { isUndo, isVerification, runs } from '../ci/names.ts';
import { type Run, readRun } from '../ci/run.ts';
import { scriptOf } from '../ci/script-text.ts';
import { usedImage } from '../images.ts';
import {
  childOf,
  entriesOf,
  entryOf,
  itemsOf,
  spanOf,
  textOf,
  textsOf,
  truthOf,
  type YamlEntry,
  type YamlNode,
} from '../yaml/node.ts';
import { approvalFacts, batchFact } from './gates.ts';
import { localFile } from './includes.ts';
import { artifactFacts } from './outputs.ts';
import { scriptOfJob } from './script.ts';
import { usedVariables } from './used-variables.ts';
import { variableFacts } from './variables.ts';

export interface JobContext {
  /** The keywords of the top level, without the jobs. */
  common: YamlNode;
  stages: readonly string[];
  /** The jobs of this file by name. */
  jobs: ReadonlyMap<string, YamlEntry>;
  /** Variables of the whole pipeline. */
  declared: ReadonlySet<string>;
  /** Inferred inputs that were said already. */
  said: Set<string>;
  /** Level in the graph of needs, from 1. */
  level: number;
}

export function needsOf(job: YamlNode): string[] {
  return itemsOf(childOf(job, 'needs')).flatMap((item) => textOf(item) ?? textOf(childOf(item, 'job')) ?? []);
}

/** One job; a hidden one (`.name`) is a template that others extend. */
export function jobFacts(file: FileBuilder, entry: YamlEntry, context: JobContext): Fact {
  const { value: job, key: name } = entry;
  const template = name.startsWith('.');
  const defaults = childOf(context.common, 'default');
  const { all, own, references } = scriptOfJob(entry);
  const inherited = ancestors(entry, context.jobs);
  const effective =
    all.length > 0 ? all : (inherited.map((base) => scriptOfJob(base).all).find((lines) => lines.length > 0) ?? []);
  const run = effective.length === 0 ? undefined : readRun(scriptOf(effective));
  // Text that an anchor brings is said where it stands.
  const said =
    own.length > 0 && own.length === effective.length ? run : own.length === 0 ? undefined : readRun(scriptOf(own));
  const extended = textsOf(childOf(job, 'extends'));
  const bases = [job, ...inherited.map((base) => base.value)];
  const of = (key: string) => bases.map((base) => textOf(childOf(base, key))).find((text) => text !== undefined);
  const stage = of('stage');
  const needs = needsOf(job);
  const when = of('when');
  const onFailure =
    when === 'on_failure' ||
    itemsOf(childOf(job, 'rules')).some((rule) => textOf(childOf(rule, 'when')) === 'on_failure');
  const allowed = childOf(job, 'allow_failure');
  const fact = file.fact({
    kind: 'job',
    name,
    at: spanOf(entry),
    attributes: {
      template: template || undefined,
      stage: stage ?? (extended.length === 0 && !template ? 'test' : undefined),
      order: stage === undefined ? undefined : context.stages.indexOf(stage) + 1 || undefined,
      level: needs.length === 0 ? undefined : context.level,
      needs: list(needs),
      extends: list(extended),
      when,
      ...run?.attributes,
      // The runner stops at the first command that fails; the script need not say so.
      handlesErrors: onFailure || run?.attributes['handlesErrors'] === true || undefined,
      onFailure: onFailure || undefined,
      ignoresErrors: truthOf(allowed) === true || run?.attributes['ignoresErrors'] === true || undefined,
      allowedExitCodes: list(textsOf(childOf(allowed, 'exit_codes'))),
      retry: textOf(childOf(job, 'retry')) ?? textOf(childOf(childOf(job, 'retry'), 'max')),
      timeout: textOf(childOf(job, 'timeout')),
      tags: list(textsOf(childOf(job, 'tags'))),
      resourceGroup: textOf(childOf(job, 'resource_group')),
    },
  });
  ties(file, fact, job, { extended, references, needs, stage, context });
  if (said !== undefined) said.say(file, fact, { folder: '.' });
  variableFacts(file, childOf(job, 'variables'), `job ${name}`, spanOf(entry));
  images(file, fact, template ? [job] : [job, defaults, context.common]);
  conditions(file, fact, job);
  approvalFacts(file, fact, job, template);
  batchFact(file, fact, job);
  artifactFacts(file, fact, job);
  usedVariables(file, fact, { scalars: own, declared: context.declared, job, said: context.said });
  if (!template) intent(file, fact, entry, run, onFailure);
  return fact;
}

/** Jobs of this file that a job extends, nearest first; GitLab allows eleven levels and so does this. */
function ancestors(entry: YamlEntry, jobs: ReadonlyMap<string, YamlEntry>): YamlEntry[] {
  const found = new Set<YamlEntry>();
  let level = [entry];
  for (let depth = 0; depth < 11 && level.length > 0; depth++) {
    // Of several the last one wins.
    level = level.flatMap((job) =>
      textsOf(childOf(job.value, 'extends'))
        .reverse()
        .flatMap((name) => jobs.get(name) ?? []),
    );
    level = level.filter((job) => job !== entry && !found.has(job));
    for (const job of level) found.add(job);
  }
  return [...found];
}

function ties(
  file: FileBuilder,
  fact: Fact,
  job: YamlNode,
  said: {
    extended: readonly string[];
    references: readonly { job: string; line: number; endLine: number }[];
    needs: readonly string[];
    stage: string | undefined;
    context: JobContext;
  },
): void {
  const { scope } = file;
  const place = fact.evidence[0] ?? { line: 1, endLine: 1 };
  const tie = (kind: 'includes' | 'depends-on', name: string, at: Span) => {
    // A job of another name may stand in a file that includes this one, or that this one includes.
    const where = said.context.jobs.has(name) ? { scope } : {};
    file.refer(fact, kind, { by: 'name', format: 'gitlab-ci', kinds: ['job'], name, ...where }, at);
  };
  for (const name of said.extended) tie('includes', name, place);
  for (const reference of said.references) tie('includes', reference.job, reference);
  for (const name of said.needs) tie('depends-on', name, place);
  if (said.stage !== undefined)
    file.refer(fact, 'depends-on', { by: 'name', kinds: ['stage'], name: said.stage, scope }, place);
  const trigger = entryOf(job, 'trigger');
  if (trigger === undefined) return;
  const include = childOf(trigger.value, 'include');
  for (const text of [...textsOf(include), ...itemsOf(include).flatMap((item) => textOf(childOf(item, 'local')) ?? [])])
    localFile(file, fact, text, spanOf(trigger));
  const project = textOf(trigger.value) ?? textOf(childOf(trigger.value, 'project'));
  if (project !== undefined)
    file.couple({
      system: project,
      class: 'pipeline',
      swap: 're-parameterise',
      at: spanOf(trigger),
      consumers: [fact],
    });
}

/** Images of the job and of the services beside it, else those of the pipeline. */
function images(file: FileBuilder, job: Fact, places: readonly (YamlNode | undefined)[]): void {
  const image = places.map((node) => childOf(node, 'image')).find((node) => node !== undefined);
  const services = places.map((node) => childOf(node, 'services')).find((node) => node !== undefined);
  for (const node of [image, ...itemsOf(services)]) {
    const named = childOf(node, 'name') ?? node;
    const reference = textOf(named);
    if (named === undefined || reference === undefined || reference === '') continue;
    usedImage(file, { reference, at: named, owner: job });
  }
}

/** Conditions of a job: every `if` of its rules, and what only and except list. */
function conditions(file: FileBuilder, fact: Fact, job: YamlNode): void {
  for (const rule of itemsOf(childOf(job, 'rules'))) {
    const condition = entryOf(rule, 'if');
    if (condition?.value.kind === 'scalar')
      decisionFact(file, fact, condition.value.text, spanOf(condition), 'rules-if');
    for (const key of ['changes', 'exists']) {
      const entry = entryOf(rule, key);
      const paths = [...textsOf(entry?.value), ...textsOf(childOf(entry?.value, 'paths'))];
      if (entry !== undefined && paths[0] !== undefined)
        decisionFact(file, fact, paths[0], spanOf(entry), `rules-${key}`);
    }
  }
  for (const key of ['only', 'except']) {
    const entry = entryOf(job, key);
    if (entry === undefined) continue;
    const refs = [...textsOf(entry.value), ...entriesOf(entry.value).flatMap((part) => textsOf(part.value))];
    for (const ref of refs) decisionFact(file, fact, ref, spanOf(entry), key);
  }
}

function intent(file: FileBuilder, job: Fact, entry: YamlEntry, run: Run | undefined, onFailure: boolean): void {
  const { name } = job;
  const writes = run?.writes === true;
  const stage = String(job.attributes['stage'] ?? '');
  const said = { name, at: spanOf(entry), status: 'inferred' } as const;
  if (run?.undo !== undefined)
    file.fact({
      kind: 'rollback',
      name: run.undo.name,
      at: run.undo.at,
      status: 'inferred',
      attributes: { rule: 'undo-command', job: name },
    });
  else if (isUndo(`${name} ${stage}`)) file.fact({ kind: 'rollback', ...said, attributes: { rule: 'undo-name' } });
  else if (onFailure && writes) file.fact({ kind: 'rollback', ...said, attributes: { rule: 'writes-on-failure' } });
  else if (run?.checks !== true && !writes && isVerification(`${name} ${stage}`))
    file.fact({
      kind: 'check',
      ...said,
      attributes: { rule: 'verification-name', effect: 'read', ...runs(run?.acts) },
    });
}

function list(texts: string[]): string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}
