import type { FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import {
  childOf,
  entryOf,
  itemsOf,
  spanOf,
  textOf,
  textsOf,
  type YamlEntry,
  type YamlNode,
  type YamlScalar,
} from '../yaml/node.ts';

/**
 * What makes a pipeline: the conditions of its workflow; without any, every push, and a merge request where a job asks for
 * one (docs.gitlab.com/ci/pipelines/merge_request_pipelines).
 */
export function pipelineTriggers(
  file: FileBuilder,
  workflow: Fact,
  { root, jobs, isPipeline }: { root: YamlNode; jobs: readonly YamlEntry[]; isPipeline: boolean },
): void {
  const starts = (trigger: Fact, at: Span) => {
    const target = { by: 'name', kinds: ['workflow'], name: workflow.name, scope: file.scope } as const;
    file.refer(trigger, 'calls', target, at);
  };
  const rules = itemsOf(childOf(childOf(root, 'workflow'), 'rules'));
  for (const rule of rules) {
    const condition = entryOf(rule, 'if');
    const text = textOf(condition?.value);
    if (condition === undefined || text === undefined || textOf(childOf(rule, 'when')) === 'never') continue;
    const trigger = file.fact({
      kind: 'entrypoint',
      name: text.replace(/\s+/g, ' ').slice(0, 300),
      at: spanOf(condition),
      attributes: { rule: 'workflow-rule', nameFrom: text.includes('\n') ? 'lines joined' : undefined },
    });
    starts(trigger, spanOf(condition));
  }
  if (rules.length > 0 || !isPipeline) return;
  const push = file.fact({
    kind: 'entrypoint',
    name: 'push',
    at: { line: root.line },
    status: 'inferred',
    attributes: { rule: 'every-push-without-workflow-rules', event: 'push', nameFrom: 'no workflow rules' },
  });
  starts(push, { line: root.line });
  const asked = jobs.map(({ value }) => mergeRequestRule(value)).find((rule) => rule !== undefined);
  if (asked === undefined) return;
  const { name, at } = asked;
  const request = file.fact({
    kind: 'entrypoint',
    name,
    at,
    attributes: { rule: 'job-for-merge-requests', event: 'merge_request' },
  });
  starts(request, at);
}

/** Where a job asks for pipelines of merge requests: a rule that names their event or their variables, or `only`. */
function mergeRequestRule(job: YamlNode): { name: string; at: Span } | undefined {
  for (const rule of itemsOf(childOf(job, 'rules'))) {
    const condition = childOf(rule, 'if') as YamlScalar | undefined;
    const name = /(?:==\s*["']?(merge_request_event)|\$(CI_MERGE_REQUEST_\w+))/.exec(textOf(condition) ?? '');
    if (condition === undefined || name === null || textOf(childOf(rule, 'when')) === 'never') continue;
    return { name: (name[1] ?? name[2]) as string, at: { line: condition.line, endLine: condition.endLine } };
  }
  const only = entryOf(job, 'only');
  const refs = [...textsOf(only?.value), ...textsOf(childOf(only?.value, 'refs'))];
  return only !== undefined && refs.includes('merge_requests')
    ? { name: 'merge_requests', at: spanOf(only) }
    : undefined;
}
