import { inputFault } from '../domain/fault.ts';
import { buildTrace } from '../domain/trace/build.ts';
import { type Gap, gapsOf } from '../domain/trace/gaps.ts';
import { mermaid } from '../domain/trace/mermaid.ts';
import { sliceOf } from '../domain/trace/slice.ts';
import type { Trace, TraceNode } from '../domain/trace/trace.ts';
import type { Answer } from './answer.ts';
import { load } from './load.ts';
import type { Commit } from './ports/repository.ts';

import type { Ports } from './ports.ts';

/** A trace, whole or as far as one thing reaches. */
export interface TraceView {
  delivery: string;
  nodes: TraceNode[];
  links: { from: string; to: string }[];
  gaps: Gap[];
  /** The thing that was asked about; null for the whole delivery. */
  of: TraceNode | null;
  up: TraceNode[];
  down: TraceNode[];
  /** For a file: who changed it last, from git. */
  commits: Commit[];
  mermaid: string;
}

/**
 * The trace of a delivery, or of one thing in it: an id (`REQ-3`, `CHK-2`), an evidence's hash, a subject, or a path, with
 * a line after a colon where the question is about that line.
 *
 * @throws Fault `untraced`
 */
export async function trace(ports: Ports, id: string, of?: string): Promise<Answer<TraceView>> {
  const { state, read } = load(ports, id);
  const whole = buildTrace(state, read.workspace, read.ledger);
  if (of === undefined) {
    const gaps = gapsOf(whole);
    const counts = (['requirement', 'criterion', 'component', 'file', 'check'] as const)
      .map((kind) => [whole.of(kind).length, kind] as const)
      .map(([count, kind]) => `${count} ${count === 1 ? kind : PLURAL[kind]}`);
    return {
      said: `${id}: ${counts.join(', ')}; ${gaps.length} place${gaps.length === 1 ? '' : 's'} where the trace breaks off.`,
      blocks: [],
      next: gaps.length === 0 ? '' : `countersign trace ${id} ${gaps[0]!.id}`,
      data: view(id, whole, { gaps }),
    };
  }
  const { name, line } = find(whole, of);
  const slice = sliceOf(whole, name)!;
  const isFile = slice.of.kind === 'file';
  const commits = isFile ? await ports.repository.commits(name, line) : [];
  const why = slice.up.filter((node) => node.kind === 'requirement').map((node) => node.id);
  const agreed = slice.down.filter((node) => node.kind === 'approval' && node.title !== '');
  return {
    said: `${slice.of.kind} ${name} of ${id}${why.length === 0 ? '' : `, because of ${why.join(', ')}`}; ${agreed.length} approval${agreed.length === 1 ? '' : 's'}.`,
    blocks: [],
    next: '',
    data: view(id, whole, {
      ...slice,
      commits,
      gaps: gapsOf(whole).filter((gap) => [slice.of, ...slice.up, ...slice.down].some((node) => node.id === gap.id)),
    }),
  };
}

const PLURAL = {
  requirement: 'requirements',
  criterion: 'criteria',
  component: 'components',
  file: 'files',
  check: 'checks',
} as const;

function view(delivery: string, whole: Trace, part: Partial<TraceView>): TraceView {
  const { of = null, up = [], down = [], gaps = [], commits = [] } = part;
  const nodes = of === null ? [...whole.nodes.values()] : [of, ...up, ...down];
  const there = new Set(nodes.map((node) => node.id));
  const links = whole.links().filter((link) => there.has(link.from) && there.has(link.to));
  return { delivery, nodes, links, gaps, of, up, down, commits, mermaid: mermaid(whole, nodes) };
}

function find(whole: Trace, of: string): { name: string; line?: number } {
  const bare = of.replace(/^\.\//, '');
  const at = /^(.+):([1-9]\d{0,6})$/.exec(bare);
  for (const name of [bare, bare.toUpperCase()]) if (whole.nodes.has(name)) return { name };
  if (at !== null && whole.nodes.get(at[1]!)?.kind === 'file') return { name: at[1]!, line: Number(at[2]) };
  const hashed = /^[0-9a-f]{12,64}$/.test(bare) ? whole.of('evidence').filter((one) => one.id.startsWith(bare)) : [];
  if (hashed.length === 1) return { name: hashed[0]!.id };
  throw inputFault({
    code: 'untraced',
    message: `nothing in this delivery is called ${JSON.stringify(of)}`,
    expected: 'an id such as REQ-1 or CHK-2, the path of a file that a component owns, or PATH:LINE',
    next: 'the whole trace lists what there is',
  });
}
