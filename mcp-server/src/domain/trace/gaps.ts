import type { Trace, TraceNode } from './trace.ts';

export type GapKind = 'gap' | 'orphan' | 'uncovered';

/** A place where the trace breaks off. */
export interface Gap {
  /** gap: intent that nothing answers; orphan: something that no intent asks for; uncovered: nothing proves it. */
  kind: GapKind;
  id: string;
  title: string;
  text: string;
}

/** Everywhere the trace breaks off, in one table: gaps first, then orphans, then what is uncovered. */
export function gapsOf(trace: Trace): Gap[] {
  const gaps: Gap[] = [];
  const put = (kind: GapKind, { id, title }: TraceNode, text: string) => gaps.push({ kind, id, title, text });
  const none = (nodes: readonly unknown[]) => nodes.length === 0;
  for (const one of trace.of('requirement')) {
    if (none(trace.below(one.id, 'criterion'))) put('gap', one, 'has no acceptance criterion');
    if (none(trace.below(one.id, 'component'))) put('gap', one, 'is realised by no component');
  }
  for (const one of trace.of('criterion'))
    if (none(trace.below(one.id, 'check'))) put('gap', one, 'is verified by no check');
  for (const one of trace.of('component')) {
    if (one.state === 'skip') continue;
    if (none(trace.above(one.id, 'requirement'))) put('orphan', one, 'realises no requirement');
    const build = trace.below(one.id, 'task').find((task) => task.id.endsWith('.1'));
    if (build !== undefined && none(trace.below(build.id, 'file'))) put('gap', one, 'has no file yet');
    if (build !== undefined && none(trace.below(one.id, 'task').filter((task) => task.id.endsWith('.2'))))
      put('uncovered', one, 'is verified by no check');
  }
  for (const one of trace.of('decision'))
    if (none([...trace.above(one.id), ...trace.below(one.id, 'component')]))
      put('orphan', one, 'is cited by no component and names no requirement');
  for (const one of trace.of('check')) {
    if (none(trace.above(one.id, 'criterion'))) put('orphan', one, 'verifies no criterion');
    const unproven = UNPROVEN[one.state];
    if (unproven !== undefined) put('uncovered', one, unproven);
  }
  return gaps.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly GapKind[] = ['gap', 'orphan', 'uncovered'];

const UNPROVEN: Record<string, string> = {
  'not-run': 'was not run',
  failed: 'failed in its last run',
  stale: 'ran on something that has changed since',
};
