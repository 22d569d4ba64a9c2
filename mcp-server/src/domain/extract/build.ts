import type {
  AttributeValue,
  Coupling,
  Evidence,
  Fact,
  FactKind,
  FactStatus,
  FileExtraction,
  Reference,
  RelationKind,
  Severity,
  Skipped,
  SourceFile,
} from './contract.ts';
import { type FoundSecret, type SecretClass, scrubber } from './secrets.ts';

/** Lines of the file at hand, from 1; endLine is inclusive and defaults to line. */
export interface Span {
  line: number;
  endLine?: number;
}

export type Attributes = { readonly [key: string]: AttributeValue | undefined };

/** What a fact is said with; attributes that are undefined are left out. */
interface FactParts {
  kind: FactKind;
  /** Defaults to the folder of the file. */
  scope?: string;
  name: string;
  at: Span;
  /** Further places of the same file: where the name stands, when it is not among the lines of `at`. */
  also?: readonly Span[];
  attributes?: Attributes;
  /** Defaults to observed. An inferred fact names its rule in attributes.rule, an unresolved one lists attributes.candidates. */
  status?: FactStatus;
}

/**
 * Gathers what one file says, in source order. Extractors use this rather than building facts by hand, so that ids,
 * evidence and redaction are the same everywhere.
 */
export interface FileBuilder {
  readonly scope: string;
  fact(parts: FactParts): Fact;
  /** A tie to another fact or file, for the linker. */
  refer(from: Fact | string, kind: RelationKind, target: Reference['target'], at: Span): void;
  /** A tie to a vendor or system. */
  couple(tie: { system: string; class: string; swap: Coupling['swap']; at: Span; consumers?: readonly Fact[] }): void;
  /** Only for what no rule over facts can see; the rules of `gaps/` feed on facts of every format. */
  gap(gap: { rule: string; severity: Severity; scope?: string; at: Span; message: string }): void;
  /** A secret in clear: a `secret` fact without its value, which is also removed from everything else said of this file. */
  secret(found: FoundSecret, scope?: string): void;
  skip(reason: Skipped['reason'], line?: number): void;
  done(): FileExtraction;
}

/** A builder for one file of a format; the scope is the file's folder unless one is given. */
export function buildFile(format: string, file: Pick<SourceFile, 'path'>, scope = folderOf(file.path)): FileBuilder {
  const out: FileExtraction = { facts: [], references: [], couplings: [], gaps: [], skipped: [] };
  const used = new Map<string, number>();
  const secrets: string[] = [];
  const evidence = (at: Span): Evidence => ({ path: file.path, line: at.line, endLine: at.endLine ?? at.line });

  const fact = (parts: FactParts): Fact => {
    const where = parts.scope ?? scope;
    const base = factId(format, parts.kind, where, parts.name);
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const made: Fact = {
      id: count === 1 ? base : `${base}#${count}`,
      format,
      kind: parts.kind,
      scope: where,
      name: parts.name,
      status: parts.status ?? 'observed',
      evidence: parts.also === undefined ? [evidence(parts.at)] : [parts.at, ...parts.also].map(evidence),
      attributes: defined(parts.attributes ?? {}),
    };
    out.facts.push(made);
    return made;
  };

  return {
    scope,
    fact,
    refer(from, kind, target, at) {
      out.references.push({ from: typeof from === 'string' ? from : from.id, kind, target, evidence: evidence(at) });
    },
    couple(tie) {
      const consumers = (tie.consumers ?? []).map((consumer) => consumer.id);
      out.couplings.push({
        system: tie.system,
        class: tie.class,
        swap: tie.swap,
        evidence: [evidence(tie.at)],
        consumers,
      });
    },
    gap({ rule, severity, at, message, scope: where = scope }) {
      out.gaps.push({ rule, severity, scope: where, evidence: [evidence(at)], message });
    },
    secret(found, where = scope) {
      secrets.push(found.value);
      fact(secretFact(found, where, file.path));
    },
    skip(reason, line) {
      out.skipped.push(line === undefined ? { path: file.path, reason } : { path: file.path, reason, line });
    },
    done: () => scrubExtraction(out, secrets),
  };
}

/** What is said of a secret in clear: its name, its class, its lines; `sample` when it lies among tests or examples. */
function secretFact(found: FoundSecret, scope: string, path: string): FactParts & { scope: string } {
  const sample = /(^|\/)(tests?|testdata|fixtures?|examples?|samples?|molecule|mocks?)(\/|$)/i.test(path);
  const attributes: { class: SecretClass; sample?: true } = { class: found.class };
  if (sample) attributes.sample = true;
  return {
    kind: 'secret',
    scope,
    name: found.name,
    at: { line: found.line, endLine: found.endLine },
    also: found.nameLine === undefined ? [] : [{ line: found.nameLine }],
    attributes: { ...attributes },
  };
}

/** `<format>/<kind>/<scope>/<name>`; collect.ts numbers further facts of the same name over all files. */
export function factId(format: string, kind: FactKind, scope: string, name: string): string {
  return `${format}/${kind}/${scope}/${name}`;
}

/** Folder of a path relative to the root, `.` for the root itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '.' : path.slice(0, slash);
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path seen from a folder, both relative to the root, without `.` and `..`; undefined when it is absolute or leaves the root. */
export function resolveFrom(folder: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.length === 0 ? '.' : parts.join('/');
}

/** Line (from 1) of an offset into a text, by binary search over its line starts. */
export function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** The same extraction with secret values replaced in every string but paths and scopes. */
export function scrubExtraction(extraction: FileExtraction, values: readonly string[]): FileExtraction {
  if (values.length === 0) return extraction;
  const scrub = scrubber(values);
  const deep = (value: AttributeValue, key: string): AttributeValue => {
    if (typeof value === 'string') return scrub(value, key);
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item: AttributeValue) => deep(item, key));
    return deepAll(value as { readonly [key: string]: AttributeValue });
  };
  const deepAll = (attributes: { readonly [key: string]: AttributeValue }) =>
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, deep(value, key)]));
  return {
    facts: extraction.facts.map((fact) => ({
      ...fact,
      id: scrub(fact.id),
      name: scrub(fact.name),
      attributes: deepAll(fact.attributes),
    })),
    references: extraction.references.map((reference) => ({
      ...reference,
      from: scrub(reference.from),
      target:
        reference.target.by === 'name' ? { ...reference.target, name: scrub(reference.target.name) } : reference.target,
    })),
    couplings: extraction.couplings.map((tie) => ({
      ...tie,
      system: scrub(tie.system),
      consumers: tie.consumers.map((id) => scrub(id)),
    })),
    gaps: extraction.gaps.map((gap) => ({ ...gap, message: scrub(gap.message) })),
    skipped: extraction.skipped,
  };
}

function defined(attributes: Attributes): { [key: string]: AttributeValue } {
  const kept: { [key: string]: AttributeValue } = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}
