import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type Scalar,
} from 'yaml';
import { tooDeep } from '../../../domain/yaml/depth.ts';
import { readLines } from './line-reader.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './node.ts';
import { indentQuoted } from './quotes.ts';

interface YamlDocument {
  /** undefined for an empty document. */
  root: YamlNode | undefined;
}

export interface YamlFile {
  documents: YamlDocument[];
  /** Lines (from 1) where something could not be read, ascending and without repeats; the rest of the file was. */
  unparsedLines: number[];
}

export interface YamlLimits {
  /** Nesting of collections; deeper files are refused whole, because the parser recurses and may abort the process. */
  maxDepth: number;
  /** Nodes after all aliases are followed, as a reader walks them; an alias that would pass it is left out. */
  maxNodes: number;
}

const limits: YamlLimits = { maxDepth: 200, maxNodes: 1_000_000 };

/**
 * Reads every document of a YAML (or JSON) text and never throws: what is broken becomes a line of `unparsedLines`,
 * what was understood around it is kept. Local tags stay on the nodes; nothing is constructed from them.
 */
export function parseYaml(text: string, bounds: YamlLimits = limits): YamlFile {
  const plain = readLines(text);
  if (plain === undefined) return parseAnyYaml(text, bounds);
  return { documents: plain.map((root) => ({ root })), unparsedLines: [] };
}

/** The same for all of YAML, through the library's parser, which takes several times as long. */
export function parseAnyYaml(text: string, bounds: YamlLimits = limits): YamlFile {
  let source = text;
  for (let read = text.length; ; read += source.length) {
    const { file, openQuote } = parseOnce(source, bounds);
    if (openQuote === undefined || read > mostReread) return file;
    const repaired = indentQuoted(source, openQuote.at, openQuote.quote);
    if (repaired === undefined || repaired === source) return file;
    source = repaired;
  }
}

/** Characters in all passes: each repair costs one more, and what follows a wrongly ended text shows only then. */
const mostReread = 400_000;

interface Pass {
  file: YamlFile;
  /** The first quoted text that ended before its closing quote: an offset inside it. */
  openQuote?: { at: number; quote: '"' | "'" };
}

