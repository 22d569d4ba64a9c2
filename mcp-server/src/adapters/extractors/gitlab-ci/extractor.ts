import { baseName, buildFile, type FileBuilder } from '../../../domain/extract/build.ts';
import type { Extractor, SourceFile } from '../../../domain/extract/contract.ts';
import { levelsOf } from '../ci/levels.ts';
import { readRun } from '../ci/run.ts';
import { scriptOf } from '../ci/script-text.ts';
import { documentsIn } from '../yaml/documents.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { includeFacts } from './includes.ts';
import { jobFacts, needsOf } from './job.ts';
import { pipelineTriggers } from './triggers.ts';
import { specInputs, variableFacts, variableNames } from './variables.ts';

/** Keywords of the top level that are no jobs (docs.gitlab.com/ci/yaml, "Global keywords"). */
const keywords = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'pages_defaults',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
]);
const implied = ['build', 'test', 'deploy'];

const ownName = /(?:^|\/|\.)\.?gitlab-ci\.ya?ml$/;
const ownFolder = /(?:^|\/)\.gitlab(?:-ci)?\/.*\.ya?ml$/;
const looksLikeJobs = /^\s+(?:-\s+)?(?:script|stage|extends|rules|trigger):/m;

/** A file at any path that pipelines include: jobs with a script and something else that only GitLab's jobs have. */
function isIncluded(path: string, head: string): boolean {
  if (!/\.ya?ml$/.test(path) || /^- /m.test(head)) return false;
  return (
    /^ {2}script:/m.test(head) && /^ {2}(?:stage|extends|rules|only|artifacts|before_script|needs|tags):/m.test(head)
  );
}

/** GitLab CI: pipelines and the files they include. The scope is the file. */
export const gitlabCi: Extractor = {
  format: 'gitlab-ci',
  matches: (path, head) =>
    ownName.test(path) ||
    (ownFolder.test(path) && (looksLikeJobs.test(head) || /^(?:stages|include):/m.test(head))) ||
    isIncluded(path, head),
  extract(source) {
    const file = buildFile('gitlab-ci', source, source.path);
    const documents = documentsIn(file, source.text);
    for (const { root } of documents) {
      if (root?.kind !== 'map') continue;
      specInputs(file, root);
      if (entriesOf(root).some((entry) => entry.key !== 'spec')) pipeline(file, source, root);
    }
    return file.done();
  },
};

function pipeline(file: FileBuilder, source: SourceFile, root: YamlNode): void {
  const workflow = file.fact({
    kind: 'workflow',
    name: baseName(source.path),
    at: { line: root.line },
    attributes: { type: 'pipeline', nameFrom: 'file name' },
  });
  const first = entriesOf(root)[0];
  const top = first === undefined ? { line: root.line } : { line: first.keyLine };
  file.couple({ system: 'gitlab-ci', class: 'ci', swap: 'rewrite', at: top, consumers: [workflow] });
  const jobs = entriesOf(root).filter((entry) => isJob(entry));
  pipelineTriggers(file, workflow, { root, jobs, isPipeline: baseName(source.path) === '.gitlab-ci.yml' });
  includeFacts(file, workflow, entryOf(root, 'include'));
  const stages = stageFacts(file, entryOf(root, 'stages') ?? entryOf(root, 'types'));
  variableFacts(file, childOf(root, 'variables'), 'pipeline');
  const levels = levelsOf(jobs.map((entry) => ({ name: entry.key, needs: needsOf(entry.value) })));
  const byName = new Map(jobs.map((entry) => [entry.key, entry]));
  // Looked up for every job, of which there may be thousands.
  const common = { ...root, entries: entriesOf(root).filter((entry) => keywords.has(entry.key)) } as YamlNode;
  const shared = {
    common,
    stages,
    jobs: byName,
    declared: variableNames(childOf(root, 'variables')),
    said: new Set<string>(),
  };
  commonScripts(file, root);
  for (const entry of jobs) {
    const job = jobFacts(file, entry, { ...shared, level: levels.get(entry.key) ?? 1 });
    if (job.attributes['template'] !== true)
      file.refer(workflow, 'calls', { by: 'name', kinds: ['job'], name: entry.key, scope: file.scope }, spanOf(entry));
  }
}

/** Lines that every job runs before or after its own stand once, under the pipeline. */
function commonScripts(file: FileBuilder, root: YamlNode): void {
  for (const place of [root, childOf(root, 'default')]) {
    for (const key of ['before_script', 'after_script']) {
      const entry = entryOf(place, key);
      if (entry === undefined) continue;
      const scalars = [entry.value, ...itemsOf(entry.value)].filter((node) => node.kind === 'scalar');
      const run = readRun(scriptOf(scalars));
      const fact = file.fact({
        kind: 'step',
        name: key,
        at: spanOf(entry),
        attributes: { of: 'every job', ...run.attributes },
      });
      run.say(file, fact, { folder: '.' });
    }
  }
}

function isJob(entry: YamlEntry): boolean {
  return entry.value.kind === 'map' && !keywords.has(entry.key);
}

/** Stages run in the order in which they are listed; without a list GitLab has three of its own. */
function stageFacts(file: FileBuilder, stages: YamlEntry | undefined): string[] {
  if (stages === undefined) return implied;
  const names: string[] = [];
  for (const item of itemsOf(stages.value)) {
    const name = textOf(item);
    if (name === undefined) continue;
    names.push(name);
    const order = names.length;
    const before = names.at(-2);
    const fact = file.fact({ kind: 'stage', name, at: item, attributes: { order } });
    if (before !== undefined)
      file.refer(fact, 'depends-on', { by: 'name', kinds: ['stage'], name: before, scope: file.scope }, item);
    file.fact({
      kind: 'phase',
      name,
      at: item,
      status: 'inferred',
      attributes: { rule: 'stage-is-a-phase', order, after: before === undefined ? undefined : [before] },
    });
  }
  return names;
}
