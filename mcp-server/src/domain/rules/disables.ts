import type { Outline } from '../artifact/markdown.ts';
import type { Finding } from '../finding.ts';

/** A comment in an artifact: `<!-- countersign-disable-next-line rule-id: reason -->`. */
export interface Disable {
  path: string;
  /** Where the comment stands. */
  line: number;
  /** What it covers: the next line that is neither blank nor such a comment; 0 where nothing follows. */
  target: number;
  /** Empty where the comment names none. */
  rule: string;
  /** Empty where the comment gives none; then it disables nothing. */
  reason: string;
}

/** The disabling comments of all artifacts, and what they cover. */
export class Disables {
  readonly comments: readonly Disable[];
  /** The first line of the table that a row belongs to: no comment fits between rows, so one above covers them all. */
  readonly #tables = new Map<string, number>();
  readonly #covered: ReadonlySet<string>;

  constructor(artifacts: readonly { path: string; doc: Outline }[]) {
    this.comments = artifacts.flatMap((artifact) => this.#read(artifact.path, artifact.doc.text));
    this.#covered = new Set(
      this.comments.flatMap((one) => (one.reason === '' ? [] : [this.key(one.path, one.target, one.rule)])),
    );
  }

  covers(finding: Finding): boolean {
    return this.#covered.size > 0 && this.#covered.has(this.key(finding.path, finding.line, finding.rule));
  }

  /** The same for a finding and for a comment that covers it. */
  key(path: string, line: number, rule: string): string {
    return `${path}\n${this.#tables.get(`${path}\n${line}`) ?? line}\n${rule}`;
  }

  #read(path: string, text: string): Disable[] {
    if (!text.includes(MARK)) return [];
    const lines = text.split(/\r\n|\r|\n/);
    const found = commentsIn(lines);
    const disables: Disable[] = [];
    let target = 0;
    for (let at = lines.length - 1; at >= 0; at--) {
      const comment = found.get(at);
      if (comment !== undefined) disables.push({ path, line: at + 1, target, ...comment });
      else if (lines[at]!.trim() !== '') target = at + 1;
    }
    for (const [at, line] of lines.entries()) {
      if (!isRow(line) || at === 0 || !isRow(lines[at - 1]!)) continue;
      this.#tables.set(`${path}\n${at + 1}`, this.#tables.get(`${path}\n${at}`) ?? at);
    }
    return disables.reverse();
  }
}

const MARK = 'countersign-disable-next-line';
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const isRow = (line: string) => /^ {0,3}\|/.test(line);

/** The comments by their line's index; those in fenced code are examples and do nothing. */
function commentsIn(lines: readonly string[]): Map<number, { rule: string; reason: string }> {
  const found = new Map<number, { rule: string; reason: string }>();
  let fence: string | undefined;
  for (const [at, line] of lines.entries()) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      continue;
    }
    fence = mark;
    const start = line.indexOf(MARK);
    if (start < 0 || !line.slice(0, start).trimEnd().endsWith('<!--')) continue;
    const end = line.indexOf('-->', start);
    const body = line.slice(start + MARK.length, end < 0 ? line.length : end);
    const [, rule, reason] = /^\s*([a-z0-9-]*)\s*:?(.*)$/s.exec(body)!;
    found.set(at, { rule: rule!, reason: reason!.trim() });
  }
  return found;
}
