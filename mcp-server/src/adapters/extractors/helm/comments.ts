/** What the comments of a values file say, read from its lines: parsers drop them or lose whose they are. */
interface ValueComment {
  description: string;
  /** Which convention: `# --` (helm-docs), `## @param` (Bitnami's generator), a plain comment above or behind the key. */
  from: 'helm-docs' | 'param' | 'comment';
  type?: string;
  /** `@default --`: what the documentation shows instead of the value. */
  shownDefault?: string;
}

export interface ValueComments {
  /** The comment that belongs to the key on this line, whose path is given for conventions that name it. */
  of(line: number, path: string): ValueComment | undefined;
}

const marked = /^#+\s*(?:(\S+)\s+)?--(?:\s+(.*))?$/;
const annotation = /^#+\s*@(\w+)(?:\s+--\s*|\s+)?(.*)$/;
const parameter = /^#+\s*@(?:param|extra)\s+(\S+)(?:\s+\[([^\]]*)\])?\s*(.*)$/;
// A setting that is commented out describes nothing.
const outcommented = /^#+\s*(?:-\s|[\w.-]+:(?:\s|$)|[}\]])/;

/** Reads a values file's comments once; linear in its lines. */
export function valueComments(text: string): ValueComments {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const named = new Map<string, ValueComment>();
  lines.forEach((line, at) => {
    const trimmed = line.trimStart();
    if (!trimmed.startsWith('#')) return;
    const match = parameter.exec(trimmed);
    if (match?.[1] !== undefined) {
      const type = match[2]?.split(',')[0]?.trim();
      named.set(match[1], { description: match[3] ?? '', from: 'param', ...(type === undefined ? {} : { type }) });
    }
    const named_ = marked.exec(trimmed);
    if (named_?.[1] !== undefined && !named_[1].startsWith('@')) {
      const block = trailing(lines, at + 1);
      named.set(named_[1], readMarked(named_[2] ?? '', block));
    }
  });
  return {
    of: (line, path) => named.get(path) ?? above(lines, line) ?? behind(lines[line - 1] ?? ''),
  };
}

/** Comment lines that go on from a line. */
function trailing(lines: readonly string[], from: number): string[] {
  const block: string[] = [];
  for (let at = from; at < lines.length && block.length < 200; at++) {
    const line = (lines[at] as string).trimStart();
    if (!line.startsWith('#')) break;
    block.push(line);
  }
  return block;
}

/** The block of comment lines that ends right above a line. */
function above(lines: readonly string[], line: number): ValueComment | undefined {
  const block: string[] = [];
  for (let at = line - 2; at >= 0 && block.length < 200; at--) {
    const text = (lines[at] as string).trim();
    if (!text.startsWith('#')) break;
    block.unshift(text);
  }
  if (block.length === 0) return undefined;
  // What a block of annotations is about may stand above an empty line.
  if (block.every((text) => annotation.test(text))) {
    let at = line - 2 - block.length;
    while (at >= 0 && (lines[at] as string).trim() === '' && line - at < 200) at--;
    const upper: string[] = [];
    for (; at >= 0 && upper.length < 200 && (lines[at] as string).trim().startsWith('#'); at--)
      upper.unshift((lines[at] as string).trim());
    if (upper.some((text) => marked.test(text))) block.unshift(...upper);
  }
  const start = block.findLastIndex((text) => marked.test(text) && !/^#+\s*@/.test(text));
  if (start >= 0) {
    const match = marked.exec(block[start] as string) as RegExpExecArray;
    // `# other.key -- text` belongs to that key.
    return match[1] === undefined ? readMarked(match[2] ?? '', block.slice(start + 1)) : undefined;
  }
  return plain(block);
}

function readMarked(first: string, rest: readonly string[]): ValueComment {
  const typed = /^\(([^)]*)\)\s*(.*)$/.exec(first);
  const words = [typed?.[2] ?? first];
  let shownDefault: string | undefined;
  for (const text of rest) {
    const said = annotation.exec(text);
    if (said !== null) {
      if (said[1] === 'default') shownDefault = said[2] ?? '';
    } else if (marked.test(text)) break;
    // A second `#` opens a remark for whoever reads the file.
    else if (!text.startsWith('##')) words.push(text.replace(/^#\s?/, ''));
  }
  return {
    description: words.join(' ').replace(/\s+/g, ' ').trim(),
    from: 'helm-docs',
    ...(typed?.[1] === undefined ? {} : { type: typed[1] }),
    ...(shownDefault === undefined ? {} : { shownDefault }),
  };
}

function plain(block: readonly string[]): ValueComment | undefined {
  const words = block
    .filter((text) => !outcommented.test(text) && !annotation.test(text) && /[A-Za-z0-9]/.test(text))
    .map((text) => text.replace(/^#+\s?/, '').trim());
  const description = words.join(' ').replace(/\s+/g, ' ').trim();
  return description === '' ? undefined : { description, from: 'comment' };
}

/** A comment behind the value on the key's own line; a `#` inside quotes or a word is none. */
function behind(line: string): ValueComment | undefined {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && /[\s:[{,]/.test(line[at - 1] ?? ' ')) quote = char;
    else if (char === '#' && /\s/.test(line[at - 1] ?? '')) {
      const description = line
        .slice(at)
        .replace(/^#+\s*(?:--\s*)?/, '')
        .trim();
      return description === '' ? undefined : { description, from: 'comment' };
    }
  }
  return undefined;
}