function parseOnce(text: string, { maxDepth, maxNodes }: YamlLimits): Pass {
  const counter = new LineCounter();
  const unparsed = new Set<number>();
  const documents: YamlDocument[] = [];
  const lineAt = (offset: number) => Math.max(1, counter.linePos(Math.max(0, offset)).line);
  let openQuote: Pass['openQuote'];
  try {
    const tokens = [...new Parser(counter.addNewLine).parse(text)];
    const deep = tooDeep(tokens, maxDepth);
    if (deep !== undefined) return { file: { documents: [], unparsedLines: [lineAt(deep.offset)] } };
    // Repeated keys are kept by the walk; the library's own check compares every key with every other.
    const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', strict: false });
    for (const document of composer.compose(tokens, false, text.length)) {
      for (const error of document.errors) {
        unparsed.add(lineAt(error.pos[0]));
        const quote = /^Missing closing (["'])quote/.exec(error.message)?.[1] as '"' | "'" | undefined;
        if (quote !== undefined) openQuote ??= { at: error.pos[0], quote };
      }
      const walk = new Walk(document, text, lineAt, maxNodes, (line) => unparsed.add(line));
      documents.push({ root: walk.root() });
    }
  } catch {
    // The library throws on a few malformed inputs instead of reporting them; the file then gives nothing.
    unparsed.add(1);
  }
  const file = { documents, unparsedLines: [...unparsed].sort((a, b) => a - b) };
  return openQuote === undefined ? { file } : { file, openQuote };
}

const styles = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const;

/** Turns one document into plain nodes; an anchored node is turned once and shared by its aliases. */
class Walk {
  private readonly document: Document;
  private readonly text: string;
  private readonly lineAt: (offset: number) => number;
  private readonly unparsed: (line: number) => void;
  private budget: number;
  private readonly done = new Map<Node, { node: YamlNode; size: number }>();
  private readonly anchors = new Map<string, Node>();

  constructor(
    document: Document,
    text: string,
    lineAt: (offset: number) => number,
    maxNodes: number,
    unparsed: (line: number) => void,
  ) {
    this.document = document;
    this.text = text;
    this.lineAt = lineAt;
    this.budget = maxNodes;
    this.unparsed = unparsed;
  }

  root(): YamlNode | undefined {
    const { contents } = this.document;
    return contents === null ? undefined : this.node(contents as Node, 1);
  }

  private node(source: Node | null, line: number): YamlNode {
    if (source === null) return empty(line);
    if (isAlias(source)) return this.alias(source.source, source.range?.[0]);
    const before = this.budget;
    this.budget--;
    const made = isMap(source)
      ? this.map(source.items, source)
      : isSeq(source)
        ? this.seq(source.items, source)
        : this.scalar(source);
    if (source.tag?.startsWith('!') === true) made.tag = source.tag;
    if (source.anchor !== undefined) {
      // The latest node of a name is what later aliases mean; an alias inside its own node finds nothing and is dropped.
      this.anchors.set(source.anchor, source);
      this.done.set(source, { node: made, size: before - this.budget });
    }
    return made;
  }

  private alias(name: string, offset = 0): YamlNode {
    const line = this.lineAt(offset);
    const source = this.anchors.get(name);
    const known = source === undefined ? undefined : this.done.get(source);
    if (known === undefined || known.size > this.budget) {
      this.unparsed(line);
      this.budget--;
      return empty(line);
    }
    this.budget -= known.size;
    return known.node;
  }

  private seq(items: readonly unknown[], source: Node): YamlNode {
    const line = this.lineAt(source.range?.[0] ?? 0);
    const nodes = items.map((item) => this.node(asNode(item), line));
    return { kind: 'seq', items: nodes, ...this.place(source, nodes) };
  }

  private map(pairs: readonly Pair[], source: Node): YamlMap {
    const own: YamlEntry[] = [];
    const merged: YamlEntry[] = [];
    let line = this.lineAt(source.range?.[0] ?? 0);
    for (const pair of pairs) {
      const keyNode = asNode(pair.key);
      if (keyNode?.range != null) line = this.lineAt(keyNode.range[0]);
      const value = this.node(asNode(pair.value), line);
      const key = this.keyText(keyNode);
      if (key === '<<' && value.kind !== 'scalar') merged.push(...mergedEntries(value));
      else own.push({ key, keyLine: line, value });
    }
    const known = new Set(own.map((entry) => entry.key));
    const inherited = merged.filter((entry) => !known.has(entry.key) && known.add(entry.key));
    this.budget -= inherited.length;
    return {
      kind: 'map',
      entries: [...own, ...inherited],
      ...this.place(
        source,
        own.map((entry) => entry.value),
      ),
    };
  }

  /** A key that is itself a collection (Jinja without quotes reads as one) is named by its source text. */
  private keyText(key: Node | null): string {
    if (key === null) return '';
    if (isScalar(key)) return scalarText(key);
    const [start, end] = key.range ?? [0, 0];
    return this.text.slice(start, end).trim();
  }

  private scalar(source: Node): YamlScalar {
    const scalar = source as Scalar;
    const { value } = scalar;
    const isPlainValue = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    const text = scalarText(scalar);
    return {
      kind: 'scalar',
      value: isPlainValue ? (value as YamlScalar['value']) : text,
      text,
      style: styles[(scalar.type ?? 'PLAIN') as keyof typeof styles] ?? 'plain',
      ...this.place(source, []),
    };
  }

  private place(source: Node, children: readonly YamlNode[]): { line: number; endLine: number } {
    const [start, valueEnd] = source.range ?? [0, 0];
    const line = this.lineAt(start);
    // A block's range runs on over blank lines and comments: the last child, or the last character, ends it. Children
    // that an alias brought stand elsewhere.
    let end = valueEnd;
    while (end > start && /\s/.test(this.text[end - 1] ?? '')) end--;
    const last = this.lineAt(Math.max(start, end - 1));
    const isFlow = this.text[start] === '[' || this.text[start] === '{';
    if (isFlow || children.length === 0) return { line, endLine: last };
    const endLine = children.reduce(
      (most, child) => (child.endLine <= last ? Math.max(most, child.endLine) : most),
      line,
    );
    return { line, endLine };
  }
}

function mergedEntries(value: YamlNode): readonly YamlEntry[] {
  if (value.kind === 'map') return value.entries;
  return value.kind === 'seq' ? value.items.flatMap((item) => (item.kind === 'map' ? item.entries : [])) : [];
}

function scalarText(scalar: Scalar): string {
  if (scalar.type === 'PLAIN' || scalar.type === undefined) return scalar.source ?? String(scalar.value ?? '');
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
}

function asNode(item: unknown): Node | null {
  return item !== null && typeof item === 'object' && 'range' in item ? (item as Node) : null;
}

function empty(line: number): YamlScalar {
  return { kind: 'scalar', value: null, text: '', style: 'plain', line, endLine: line };
}
