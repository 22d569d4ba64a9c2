import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type YAMLMap } from 'yaml';

/** A member of a mapping with the lines from its key to the end of its value. */
export interface Member {
  key: string;
  value: Node | null;
  line: number;
  endLine: number;
}

/** Reads a parsed document with lines; aliases are followed one step at a time, so no alias bomb unfolds. */
export class NodeReader {
  private readonly document: Document;
  private readonly lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.document = document;
    this.lines = lines;
  }

  members(node: unknown): Member[] {
    const map = this.real(node);
    if (!isMap(map)) return [];
    const own: Member[] = [];
    const merged: Member[] = [];
    for (const { key, value } of (map as YAMLMap).items) {
      if (!isScalar(key) || !key.range) continue;
      const line = this.lines.linePos(key.range[0]).line;
      const end = (value as Node | null)?.range?.[1];
      const endLine = end === undefined ? line : this.lines.linePos(Math.max(end - 1, key.range[0])).line;
      const member = { key: String(key.value), value: value as Node | null, line, endLine: Math.max(line, endLine) };
      if (member.key === '<<') merged.push(...this.mergedMembers(member));
      else own.push(member);
    }
    const known = new Set(own.map((member) => member.key));
    return [...own, ...merged.filter((member) => !known.has(member.key))];
  }

  /** What `<<: *base` brings; its lines are those of the merge, for evidence within the mapping. */
  private mergedMembers({ value, line, endLine }: Member): Member[] {
    const real = this.real(value);
    const sources = isSeq(real) ? real.items.slice(0, 20) : [real];
    return sources.flatMap((source) => {
      const map = this.real(source);
      if (!isMap(map)) return [];
      return (map as YAMLMap).items.flatMap((pair) =>
        isScalar(pair.key) && pair.key.value !== '<<'
          ? [{ key: String(pair.key.value), value: pair.value as Node | null, line, endLine }]
          : [],
      );
    });
  }

  member(node: unknown, key: string): Member | undefined {
    return this.members(node).find((member) => member.key === key);
  }

  items(node: unknown): { value: Node; line: number; endLine: number }[] {
    const list = this.real(node);
    if (!isSeq(list)) return [];
    return (list.items as Node[]).map((value) => ({
      value,
      line: this.lines.linePos(value.range?.[0] ?? 0).line,
      endLine: this.lines.linePos(Math.max((value.range?.[1] ?? 1) - 1, 0)).line,
    }));
  }

  /** A scalar's text; undefined for null, lists and mappings. */
  text(node: unknown): string | undefined {
    const scalar = this.real(node);
    return isScalar(scalar) && scalar.value !== null ? String(scalar.value) : undefined;
  }

  /** The texts of a list, or the keys of a mapping: many places of the specification take either. */
  names(node: unknown): string[] {
    const real = this.real(node);
    if (isMap(real)) return this.members(real).map((member) => member.key);
    return this.items(real).flatMap(({ value }) => this.text(value) ?? []);
  }

  isMapping(node: unknown): boolean {
    return isMap(this.real(node));
  }

  private real(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }
}
