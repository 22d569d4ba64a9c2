import { type FileBuilder, folderOf, resolveFrom } from '../../../domain/extract/build.ts';
import type { AttributeValue, Fact, FileExtraction, Reference } from '../../../domain/extract/contract.ts';
import { type Attribute, attributeOf, type Block } from './block.ts';
import { literalText } from './expression.ts';
import { objectItems } from './items.ts';

/** What a backend calls the place of states, and the one among them (Terraform, Backend Type). */
const places = ['bucket', 'container_name', 'organization'] as const;
const keys = ['key', 'prefix', 'path'] as const;

/** Where a state lies, as far as it is written: what identifies it, and the bucket or the like that holds it. */
export function locationOf(settings: readonly Attribute[]): AttributeValue | undefined {
  const literal = (names: readonly string[]) =>
    settings.filter(({ name }) => names.includes(name)).flatMap(({ raw }) => literalText(raw) ?? [])[0];
  const key = literal(keys);
  const place = literal(places);
  return key === undefined ? undefined : { key, ...(place === undefined ? {} : { in: place }) };
}

/** The settings of a `terraform_remote_state`: in its `config`, or in old files in a block of that name. */
export function remoteSettings(block: Block): Attribute[] {
  const config = attributeOf(block, 'config');
  if (config !== undefined) return objectItems(config.raw, config.line);
  return block.blocks.filter(({ type }) => type === 'config').flatMap(({ attributes }) => attributes);
}

/** What another folder's state says: a tie to where it lies, and to that folder's outputs where it is a file in the tree. */
export function remoteState(file: FileBuilder, fact: Fact, block: Block): void {
  const backend = attributeOf(block, 'backend');
  const system = literalText(backend?.raw);
  if (backend === undefined || system === undefined) return;
  file.couple({ system, class: 'backend', swap: 're-parameterise', at: backend, consumers: [fact] });
  if (system !== 'local') return;
  const path = remoteSettings(block).find(({ name }) => name === 'path');
  const written = literalText(path?.raw.replace('${path.module}/', './'));
  const state = written === undefined ? undefined : resolveFrom(file.scope, written);
  if (path !== undefined && state !== undefined)
    file.refer(fact, 'reads', { by: 'path', path: folderOf(state), format: 'terraform', kinds: ['output'] }, path);
}

/** What one extractor said of one file, as far as settling needs it. */
interface OfFile {
  format: string;
  extraction: FileExtraction;
}

/** A state that one folder of the tree keeps and another reads: the outputs of the first are read, where only one keeps it. */
export function settleStates<T extends OfFile>(files: readonly T[]): T[] {
  const kept = new Map<string, Fact[]>();
  for (const { format, extraction } of files)
    if (format === 'terraform')
      for (const fact of extraction.facts)
        if (fact.kind === 'system' && fact.attributes['location'] !== undefined) {
          const key = keyOf(fact.name, fact);
          const known = kept.get(key);
          if (known === undefined) kept.set(key, [fact]);
          else known.push(fact);
        }
  if (kept.size === 0) return [...files];
  return files.map((file) => {
    if (file.format !== 'terraform') return file;
    const found = file.extraction.facts.flatMap((fact) => readsOf(fact, kept));
    if (found.length === 0) return file;
    return { ...file, extraction: { ...file.extraction, references: [...file.extraction.references, ...found] } };
  });
}

function readsOf(fact: Fact, kept: ReadonlyMap<string, readonly Fact[]>): Reference[] {
  const { state, location } = fact.attributes;
  const [evidence] = fact.evidence;
  if (typeof state !== 'string' || location === undefined || evidence === undefined) return [];
  const holders = (kept.get(keyOf(state, fact)) ?? []).filter((holder) => isSamePlace(holder, fact));
  const [scope, ...more] = new Set(holders.map((holder) => holder.scope));
  if (scope === undefined || more.length > 0 || scope === fact.scope) return [];
  const target = { by: 'path', path: scope, format: 'terraform', kinds: ['output'] } as const;
  return [{ from: fact.id, kind: 'reads', target, evidence }];
}

const place = ({ attributes }: Fact) => attributes['location'] as { key: string; in?: string };
const keyOf = (backend: string, fact: Fact) => `${backend}\n${place(fact).key}`;

/** Unless both are written and differ: a bucket is often a variable. */
function isSamePlace(a: Fact, b: Fact): boolean {
  const [first, second] = [place(a).in, place(b).in];
  return first === undefined || second === undefined || first === second;
}
