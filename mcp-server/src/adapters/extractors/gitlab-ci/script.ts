import { childOf, type YamlEntry, type YamlNode, type YamlScalar } from '../yaml/node.ts';

/** What a job runs, in the order in which the runner does, and the jobs whose parts `!reference` brings in. */
export interface JobScript {
  /** Also what an anchor or a merge key brings from elsewhere. */
  all: YamlScalar[];
  /** What stands in the job's own lines. */
  own: YamlScalar[];
  references: { job: string; line: number; endLine: number }[];
}

export function scriptOfJob({ value, keyLine }: YamlEntry): JobScript {
  const found: JobScript = { all: [], own: [], references: [] };
  for (const key of ['before_script', 'script', 'after_script']) {
    const node = childOf(value, key);
    if (node !== undefined) gather(node, found);
  }
  found.own = found.all.filter(
    (scalar) => scalar.line >= keyLine && scalar.endLine <= Math.max(keyLine, value.endLine),
  );
  return found;
}

function gather(node: YamlNode, found: JobScript): void {
  if (node.kind === 'scalar') {
    if (node.value !== null) found.all.push(node);
  } else if (node.kind === 'seq') {
    if (node.tag === '!reference') {
      const [job] = node.items;
      if (job?.kind === 'scalar') found.references.push({ job: job.text, line: node.line, endLine: node.endLine });
    } else for (const item of node.items) gather(item, found);
  }
}
