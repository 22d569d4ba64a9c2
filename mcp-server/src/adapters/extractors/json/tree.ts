import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml/node.ts';

/** JSON with the lines it stands on, in the nodes that the YAML reader gives as well. */
export interface JsonTree {
  root: YamlNode | undefined;
  /** First line (from 1) that is no JSON (RFC 8259); everything read before it is in the tree. */
  badLine: number | undefined;
}

type Open =
  | { map: YamlMap & { entries: YamlEntry[] } }
  | { seq: Extract<YamlNode, { kind: 'seq' }> & { items: YamlNode[] } };

const bare = /[^\s,:[\]{}"]+/y;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Reads JSON in one pass without recursion. A file that was cut off, or that goes on with something else, gives the tree
 * up to there: every open map and list is closed at the last line that was read.
 */
export function parseJson(text: string): JsonTree {
  const open: Open[] = [];
  let root: YamlNode | undefined;
  let key: { text: string; line: number } | undefined;
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let expects: 'value' | 'key' | 'colon' | 'comma' | 'end' = 'value';
  let empty = false;

  const put = (node: YamlNode) => {
    const holder = open.at(-1);
    if (holder === undefined) root = node;
    else if ('seq' in holder) holder.seq.items.push(node);
    else if (key !== undefined) holder.map.entries.push({ key: key.text, keyLine: key.line, value: node });
    key = undefined;
  };
  const begin = (entry: Open) => {
    put('map' in entry ? entry.map : entry.seq);
    open.push(entry);
    empty = true;
  };
  const nodeOf = (entry: Open) => ('map' in entry ? entry.map : entry.seq);
  const done = (badLine?: number): JsonTree => {
    for (const entry of open) nodeOf(entry).endLine = line;
    return { root, badLine };
  };

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10) line++;
    if (code === 10 || code === 32 || code === 13 || code === 9) {
      at++;
      continue;
    }
    const wasEmpty = empty;
    empty = false;
    if (code === 34) {
      if (expects !== 'value' && expects !== 'key') return done(line);
      const end = endOfString(text, at);
      if (end < 0) return done(line);
      const value = unescaped(text.slice(at, end));
      if (value === undefined) return done(line);
      if (expects === 'key') {
        key = { text: value, line };
        expects = 'colon';
      } else {
        put(scalar(value, value, line, 'double'));
        expects = open.length === 0 ? 'end' : 'comma';
      }
      at = end;
    } else if (code === 123 || code === 91) {
      if (expects !== 'value') return done(line);
      if (code === 123) begin({ map: { kind: 'map', entries: [], line, endLine: line } });
      else begin({ seq: { kind: 'seq', items: [], line, endLine: line } });
      expects = code === 123 ? 'key' : 'value';
      at++;
    } else if (code === 125 || code === 93) {
      const entry = open.at(-1);
      const closes = entry !== undefined && 'map' in entry === (code === 125);
      if (!closes || !(expects === 'comma' || wasEmpty)) return done(line);
      nodeOf(entry).endLine = line;
      open.pop();
      expects = open.length === 0 ? 'end' : 'comma';
      at++;
    } else if (code === 58) {
      if (expects !== 'colon') return done(line);
      expects = 'value';
      at++;
    } else if (code === 44) {
      if (expects !== 'comma') return done(line);
      expects = 'map' in (open.at(-1) as Open) ? 'key' : 'value';
      at++;
    } else {
      bare.lastIndex = at;
      const word = bare.exec(text)?.[0] ?? '';
      const value = literalOf(word);
      if (expects !== 'value' || value === undefined) return done(line);
      put(scalar(value, word, line, 'plain'));
      expects = open.length === 0 ? 'end' : 'comma';
      at += word.length;
    }
  }
  return done(expects === 'end' ? undefined : line);
}

/** Offset behind the closing quote; -1 when the text or the line ends before it. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code === 92) at++;
    else if (code === 10) return -1;
  }
  return -1;
}

function unescaped(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

function literalOf(word: string): number | boolean | null | undefined {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return number.test(word) ? Number(word) : undefined;
}

function scalar(value: YamlScalar['value'], text: string, line: number, style: YamlScalar['style']): YamlScalar {
  return { kind: 'scalar', value, text, line, endLine: line, style };
}
