import { type Item, itemsOf, type Section } from './markdown.ts';

/** One `- Key: value` line of a block; the value continues in nested items. */
export interface Field {
  key: string;
  value: string;
  values: string[];
  line: number;
}

const FIELD = /^([A-Za-z][A-Za-z -]{0,40}?):(?:\s+(.*))?$/s;

/** The fields of a block by their key in lower case. A key that is given again adds to the values of the first. */
export function fieldsOf(section: Section): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const item of itemsOf(section)) {
    const field = readField(item);
    if (field === undefined) continue;
    const first = fields.get(field.key);
    if (first === undefined) fields.set(field.key, field);
    else first.values.push(...field.values);
  }
  return fields;
}

function readField(item: Item): Field | undefined {
  const match = FIELD.exec(item.text);
  if (match === null) return undefined;
  const value = (match[2] ?? '').trim();
  const nested = item.children.map((child) => child.text);
  return {
    key: match[1]!.toLowerCase(),
    value,
    values: [...(value === '' ? [] : [value]), ...nested],
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

/** The reason of a statement that extraction or an agent concluded (design.md 2.1). */
export function inferredBy(text: string): string | undefined {
  return INFERRED.exec(text)?.[1]?.trim();
}
