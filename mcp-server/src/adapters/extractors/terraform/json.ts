import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { type Block, emptyBlock, type Scanned } from './block.ts';

// How many labels a block has; the JSON syntax writes labels as nested keys (Terraform, JSON Configuration Syntax).
const topLevel: { readonly [type: string]: number } = {
  variable: 1,
  output: 1,
  resource: 2,
  data: 2,
  ephemeral: 2,
  module: 1,
  provider: 1,
  terraform: 0,
  locals: 0,
  check: 1,
  run: 1,
  moved: 0,
  import: 0,
  removed: 0,
};
const nested: { readonly [type: string]: number } = {
  required_providers: 0,
  backend: 1,
  cloud: 0,
  lifecycle: 0,
  validation: 0,
  precondition: 0,
  postcondition: 0,
  assert: 0,
  provisioner: 1,
  connection: 0,
  dynamic: 1,
};

// An argument of a resource may be called like these.
const inCheck = { ...nested, data: 2 };
const inRun = { ...nested, module: 0, variables: 0 };

/** Reads Terraform's JSON syntax into the same blocks as scanHcl, with lines; `isValues` for .tfvars.json. */
export function scanJson(text: string, isValues: boolean): Scanned {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ' '), {
    lineCounter: lines,
    strict: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const problems = [...new Set(document.errors.map((error) => lines.linePos(error.pos[0]).line))];
  const body = emptyBlock('', [], 1);
  body.endLine = lines.linePos(text.length).line;
  const reader = new JsonReader(text, lines);
  if (isMap(document.contents)) reader.fill(body, document.contents, isValues ? {} : topLevel);
  else if (problems.length === 0 && text.trim() !== '') problems.push(1);
  return { body, problems };
}

class JsonReader {
  private readonly text: string;
  private readonly lines: LineCounter;

  constructor(text: string, lines: LineCounter) {
    this.text = text;
    this.lines = lines;
  }

  /** Puts a map's members into a block: known block types become blocks, the rest attributes. */
  fill(block: Block, map: YAMLMap, types: { readonly [type: string]: number }): void {
    for (const pair of map.items) {
      const key = keyText(pair);
      // "//" is how the JSON syntax writes a comment.
      if (key === undefined || key === '//') continue;
      const labels = Object.hasOwn(types, key) ? types[key] : undefined;
      if (labels === undefined || !(isMap(pair.value) || isSeq(pair.value))) this.attribute(block, key, pair);
      else this.blocks(block, key, [], labels, pair, this.lineOf(pair.key as Node));
    }
  }

  private blocks(parent: Block, type: string, labels: string[], left: number, pair: Pair, line: number): void {
    const bodies = isSeq(pair.value) ? pair.value.items : [pair.value];
    for (const body of bodies) {
      if (!isMap(body)) continue;
      if (left > 0) {
        for (const inner of body.items) {
          const label = keyText(inner);
          if (label !== undefined && label !== '//')
            this.blocks(parent, type, [...labels, label], left - 1, inner, this.lineOf(inner.key as Node));
        }
        continue;
      }
      const block = emptyBlock(type, labels, Math.min(line, this.lineOf(body)));
      block.endLine = this.lineOf(body, 1);
      this.fill(block, body, type === 'check' ? inCheck : type === 'run' ? inRun : nested);
      parent.blocks.push(block);
    }
  }

  private attribute(block: Block, name: string, pair: Pair): void {
    const value = pair.value as Node | null;
    const range = value?.range;
    const line = this.lineOf(pair.key as Node);
    const raw = range ? this.text.slice(range[0], range[1]).trim().replaceAll('\r\n', '\n') : '';
    block.attributes.push({ name, raw, line, endLine: value === null ? line : this.lineOf(value, 1) });
  }

  private lineOf(node: Node, end: 0 | 1 = 0): number {
    const offset = node.range?.[end] ?? 0;
    return this.lines.linePos(end === 1 ? Math.max(0, offset - 1) : offset).line;
  }
}

function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) && typeof pair.key.value === 'string' ? pair.key.value : undefined;
}
