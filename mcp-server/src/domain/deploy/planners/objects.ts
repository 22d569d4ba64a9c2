import { parseDocument } from 'yaml';
import { canonical, type Json } from '../../canonical.ts';
import { sha256 } from '../../hash.ts';
import { beyondBounds } from '../../yaml/bounds.ts';
import type { PlanItem } from '../plan.ts';

/** Kubernetes objects of a stream of YAML documents by `kind/namespace/name`; undefined where it cannot be read. */
export function readObjects(text: string): Map<string, Json> | undefined {
  const objects = new Map<string, Json>();
  // One by one: bounds are those of a document, and a chart may have hundreds.
  for (const part of text.split(/^---.*$/m)) {
    if (part.trim() === '') continue;
    if (beyondBounds(part) !== undefined) return undefined;
    const document = parseDocument(part, { logLevel: 'error' });
    if (document.errors.length > 0) return undefined;
    const value = document.toJS() as { kind?: unknown; metadata?: { name?: unknown; namespace?: unknown } } | null;
    if (value === null || typeof value !== 'object' || typeof value.kind !== 'string') continue;
    const { name, namespace } = value.metadata ?? {};
    objects.set([value.kind, namespace, name].filter((one) => one !== undefined).join('/'), value as Json);
  }
  return objects;
}

/** What has to happen to objects, with the hash of each before and after: values of Secrets never show. */
export function objectChanges(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): { items: PlanItem[]; detail: Json } {
  const hash = (value: Json | undefined) => (value === undefined ? null : sha256(canonical(value)));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const moved = names.filter((name) => hash(before.get(name)) !== hash(after.get(name)));
  const action = (name: string): PlanItem['action'] =>
    before.has(name) ? (after.has(name) ? 'change' : 'destroy') : 'create';
  return {
    items: moved.map((address) => ({ address, action: action(address) })),
    detail: moved.map((name) => ({
      object: name,
      before: hash(before.get(name)),
      after: hash(after.get(name)),
      paths: changedPaths(before.get(name), after.get(name)).slice(0, 200),
    })),
  };
}

/** Where two values differ, as `spec.replicas`. */
function changedPaths(before: Json | undefined, after: Json | undefined, at = ''): string[] {
  const isMap = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(before) || !isMap(after)) {
    const same = before !== undefined && after !== undefined && canonical(before) === canonical(after);
    return same ? [] : [at === '' ? '.' : at];
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => changedPaths(before[key], after[key], at === '' ? key : `${at}.${key}`));
}
