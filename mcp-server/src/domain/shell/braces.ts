import type { Segment } from './script.ts';

/** More words than this are not written out: the word counts as dynamic. */
const MAX_WORDS = 512;
const MAX_NESTING = 32;

/** Finding the end of a brace looks ahead, so a word with more braces and commas than this counts as dynamic too. */
const MAX_TOKENS = 512;

type Token = Segment | '{' | ',' | '}';

/** Brace expansion, `a{b,c}` to `ab` and `ac`, `{1..3}` to `1 2 3` (bash manual 3.5.1). */
export function expandBraces(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  if (!segments.some((segment) => segment.kind === 'literal' && !segment.quoted && segment.text.includes('{'))) {
    return [segments];
  }
  const tokens = segments.flatMap(tokenise);
  const words = tokens.length > MAX_TOKENS ? undefined : expand(tokens, 0, tokens.length, 0);
  // An alternative that is empty and not quoted is no word at all.
  return words?.map(merge).filter((word) => word.length > 0) ?? [[{ kind: 'other', quoted: false }]];
}

function tokenise(segment: Segment): Token[] {
  if (segment.kind !== 'literal' || segment.quoted) return [segment];
  const pieces = segment.text.split(/([{},])/).filter((text) => text !== '');
  return pieces.map((text) => (text === '{' || text === ',' || text === '}' ? text : literal(text)));
}

function literal(text: string): Segment {
  return { kind: 'literal', text, quoted: false };
}

function expand(tokens: readonly Token[], from: number, to: number, depth: number): Segment[][] | undefined {
  if (depth > MAX_NESTING) return undefined;
  let words: Segment[][] = [[]];
  let start = from;
  for (let at = from; at < to; at++) {
    const token = tokens[at]!;
    // `{}` is left alone, for `find -exec`, but only where bash begins to look.
    const empty = at === start && tokens[at + 1] === '}';
    const brace = token === '{' && !empty ? braceAt(tokens, at, to) : undefined;
    const range = brace?.commas.length === 0 ? sequence(tokens, at, brace.end) : undefined;
    if (brace === undefined || (brace.commas.length === 0 && range === undefined)) {
      for (const word of words) word.push(typeof token === 'string' ? literal(token) : token);
      continue;
    }
    const alternatives = range ?? [];
    start = at + 1;
    for (const end of range === undefined ? [...brace.commas, brace.end] : []) {
      const inner = expand(tokens, start, end, depth + 1);
      if (inner === undefined) return undefined;
      alternatives.push(...inner);
      start = end + 1;
    }
    start = brace.end + 1;
    if (words.length * alternatives.length > MAX_WORDS) return undefined;
    words = words.flatMap((word) => alternatives.map((alternative) => [...word, ...alternative]));
    at = brace.end;
  }
  return words;
}

/** The commas of the brace and its end: the first `}` of its level behind a comma or, in a sequence, `..`. */
function braceAt(tokens: readonly Token[], from: number, to: number): { commas: number[]; end: number } | undefined {
  const commas: number[] = [];
  let level = 0;
  let dots = false;
  for (let at = from + 1; at < to; at++) {
    const token = tokens[at]!;
    if (token === '{') level++;
    else if (token === '}') {
      if (level === 0 && (commas.length > 0 || dots)) return { commas, end: at };
      if (level > 0) level--;
    } else if (level === 0 && token === ',') commas.push(at);
    else if (level === 0 && typeof token === 'object' && token.kind === 'literal' && !token.quoted) {
      dots ||= tokens[at + 1] === '}' ? /\.\../.test(token.text) : token.text.includes('..');
    }
  }
  return undefined;
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
