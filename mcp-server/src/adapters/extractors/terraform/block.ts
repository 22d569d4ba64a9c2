/** An attribute of a body; raw is the expression's text as written, LF line ends, trimmed. */
export interface Attribute {
  name: string;
  raw: string;
  line: number;
  endLine: number;
}

/** A block with its labels, or a file (type ''). Lines run from the header to the closing brace. */
export interface Block {
  type: string;
  labels: string[];
  line: number;
  endLine: number;
  attributes: Attribute[];
  blocks: Block[];
}

/** A scanned file: what could be read, and the lines where it could not. */
export interface Scanned {
  body: Block;
  problems: number[];
}

export function emptyBlock(type: string, labels: string[], line: number): Block {
  return { type, labels, line, endLine: line, attributes: [], blocks: [] };
}

export function attributeOf(block: Block, name: string): Attribute | undefined {
  return block.attributes.find((attribute) => attribute.name === name);
}

export function blocksOf(block: Block, type: string): Block[] {
  return block.blocks.filter((inner) => inner.type === type);
}

/** The block's attributes and those of every block inside it, in source order of their blocks. */
export function* allAttributes(block: Block): Generator<Attribute> {
  const open = [block];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield* next.attributes;
    for (let at = next.blocks.length - 1; at >= 0; at--) open.push(next.blocks[at] as Block);
  }
}
