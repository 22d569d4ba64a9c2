/** A source of random numbers that a seed repeats (mulberry32). Numbers are in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What breaks readers: ends and beginnings of constructs, odd spaces and marks, numbers at edges, names that objects have. */
const TOKENS = [
  ...['', '\n', '\r\n', '\r', '\t', '\0', '\ufeff', '\u2028', '\u202e', '\ud800', '\u{1f600}', '\u00a0', '\u001b[2J'],
  ...[
    '---\n',
    '```',
    '~~~',
    '#',
    '######',
    '|',
    '| --- |',
    '- ',
    '* ',
    '1. ',
    '> ',
    '<!--',
    '-->',
    '[',
    '](',
    '![',
    '&amp;',
  ],
  ...[
    '{',
    '}',
    '{{',
    '}}',
    '{%',
    '[[',
    '"',
    "'",
    '\\',
    '${',
    '$(',
    '`',
    '<<EOF',
    '<<-',
    '((',
    '&&',
    '||',
    ';',
    '%{',
    '*/',
  ],
  ...['&a', '*a', '<<: *a', '!!binary', '? ', ': ', '!vault |', '@', '=', '=>', '__proto__', 'constructor', 'toString'],
  ...['-1', '0', '1e999', '9007199254740993', 'NaN', 'null', '0x', '2026-02-30', 'REQ-1', 'AC-1.1', 'CMP-', 'CHK-0'],
  ...['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '                                        ', '........', '////////'],
];

/** A text made from one or two of a corpus by a few small changes. */
export function mutated(corpus: readonly string[], random: () => number): string {
  const below = (end: number) => Math.floor(random() * end);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  let text = pick(corpus);
  for (let change = 1 + below(6); change > 0; change--) {
    const [from, to] = [below(text.length + 1), below(text.length + 1)].sort((a, b) => a - b) as [number, number];
    const near = Math.min(to, from + 1 + below(40));
    const edits = [
      () => text.slice(0, from) + pick(TOKENS) + text.slice(from),
      () => text.slice(0, from) + pick(TOKENS) + text.slice(near),
      () => text.slice(0, from) + text.slice(near),
      () => text.slice(0, from) + text.slice(to),
      () => text.slice(0, near) + text.slice(from),
      () => text.slice(0, from) + text.slice(from, near).repeat(1 + below(50)) + text.slice(near),
      () => text.slice(0, from) + pick(TOKENS).repeat(1 + below(200)) + text.slice(from),
      () => text.slice(0, from) + String.fromCharCode(below(random() < 0.9 ? 256 : 65536)) + text.slice(from + 1),
      () => onLines(text, random),
      () => text.slice(0, from) + pick(corpus).slice(below(400)),
    ];
    text = pick(edits)();
  }
  return text.slice(0, MOST);
}

/** Longer texts take long without finding more; size has tests of its own. */
const MOST = 40_000;

/** Lines in another order, twice, or indented otherwise. */
function onLines(text: string, random: () => number): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * lines.length);
  const other = Math.floor(random() * lines.length);
  const kind = random();
  if (kind < 0.3) [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  else if (kind < 0.6) lines.splice(other, 0, lines[at]!);
  else lines[at] = ' '.repeat(Math.floor(random() * 12)) + lines[at]!.trimStart();
  return lines.join('\n');
}
