import type { Segment } from './script.ts';

/** More words than this are not written out: the word counts as dynamic. */
const MAX_WORDS = 512;
const MAX_NESTING = 32;

type Token = Segment | '{' | ',' | '}';
/** The commas and the end of each brace that expands, by the index of its `{`. */
type Pairs = ReadonlyMap<number, { readonly commas: readonly number[]; readonly end: number }>;

/** Brace expansion, `a{b,c}` to `ab` and `ac`, `{1..3}` to `1 2 3` (bash manual 3.5.1). */
export function expandBraces(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  if (!segments.some((segment) => segment.kind === 'literal' && !segment.quoted && segment.text.includes('{'))) {
    return [segments];
  }
  const tokens = segments.flatMap(tokenise);
  const pairs = pair(tokens);
  const words = expand(tokens, pairs, 0, tokens.length, 0);
  return words?.map(merge) ?? [[{ kind: 'other', quoted: false }]];
}

function tokenise(segment: Segment): Token[] {
  if (segment.kind !== 'literal' || segment.quoted) return [segment];
  const pieces = segment.text.split(/([{},])/).filter((text) => text !== '');
  return pieces.map((text) => (text === '{' || text === ',' || text === '}' ? text : literal(text)));
}

function literal(text: string): Segment {
  return { kind: 'literal', text, quoted: false };
}

function pair(tokens: readonly Token[]): Pairs {
  const pairs = new Map<number, { commas: number[]; end: number }>();
  const open: { at: number; commas: number[] }[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token === '{') open.push({ at, commas: [] });
    else if (token === ',') open.at(-1)?.commas.push(at);
    else if (token === '}') {
      const brace = open.pop();
      if (brace === undefined) continue;
      if (brace.commas.length > 0 || sequence(tokens, brace.at, at)) pairs.set(brace.at, { commas: brace.commas, end: at });
    }
  }
  return pairs;
}

function expand(tokens: readonly Token[], pairs: Pairs, from: number, to: number, depth: number): Segment[][] | undefined {
  if (depth > MAX_NESTING) return undefined;
  let words: Segment[][] = [[]];
  for (let at = from; at < to; at++) {
    const token = tokens[at]!;
    const brace = token === '{' ? pairs.get(at) : undefined;
    if (brace === undefined) {
      for (const word of words) word.push(typeof token === 'string' ? literal(token) : token);
      continue;
    }
    const alternatives = brace.commas.length > 0 ? [] : sequence(tokens, at, brace.end);
    let start = at + 1;
    for (const end of brace.commas.length > 0 ? [...brace.commas, brace.end] : []) {
      const inner = expand(tokens, pairs, start, end, depth + 1);
      if (inner === undefined) return undefined;
      alternatives?.push(...inner);
      start = end + 1;
    }
    if (alternatives === undefined || words.length * alternatives.length > MAX_WORDS) return undefined;
    words = words.flatMap((word) => alternatives.map((alternative) => [...word, ...alternative]));
    at = brace.end;
  }
  return words;
}

/** `{x..y[..step]}` with integers or letters; undefined for anything else. */
function sequence(tokens: readonly Token[], from: number, to: number): Segment[][] | undefined {
  const only = to === from + 2 ? tokens[from + 1] : undefined;
  if (typeof only !== 'object' || only.kind !== 'literal' || only.quoted) return undefined;
  const match = /^(?:(-?\d{1,9})\.\.(-?\d{1,9})|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d{1,9}))?$/.exec(only.text);
  if (match === null) return undefined;
  const [, low = '', high = '', a = '', b = '', by = '1'] = match;
  const letters = a !== '';
  const first = letters ? a.charCodeAt(0) : Number(low);
  const last = letters ? b.charCodeAt(0) : Number(high);
  const step = Math.max(1, Math.abs(Number(by)));
  const width = /^-?0\d/.test(low) || /^-?0\d/.test(high) ? Math.max(low.length, high.length) : 0;
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (count > MAX_WORDS) return Array.from({ length: MAX_WORDS + 1 }, () => []);
  return Array.from({ length: count }, (_, index) => {
    const value = first + Math.sign(last - first) * step * index;
    return [literal(letters ? String.fromCharCode(value) : padded(value, width))];
  });
}

function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}

function merge(segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (last?.kind === 'literal' && segment.kind === 'literal' && last.quoted === segment.quoted) {
      out[out.length - 1] = { ...last, text: last.text + segment.text };
    } else out.push(segment);
  }
  return out;
}
