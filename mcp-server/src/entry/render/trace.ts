import type { Answer } from '../../app/answer.ts';
import type { TraceView } from '../../app/trace.ts';
import type { TraceNode } from '../../domain/trace/trace.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

/** A trace for people: one thing with what it comes from and leads to, or the delivery's breaks in one table. */
export function traceText(answer: Answer<TraceView>, terminal: Terminal): string {
  const { of, up, down, gaps, commits } = answer.data;
  const lines = [paint(terminal, 'bold', printable(answer.said))];
  if (of === null) lines.push(...requirementLines(answer.data));
  else {
    lines.push(nodeLine(of, terminal), ...part('because of', up, terminal), ...part('leads to', down, terminal));
    for (const one of commits)
      lines.push(`  commit     ${one.hash.slice(0, 12)} ${one.at} ${printable(`${one.author}: ${one.subject}`)}`);
  }
  if (gaps.length > 0) lines.push('', paint(terminal, 'yellow', 'where the trace breaks off'));
  for (const gap of gaps) lines.push(`  ${gap.kind.padEnd(9)} ${gap.id.padEnd(8)} ${gap.text}`);
  return lines.join('\n');
}

function part(title: string, nodes: readonly TraceNode[], terminal: Terminal): string[] {
  return nodes.length === 0 ? [] : [paint(terminal, 'cyan', title), ...nodes.map((node) => nodeLine(node, terminal))];
}

function nodeLine({ id, kind, title, artifact, line, state }: TraceNode, terminal: Terminal): string {
  const name = kind === 'evidence' ? id.slice(0, 12) : id;
  const stands = state === '' ? '' : ` (${state})`;
  const place = artifact === null ? '' : paint(terminal, 'dim', `  ${artifact}:${line}`);
  return printable(`  ${kind.padEnd(11)} ${name}${stands}${title === '' ? '' : ` ${title}`}`) + place;
}

/** One line for each requirement: what realises it and which checks speak for it. */
function requirementLines({ nodes, links }: TraceView): string[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const below = new Map<string, TraceNode[]>();
  for (const { from, to } of links) {
    const list = below.get(from);
    if (list === undefined) below.set(from, [known.get(to)!]);
    else list.push(known.get(to)!);
  }
  const of = (id: string, kind: TraceNode['kind']) => (below.get(id) ?? []).filter((node) => node.kind === kind);
  return nodes
    .filter((node) => node.kind === 'requirement')
    .map(({ id, title }) => {
      const components = of(id, 'component').map((node) => node.id);
      const checks = of(id, 'criterion').flatMap((one) =>
        of(one.id, 'check').map((node) => `${node.id} ${node.state}`),
      );
      return printable(`  ${id.padEnd(8)} ${title}\n    ${[...components, ...checks].join(', ') || 'nothing yet'}`);
    });
}
