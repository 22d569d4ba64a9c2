import { lineFinder } from '../../../domain/extract/build.ts';

/** YAML as extractors see it: plain values with the lines they stand on, aliases resolved, merge keys applied. */

/** Lines from 1, endLine inclusive: the value alone, without its key and without trailing comments. */
interface Place {
  line: number;
  endLine: number;
  /** A local tag as written (`!vault`, `!unsafe`, `!reference`); standard tags are resolved and not kept. */
  tag?: string;
}

export interface YamlScalar extends Place {
  kind: 'scalar';
  /** By the YAML 1.2 core schema; what YAML 1.1 reads as a boolean (`yes`, `on`) stays a string here, see isTrue. */
  value: string | number | boolean | null;
  /** The scalar's text: unquoted and unfolded, but `0644` and `1.10` stay what was written. */
  text: string;
  style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export interface YamlEntry {
  key: string;
  keyLine: number;
  value: YamlNode;
}

export interface YamlMap extends Place {
  kind: 'map';
  /** In source order; of repeated keys all are kept. Entries that came by `<<` stand last and keep their own lines. */
  entries: readonly YamlEntry[];
}

interface YamlSeq extends Place {
  kind: 'seq';
  items: readonly YamlNode[];
}

export type YamlNode = YamlScalar | YamlMap | YamlSeq;

/** The entry of a key in a map; YAML readers let the last of repeated keys win, but a merged one never does. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

export function childOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** Entries of a map, none for any other node. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** Items of a sequence, none for any other node. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'seq' ? node.items : [];
}

/** Text of a scalar; undefined for collections and for null. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** Texts of a scalar, or of the scalars in a sequence: many keys take one or a list. */
export function textsOf(node: YamlNode | undefined): string[] {
  return (node?.kind === 'seq' ? node.items : [node]).flatMap((item) => textOf(item) ?? []);
}

/** Truth as YAML 1.1 readers (PyYAML, Ansible) see it: true, yes, on, in any case; false, no, off; otherwise undefined. */
export function truthOf(node: YamlNode | undefined): boolean | undefined {
  const text = textOf(node)?.toLowerCase();
  if (text === 'true' || text === 'yes' || text === 'on') return true;
  return text === 'false' || text === 'no' || text === 'off' ? false : undefined;
}

/** Lines from the key to the end of its value. */
export function spanOf(entry: YamlEntry): { line: number; endLine: number } {
  return { line: entry.keyLine, endLine: Math.max(entry.keyLine, entry.value.endLine) };
}

/**
 * Where the text of a scalar from offset `at` stands in the file: exact for one line and for literal blocks (`|`),
 * else all lines of the scalar, because folding loses them.
 */
export function spanInScalar(scalar: YamlScalar, at: number): { line: number; endLine: number } {
  if (scalar.style !== 'literal') return { line: scalar.line, endLine: scalar.endLine };
  let find = finders.get(scalar);
  if (find === undefined) {
    find = lineFinder(scalar.text);
    finders.set(scalar, find);
  }
  const line = Math.min(scalar.line + find(at), scalar.endLine);
  return { line, endLine: line };
}

/** Line starts of long texts are found once, however many places of them are asked for. */
const finders = new WeakMap<YamlScalar, (offset: number) => number>();
