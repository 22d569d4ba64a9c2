import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import {
  childOf,
  entriesOf,
  entryOf,
  itemsOf,
  spanOf,
  textOf,
  textsOf,
  type YamlEntry,
  type YamlNode,
} from '../yaml/node.ts';
import { inputFacts, outputFacts, secretInputs } from './interface.ts';

/** `on`, which YAML 1.1 readers and files made by them spell `true`. */
export function triggersOf(root: YamlNode | undefined): YamlEntry | undefined {
  return entryOf(root, 'on') ?? entryOf(root, 'true');
}

/** What starts a workflow: an entry point for every event, and the inputs of manual runs and of callers. */
export function triggerFacts(file: FileBuilder, workflow: Fact, on: YamlEntry | undefined): void {
  if (on === undefined) return;
  const { scope } = workflow;
  const { value } = on;
  const bare = value.kind === 'scalar' ? [value] : itemsOf(value);
  for (const item of bare) {
    const event = textOf(item);
    if (event !== undefined) entrypoint(file, workflow, event, item);
  }
  for (const entry of entriesOf(value)) {
    if (entry.key === 'schedule') {
      for (const item of itemsOf(entry.value)) {
        const cron = textOf(childOf(item, 'cron'));
        if (cron !== undefined)
          entrypoint(file, workflow, 'schedule', item, { schedule: cron, nameFrom: 'key on.schedule' });
      }
      continue;
    }
    entrypoint(file, workflow, entry.key, spanOf(entry), {
      branches: listed(entry.value, 'branches'),
      tags: listed(entry.value, 'tags'),
      paths: listed(entry.value, 'paths'),
      types: listed(entry.value, 'types'),
      workflows: listed(entry.value, 'workflows'),
    });
    if (entry.key === 'workflow_dispatch' || entry.key === 'workflow_call')
      inputFacts(file, childOf(entry.value, 'inputs'), { scope, of: entry.key });
    if (entry.key === 'workflow_call') {
      secretInputs(file, childOf(entry.value, 'secrets'), scope);
      outputFacts(file, childOf(entry.value, 'outputs'), { scope, of: entry.key, documents: true });
    }
  }
}

function entrypoint(
  file: FileBuilder,
  workflow: Fact,
  event: string,
  at: { line: number; endLine: number },
  said: { [key: string]: string | string[] | undefined } = {},
): void {
  const { scope } = workflow;
  const isManual = event === 'workflow_dispatch' || event === 'repository_dispatch';
  const fact = file.fact({
    kind: 'entrypoint',
    scope,
    name: event,
    at,
    attributes: { rule: 'workflow-trigger', event, manual: isManual || undefined, ...said },
  });
  file.refer(fact, 'calls', { by: 'name', kinds: ['workflow'], name: workflow.name, scope }, at);
}

function listed(node: YamlNode, key: string): string[] | undefined {
  const texts = textsOf(childOf(node, key));
  return texts.length === 0 ? undefined : texts;
}
