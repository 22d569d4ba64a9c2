import { baseName, folderOf } from '../../../domain/extract/build.ts';
import type { Evidence, Fact, FileExtraction, Reference } from '../../../domain/extract/contract.ts';
import { literalText } from '../terraform/expression.ts';
import { format } from './context.ts';
import { inherited, isSource } from './included.ts';
import { isOpen, type Source, sourceAttributes, sourcesOf } from './source.ts';

/** What one extractor said of one file, as far as settling needs it. */
interface OfFile {
  format: string;
  extraction: FileExtraction;
}

/**
 * What only the whole tree tells: which of several candidates of a path is there, the nearest of them; what a unit takes
 * over from what it includes; and what a source is that comes from the locals of an included file.
 */
export function settleTerragrunt<T extends OfFile>(files: readonly T[]): T[] {
  const own = files.filter((file) => file.format === format);
  if (own.length === 0) return [...files];
  const there = new Set<string>();
  const heads = new Map<string, Fact>();
  const byPath = new Map<string, FileExtraction>();
  for (const { extraction } of own) {
    const [head] = extraction.facts;
    const path = head?.evidence[0]?.path;
    if (head === undefined || path === undefined) continue;
    heads.set(path, head);
    byPath.set(path, extraction);
  }
  const units = new Set([...heads.values()].map(({ name }) => name));
  const besides = new Set([...units].map(folderOf));
  const locals = new Map<string, Fact>();
  for (const { extraction } of files)
    for (const fact of extraction.facts) {
      there.add(fact.scope);
      const path = fact.evidence[0]?.path;
      if (path === undefined) continue;
      there.add(path);
      if (fact.format === format && fact.kind === 'value' && fact.attributes['assigns'] !== true)
        locals.set(`${path}\n${fact.name}`, fact);
    }
  return files.map((file) => {
    if (file.format !== format) return file;
    const references = nearest(file.extraction.references, there);
    const extraction = withSource({ ...file.extraction, references }, locals);
    const tied = [...extraction.references.map((one) => toHead(one, heads)), ...inherited(extraction, byPath)];
    const facts = extraction.facts.map((fact) => withMissing(fact, units, besides));
    return { ...file, extraction: { ...extraction, facts, references: tied } };
  });
}

/** Of several candidates that one expression gave, those that are not there fall away, and all but the first. */
function nearest(references: readonly Reference[], there: ReadonlySet<string>): Reference[] {
  const groups = new Map<string, Reference>();
  const counts = new Map<string, number>();
  const keyOf = ({ from, kind, target, evidence }: Reference) =>
    target.by === 'path'
      ? `${from}\n${kind}\n${evidence.line}\n${baseName(target.path)}\n${target.format ?? ''}`
      : undefined;
  for (const reference of references) {
    const key = keyOf(reference);
    if (key === undefined || reference.target.by !== 'path') continue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (!groups.has(key) && there.has(reference.target.path)) groups.set(key, reference);
  }
  return references.filter((reference) => {
    const key = keyOf(reference);
    return key === undefined || counts.get(key) === 1 || groups.get(key) === reference;
  });
}

/**
 * A dependency on a unit that is not there names it, for the rule about what is named and missing; only where other units
 * lie beside it: a folder of which nothing was read may be a link or left out.
 */
function withMissing(fact: Fact, units: ReadonlySet<string>, besides: ReadonlySet<string>): Fact {
  const { unit } = fact.attributes;
  if (fact.kind !== 'data' || typeof unit !== 'string' || units.has(unit) || !besides.has(folderOf(unit))) return fact;
  return { ...fact, attributes: { ...fact.attributes, refersTo: [{ kind: 'module', name: unit, what: 'unit' }] } };
}

/** A file of Terragrunt is meant as a whole: by what stands for it, not by all that it says. */
function toHead(reference: Reference, heads: ReadonlyMap<string, Fact>): Reference {
  const { target } = reference;
  const head = target.by === 'path' && target.format === format ? heads.get(target.path) : undefined;
  if (head === undefined) return reference;
  const { kind, name, scope } = head;
  return { ...reference, target: { by: 'name', format, kinds: [kind], name, scope } };
}

/** `source = "${include.common.locals.url}?ref=v1"`, with the local that it means. */
function withSource(extraction: FileExtraction, locals: ReadonlyMap<string, Fact>): FileExtraction {
  const [head] = extraction.facts;
  const at = extraction.facts.findIndex(isSource);
  const fact = extraction.facts[at];
  const source = fact?.attributes['source'];
  if (head === undefined || fact === undefined || typeof source !== 'string') return extraction;
  const named = /^\$\{include\.([\w-]+)\.locals\.([\w-]+)\}/.exec(source);
  if (named === null) return extraction;
  const value = includedFiles(extraction, head, named[1] as string)
    .map((path) => locals.get(`${path}\n${named[2]}`)?.attributes['value'])
    .find((one) => one !== undefined);
  const text = literalText(typeof value === 'string' ? value : undefined);
  if (text === undefined) return extraction;
  const raw = JSON.stringify(`${text}${source.slice(named[0].length)}`);
  const sources = sourcesOf(raw, { folder: head.scope, isOwn: true, locals: new Map() });
  const said = Object.entries(sourceAttributes(raw, sources)).filter(([, known]) => known !== undefined);
  const { candidates: _none, ...attributes } = fact.attributes;
  const settled: Fact = {
    ...fact,
    status: isOpen(sources) ? 'unresolved' : 'observed',
    attributes: { ...attributes, ...Object.fromEntries(said) } as Fact['attributes'],
  };
  const [first] = sources;
  const isRemote = first !== undefined && first.kind !== 'local' && first.kind !== 'dynamic';
  const evidence = fact.evidence.slice(0, 1);
  return {
    ...extraction,
    facts: extraction.facts.with(at, settled),
    references: [...extraction.references, ...callsOf(fact.id, sources, evidence[0])],
    couplings: isRemote
      ? [
          ...extraction.couplings,
          { system: first.system, class: 'module', swap: 'rewrite', evidence, consumers: [fact.id] },
        ]
      : extraction.couplings,
  };
}

function callsOf(from: string, sources: readonly Source[], evidence: Evidence | undefined): Reference[] {
  if (evidence === undefined) return [];
  return sources
    .flatMap(({ folders }) => folders)
    .map((path) => {
      const target = { by: 'path', path, format: 'terraform', kinds: ['resource', 'module', 'data'] } as const;
      return { from, kind: 'calls', target, evidence };
    });
}

/** Files that a unit includes under a name, as its references say. */
function includedFiles({ references }: FileExtraction, head: Fact, name: string): string[] {
  const includes = head.attributes['includes'];
  const index = Array.isArray(includes) ? includes.findIndex((one: { name?: string }) => one.name === name) : -1;
  const paths = references.flatMap(({ from, kind, target }) =>
    from === head.id && kind === 'includes' && target.by === 'path' ? [target.path] : [],
  );
  const wanted = index < 0 ? undefined : lastPart(String((includes as readonly { path?: string }[])[index]?.path));
  return paths.filter((path) => wanted === undefined || baseName(path) === wanted);
}

const lastPart = (raw: string) => /([\w.-]+\.hcl)"?\)?"?$/.exec(raw.trim().slice(-200))?.[1];
