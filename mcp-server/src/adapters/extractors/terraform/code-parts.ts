import { heredocClose, heredocStart } from './heredoc.ts';

interface Frame {
  kind: 'string' | 'heredoc' | 'brace';
  /** The closing word of a heredoc. */
  word: string;
}

/**
 * The parts of an HCL expression that are code: outside quotes, heredocs and comments, or inside a template's `${}` or
 * `%{}`. One pass with its own stack.
 */
export function* codeParts(raw: string): Generator<string> {
  // Most expressions hold none of these.
  if (!/["#]|<<|\/[/*]/.test(raw)) {
    yield raw;
    return;
  }
  const open: Frame[] = [];
  let from = 0;
  let at = 0;
  while (at < raw.length) {
    const char = raw[at] as string;
    const frame = open[open.length - 1];
    if (frame !== undefined && frame.kind !== 'brace') {
      if (char === '\\' && frame.kind === 'string') at += 2;
      else if ((char === '$' || char === '%') && raw[at + 1] === '{') {
        at += 2;
        if (raw[at - 3] === char) continue;
        open.push({ kind: 'brace', word: '' });
        from = at;
      } else if (char === '"' && frame.kind === 'string') {
        open.pop();
        from = ++at;
      } else if (char === '\n' && frame.kind === 'heredoc') {
        at++;
        const close = heredocClose(raw, at, frame.word);
        if (close !== undefined) {
          open.pop();
          from = at = close;
        }
      } else at++;
      continue;
    }
    const heredoc = char === '<' ? heredocStart(raw, at) : undefined;
    if (char === '"') {
      yield raw.slice(from, at++);
      open.push({ kind: 'string', word: '' });
    } else if (heredoc !== undefined) {
      yield raw.slice(from, at);
      at = heredoc.end;
      open.push({ kind: 'heredoc', word: heredoc.word });
    } else if (char === '#' || (char === '/' && raw[at + 1] === '/')) {
      yield raw.slice(from, at);
      const end = raw.indexOf('\n', at);
      from = at = end < 0 ? raw.length : end;
    } else if (char === '/' && raw[at + 1] === '*') {
      yield raw.slice(from, at);
      const end = raw.indexOf('*/', at + 2);
      from = at = end < 0 ? raw.length : end + 2;
    } else if (char === '{') {
      open.push({ kind: 'brace', word: '' });
      at++;
    } else if (char === '}' && frame !== undefined) {
      open.pop();
      if (isText(open[open.length - 1])) yield raw.slice(from, at);
      at++;
    } else at++;
  }
  if (!isText(open[open.length - 1])) yield raw.slice(from);
}

function isText(frame: Frame | undefined): boolean {
  return frame !== undefined && frame.kind !== 'brace';
}
