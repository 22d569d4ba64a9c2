import { baseName, type FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact, SourceFile } from '../../../domain/extract/contract.ts';
import { levelsOf } from '../ci/levels.ts';
import { StepLinks } from '../ci/step-links.ts';
import { childOf, entriesOf, entryOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';
import { environmentFacts } from './interface.ts';
import { jobFacts, permissionsOf } from './job.ts';
import { triggerFacts, triggersOf } from './triggers.ts';
import { type LineOwner, usedNames } from './used-names.ts';

/** A workflow: what starts it, its jobs in the order of their needs, and the secrets and variables it is given. */
export function workflowFacts(file: FileBuilder, source: SourceFile, root: YamlNode): void {
  const scope = source.path;
  const title = entryOf(root, 'name');
  const name = textOf(title?.value)?.trim();
  const workflow = file.fact({
    kind: 'workflow',
    scope,
    name: name ?? baseName(source.path),
    at: title === undefined || name === undefined ? { line: root.line } : spanOf(title),
    attributes: {
      type: 'workflow',
      nameFrom: name === undefined ? 'file name' : undefined,
      permissions: permissionsOf(childOf(root, 'permissions')),
      concurrency: textOf(childOf(root, 'concurrency')) ?? textOf(childOf(childOf(root, 'concurrency'), 'group')),
    },
  });
  const on = triggersOf(root);
  file.couple({
    system: 'github-actions',
    class: 'ci',
    swap: 'rewrite',
    at: on === undefined ? { line: root.line } : { line: on.keyLine },
    consumers: [workflow],
  });
  triggerFacts(file, workflow, on);
  environmentFacts(file, childOf(root, 'env'), scope, 'workflow');
  const defaults = childOf(childOf(root, 'defaults'), 'run');
  const jobs = entriesOf(childOf(root, 'jobs')).filter((entry) => entry.value.kind === 'map');
  const levels = levelsOf(jobs.map((entry) => ({ name: entry.key, needs: textsOf(childOf(entry.value, 'needs')) })));
  const owners: LineOwner[] = [{ fact: workflow, line: 1, endLine: Number.MAX_SAFE_INTEGER }];
  const links = new StepLinks();
  for (const entry of jobs) {
    const made = jobFacts(file, entry, {
      scope,
      links,
      folder: textOf(childOf(defaults, 'working-directory')),
      shell: textOf(childOf(defaults, 'shell')),
      order: levels.get(entry.key) ?? 1,
    });
    file.refer(workflow, 'calls', { by: 'name', kinds: ['job'], name: entry.key, scope }, spanOf(entry));
    owners.push({ fact: made.fact, ...spanOf(entry) });
    owners.push(...made.steps.map((fact) => ({ fact, ...placeOf(fact) })));
  }
  links.refer(file);
  usedNames(file, source.text, scope, owners);
}

function placeOf(fact: Fact): { line: number; endLine: number } {
  return fact.evidence[0] ?? { line: 1, endLine: 1 };
}
