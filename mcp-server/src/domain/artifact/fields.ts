import { type Item, itemsOf, type Section } from './markdown.ts';

/** One `- Key: value` line of a block; the value continues in nested items. */
export interface Field {
  key: string;
  value: string;
  values: string[];
  /** The line of each value, as many as there are values. */
  valueLines: number[];
  line: number;
}

const FIELD = /^([A-Za-z][A-Za-z -]{0,40}?):(?:\s+(.*))?$/s;

/** The fields of a block by their key in lower case; the first of a key wins. */
export function fieldsOf(section: Section): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const field of allFieldsOf(section)) if (!fields.has(field.key)) fields.set(field.key, field);
  return fields;
}

/** Every field of a block in order, those that are repeated included. */
export function allFieldsOf(section: Section): Field[] {
  return itemsOf(section).flatMap((item) => readField(item) ?? []);
}

function readField(item: Item): Field | undefined {
  const match = FIELD.exec(item.text);
  if (match === null) return undefined;
  const value = (match[2] ?? '').trim();
  const places = [...(value === '' ? [] : [{ text: value, line: item.line }]), ...item.children];
  return {
    key: match[1]!.trimEnd().toLowerCase(),
    value,
    values: places.map(({ text }) => text),
    valueLines: places.map(({ line }) => line),
    line: item.line,
  };
}

/** A comma-separated value as a list: `a, b` and nested items alike. */
export function listValue(field: Field | undefined): string[] {
  return (field?.values ?? [])
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '' && !/^(?:none|-|n\/a)$/i.test(value));
}

/** `yes`/`no` and their kin; undefined where it is neither. */
export function yesNo(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(?:yes|true|required|must)\b/i.test(value)) return true;
  if (/^(?:no|false|optional)\b/i.test(value)) return false;
  return undefined;
}

const INFERRED = /\(inferred:\s*([^)]*)\)/i;

/** The reason of a statement that extraction or an agent concluded (docs/artifacts.md). */
export function inferredBy(text: string): string | undefined {
  return INFERRED.exec(text)?.[1]?.trim();
}
