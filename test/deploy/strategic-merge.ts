/** A value of an API object. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Fields = { [key: string]: Value };

export const isFields = (value: Value | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys by which lists of objects are merged (patchMergeKey in the API reference); other lists are replaced. */
const KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'containerPort',
};

/** Merges a strategic merge patch, or JSON merge patch with `lists: 'replace'`, into an object (Kubernetes, API concepts). */
export function merged(before: Value | undefined, patch: Fields, lists: 'merge' | 'replace' = 'merge'): Fields {
  const out: Fields = isFields(before) ? { ...before } : {};
  const kept = patch['$retainKeys'];
  if (Array.isArray(kept)) for (const key of Object.keys(out)) if (!kept.includes(key)) delete out[key];
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete out[key];
    else if (isFields(value)) out[key] = merged(out[key], value, lists);
    else if (lists === 'merge' && Array.isArray(value)) out[key] = mergedList(key, out[key], value);
    else out[key] = value;
  }
  return out;
}

function mergedList(name: string, before: Value | undefined, patch: Value[]): Value[] {
  const key = Object.hasOwn(KEYS, name) ? KEYS[name]! : undefined;
  if (key === undefined || !Array.isArray(before) || !patch.every(isFields)) return patch;
  // Ports of a Service are merged by `port`.
  const by = patch.some((one) => key in one) ? key : 'port';
  const out = [...before];
  for (const one of patch) {
    const at = out.findIndex((other) => isFields(other) && other[by] === one[by]);
    if (one['$patch'] === 'delete') out.splice(at, at < 0 ? 0 : 1);
    else if (at < 0) out.push(one);
    else out[at] = merged(out[at], one);
  }
  return out;
}

/** What has to be merged so that fields of `before` which `after` no longer has are gone: a server-side apply by one owner. */
export function applied(before: Fields, after: Fields): Fields {
  const patch: Fields = { ...after };
  for (const [key, value] of Object.entries(before))
    if (!(key in after)) patch[key] = null;
    else if (isFields(value) && isFields(after[key])) patch[key] = applied(value, after[key]);
  return patch;
}
