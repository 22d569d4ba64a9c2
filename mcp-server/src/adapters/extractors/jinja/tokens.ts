export interface JinjaToken {
  kind: 'name' | 'string' | 'number' | 'operator';
  /** As written; of a string what stands between its quotes, escapes kept. */
  text: string;
  /** Offset in the text that was tokenised; end is exclusive. */
  at: number;
  end: number;
}

const token = /([A-Za-z_]\w*)|(\d[\w.]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\/\/|\*\*|==|!=|<=|>=|\S)/gsy;
const space = /\s*/gy;

/** Tokens of a Jinja expression between two offsets. Total: a lone quote or an odd character is an operator of its own. */
export function tokenise(text: string, from = 0, to = text.length): JinjaToken[] {
  const tokens: JinjaToken[] = [];
  let at = from;
  for (;;) {
    space.lastIndex = at;
    space.exec(text);
    at = Math.max(at, space.lastIndex);
    if (at >= to) return tokens;
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null || token.lastIndex > to) return tokens;
    const end = token.lastIndex;
    const kind = match[1] ? 'name' : match[2] ? 'number' : match[3] ? 'string' : 'operator';
    tokens.push({ kind, text: kind === 'string' ? match[0].slice(1, -1) : match[0], at, end });
    at = end;
  }
}
