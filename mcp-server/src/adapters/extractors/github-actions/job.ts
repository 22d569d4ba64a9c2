import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { decisionFact } from '../ci/decision.ts';
import { isUndo, isVerification, runs } from '../ci/names.ts';
import type { StepLinks } from '../ci/step-links.ts';
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
import { isExpression, runsOnFailure } from './expressions.ts';
import { environmentFacts, outputFacts } from './interface.ts';
import { matrixFact } from './matrix.ts';
import { stepFact } from './step.ts';
import { readUses, usesTies } from './uses.ts';

export interface JobContext {
  scope: string;
  folder: string | undefined;
  shell: string | undefined;
  links: StepLinks;
  /** Level in the graph of needs, from 1. */
  order: number;
}

/** One job with everything that stands in it. Gives the facts that expressions of its lines belong to. */
export function jobFacts(file: FileBuilder, entry: YamlEntry, context: JobContext): { fact: Fact; steps: Fact[] } {
  const { scope, order } = context;
  const { value: job, key: id } = entry;
  const condition = entryOf(job, 'if');
  const onFailure = runsOnFailure(textOf(condition?.value));
  const uses = entryOf(job, 'uses');
  const reference = textOf(uses?.value) === undefined ? undefined : readUses(textOf(uses?.value) as string);
  const title = textOf(childOf(job, 'name'));
  const needs = textsOf(childOf(job, 'needs'));
  const runsOn = childOf(job, 'runs-on');
  const fact = file.fact({
    kind: 'job',
    scope,
    name: id,
    at: spanOf(entry),
    attributes: {
      title,
      order,
      needs: needs.length === 0 ? undefined : needs,
      uses: textOf(uses?.value),
      pinned: reference?.pinned,
      runsOn: list([...textsOf(runsOn), ...textsOf(childOf(runsOn, 'labels'))]),
      timeoutMinutes: textOf(childOf(job, 'timeout-minutes')),
      permissions: permissionsOf(childOf(job, 'permissions')),
      concurrency: textOf(childOf(job, 'concurrency')) ?? textOf(childOf(childOf(job, 'concurrency'), 'group')),
      ignoresErrors: truthOf(childOf(job, 'continue-on-error')) === true || undefined,
      ...(onFailure ? { handlesErrors: true, onFailure: true } : {}),
    },
  });
  for (const need of needs)
    file.refer(fact, 'depends-on', { by: 'name', kinds: ['job'], name: need, scope }, needsSpan(job, entry));
  file.fact({
    kind: 'phase',
    scope,
    name: id,
    at: spanOf(entry),
    status: 'inferred',
    attributes: { rule: 'job-is-a-phase', order, after: needs.length === 0 ? undefined : needs, title },
  });
  if (condition?.value.kind === 'scalar') decisionFact(file, fact, condition.value.text, spanOf(condition));
  environmentApproval(file, fact, job);
  matrixFact(file, fact, entryOf(job, 'strategy'));
  environmentFacts(file, childOf(job, 'env'), scope, `job ${id}`);
  containers(file, fact, job);
  if (uses !== undefined && reference !== undefined)
    usesTies(file, fact, { reference, at: spanOf(uses), inputs: childOf(job, 'with'), folder: '.' });
  const run = childOf(childOf(job, 'defaults'), 'run');
  const folder = textOf(childOf(run, 'working-directory')) ?? context.folder;
  const shell = textOf(childOf(run, 'shell')) ?? context.shell;
  const steps = itemsOf(childOf(job, 'steps'))
    .filter((step) => step.kind === 'map')
    .map((step, at) =>
      stepFact(file, step, at + 1, { scope, job: id, owner: fact, links: context.links, folder, shell }),
    );
  outputFacts(file, childOf(job, 'outputs'), { scope, of: `job ${id}`, documents: false });
  jobIntent(file, fact, entry, steps, `${id} ${title ?? ''}`);
  return { fact, steps: steps.map((step) => step.fact) };
}

function jobIntent(
  file: FileBuilder,
  job: Fact,
  entry: YamlEntry,
  steps: readonly { fact: Fact; acts: readonly string[] }[],
  name: string,
): void {
  const { scope } = job;
  const writes = steps.some(({ fact }) => fact.attributes['effect'] === 'write');
  const said = { scope, name: job.name, at: spanOf(entry), status: 'inferred' } as const;
  if (isUndo(name)) file.fact({ kind: 'rollback', ...said, attributes: { rule: 'undo-name' } });
  else if (job.attributes['onFailure'] === true && writes)
    file.fact({ kind: 'rollback', ...said, attributes: { rule: 'writes-on-failure' } });
  else if (isVerification(name))
    file.fact({
      kind: 'check',
      ...said,
      attributes: { rule: 'verification-name', effect: 'read', ...runs(steps.flatMap(({ acts }) => acts)) },
    });
}

/** A deployment environment may require reviewers; whether it does is set on the host, not in the file. */
function environmentApproval(file: FileBuilder, job: Fact, node: YamlNode): void {
  const entry = entryOf(node, 'environment');
  const name = textOf(entry?.value) ?? textOf(childOf(entry?.value, 'name'));
  if (entry === undefined || name === undefined) return;
  const dynamic = isExpression(name);
  file.fact({
    kind: 'approval',
    scope: job.scope,
    name,
    at: spanOf(entry),
    status: dynamic ? 'unresolved' : 'inferred',
    attributes: {
      rule: 'environment-may-require-reviewers',
      job: job.name,
      url: textOf(childOf(entry.value, 'url')),
      ...(dynamic ? { candidates: [] } : {}),
    },
  });
}

function containers(file: FileBuilder, job: Fact, node: YamlNode): void {
  const { scope } = job;
  const container = entryOf(node, 'container');
  const services = entriesOf(childOf(node, 'services'));
  for (const entry of [...(container === undefined ? [] : [container]), ...services]) {
    const image = childOf(entry.value, 'image') ?? entry.value;
    const reference = textOf(image);
    const isService = entry !== container;
    if (isService) {
      file.fact({
        kind: 'service',
        scope,
        name: entry.key,
        at: spanOf(entry),
        attributes: {
          job: job.name,
          image: reference,
          healthcheck: /--health-cmd/.test(textOf(childOf(entry.value, 'options')) ?? '') || undefined,
        },
      });
    }
    if (reference !== undefined && reference !== '' && !isExpression(reference))
      usedImage(file, { reference, at: image, owner: job, attributes: { job: job.name } });
  }
}

export function permissionsOf(node: YamlNode | undefined): string[] | undefined {
  const all = textOf(node);
  return list(all === undefined ? entriesOf(node).map((entry) => `${entry.key}: ${textOf(entry.value) ?? ''}`) : [all]);
}

function list(texts: string[]): string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}

function needsSpan(job: YamlNode, entry: YamlEntry) {
  const needs = entryOf(job, 'needs');
  return needs === undefined ? { line: entry.keyLine } : spanOf(needs);
}
