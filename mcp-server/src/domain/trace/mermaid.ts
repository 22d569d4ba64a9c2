import type { Trace, TraceNode } from './trace.ts';

/**
 * The trace as a Mermaid flowchart (mermaid.js.org, flowchart syntax).
 *
 * @param only the nodes to show; all without it
 */
export function mermaid(trace: Trace, only?: readonly TraceNode[]): string {
  const shown = only ?? [...trace.nodes.values()];
  // Mermaid's own ids are plain words; whatever an id or a title holds goes into the quoted label.
  const names = new Map(shown.map((node, at) => [node.id, `n${at}`]));
  const lines = shown.map((node) => `  ${names.get(node.id)}["${label(node)}"]:::${node.kind}`);
  for (const { from, to } of trace.links()) {
    const [a, b] = [names.get(from), names.get(to)];
    if (a !== undefined && b !== undefined) lines.push(`  ${a} --> ${b}`);
  }
  return ['flowchart LR', ...lines, ''].join('\n');
}

function label({ id, kind, title, state }: TraceNode): string {
  const name = kind === 'evidence' ? `evidence ${id.slice(0, 12)}` : id;
  const words = [name, title, state === '' ? '' : `(${state})`].filter((part) => part !== '').join(' ');
  const text = [...words].slice(0, 120).join('');
  // Entities of the flowchart syntax: # and a decimal code point.
  return text.replace(/[^\p{L}\p{N} .,:;/_()+=-]/gu, (char) => `#${char.codePointAt(0)};`);
}
