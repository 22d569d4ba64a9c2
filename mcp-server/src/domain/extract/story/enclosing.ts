/** Lines from and to, both counted. */
export interface Reach {
  from: number;
  to: number;
}

/** Ranges of lines that lie within each other or apart, as blocks do; asked for those around some lines. */
export class Enclosing<T extends Reach> {
  private readonly marks: readonly T[];
  /** Position of the mark around each, -1 for none. */
  private readonly outer: number[] = [];

  constructor(marks: readonly T[]) {
    this.marks = [...marks].sort((a, b) => a.from - b.from || b.to - a.to);
    const open: number[] = [];
    this.marks.forEach((mark, at) => {
      while (open.length > 0 && this.marks[open.at(-1)!]!.to < mark.to) open.pop();
      this.outer.push(open.at(-1) ?? -1);
      open.push(at);
    });
  }

  /** Those around the lines, the innermost first. Logarithmic in the marks, and as deep as they lie in each other. */
  around({ from, to }: Reach): T[] {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.marks[middle]!.from <= from) low = middle + 1;
      else high = middle;
    }
    const found: T[] = [];
    for (let at = low - 1; at >= 0; at = this.outer[at]!) if (this.marks[at]!.to >= to) found.push(this.marks[at]!);
    return found;
  }
}
