import type { ArtifactName } from '../stage.ts';

/** From intent to approval, in the order in which one leads to the next. */
export const TRACE_KINDS = [
  'requirement',
  'criterion',
  'decision',
  'component',
  'task',
  'file',
  'check',
  'evidence',
  'approval',
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

/** One thing of a delivery. */
export interface TraceNode {
  /** An entry's id, a file's path, an evidence's SHA-256, or a subject such as `stage:design`. */
  id: string;
  kind: TraceKind;
  title: string;
  /** Where it is declared; null for what is not declared in an artifact. */
  artifact: ArtifactName | null;
  /** Counted from 1; 0 where there is no artifact. */
  line: number;
  /** How it stands: `verified`, `passed`, `open` ...; empty where there is nothing to say. */
  state: string;
}

/** What leads to what: every link runs from intent towards approval. */
export class Trace {
  readonly nodes = new Map<string, TraceNode>();
  readonly #down = new Map<string, Set<string>>();
  readonly #up = new Map<string, Set<string>>();

  add(node: Omit<TraceNode, 'artifact' | 'line'> & { artifact?: ArtifactName; line?: number }): void {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, { artifact: null, line: 0, ...node });
  }

  /** Links two things that are there; a reference to what is not there is a rule's business. */
  link(from: string, to: string): void {
    if (from === to || !this.nodes.has(from) || !this.nodes.has(to)) return;
    put(this.#down, from, to);
    put(this.#up, to, from);
  }

  /** What follows directly from a thing. */
  below(id: string, kind?: TraceKind): TraceNode[] {
    return this.#next(this.#down, id, kind);
  }

  /** What a thing follows from directly. */
  above(id: string, kind?: TraceKind): TraceNode[] {
    return this.#next(this.#up, id, kind);
  }

  of(kind: TraceKind): TraceNode[] {
    return [...this.nodes.values()].filter((node) => node.kind === kind);
  }

  links(): { from: string; to: string }[] {
    return [...this.#down].flatMap(([from, targets]) => [...targets].map((to) => ({ from, to })));
  }

  #next(side: ReadonlyMap<string, ReadonlySet<string>>, id: string, kind: TraceKind | undefined): TraceNode[] {
    const found = [...(side.get(id) ?? [])].map((one) => this.nodes.get(one)!);
    return kind === undefined ? found : found.filter((node) => node.kind === kind);
  }
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
