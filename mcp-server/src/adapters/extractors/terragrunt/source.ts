import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { AttributeValue, Fact } from '../../../domain/extract/contract.ts';
import type { Attribute } from '../terraform/block.ts';
import { textOrRaw } from '../terraform/expression.ts';
import { isPinnedModule, type ModuleSource, moduleSource } from '../terraform/versions.ts';
import { evaluate, type Place, pathIn } from './paths.ts';

/** What one outcome of a `source` means. */
export interface Source extends Omit<ModuleSource, 'kind'> {
  kind: ModuleSource['kind'];
  pinned: boolean | undefined;
  /** Folders of the tree that a local source may be, nearest first. */
  folders: string[];
}

/** Every outcome of the expression of a `source` (Terragrunt, terraform block; Terraform, Module Sources). */
export function sourcesOf(raw: string, place: Place): Source[] {
  return evaluate(raw, place).map((branch) => read(branch, place));
}

function read(branch: readonly string[], place: Place): Source {
  const [first = ''] = branch;
  const registry = /^tfr:\/\/([^/]*)\/([^?]*)(?:\?version=(.+))?$/.exec(first);
  if (registry !== null) {
    const [, host, name = '', version] = registry;
    const system = `${host ? `${host}/` : ''}${name.replace(/\/\/.*$/s, '')}`.replaceAll('*', '?');
    const pinned = version?.includes('*') ? undefined : version !== undefined;
    return { kind: 'registry', system, pinned, folders: [], ...(version === undefined ? {} : { ref: version }) };
  }
  // Only the ref may be unknown.
  const source = moduleSource(first.replaceAll('*', '${*}'));
  // What is no address is a path: registries have a scheme of their own here.
  if (source.kind === 'local' || source.kind === 'registry') {
    const folders = branch.flatMap((candidate) => pathIn(candidate.replace(/\?.*$/s, ''), place) ?? []);
    const kind = folders.length > 0 ? 'local' : 'dynamic';
    return { kind, system: first, pinned: undefined, folders };
  }
  return { ...source, pinned: isPinnedModule(source, undefined), folders: [] };
}

/** What a module fact says of its source. */
export function sourceAttributes(
  raw: string,
  sources: readonly Source[],
): { readonly [name: string]: AttributeValue | undefined } {
  const remote = sources.find(({ kind }) => kind !== 'local' && kind !== 'dynamic');
  const pins = sources.map(({ pinned }) => pinned).filter((pinned) => pinned !== undefined);
  return {
    source: (textOrRaw(raw) ?? '').replace(/^"(.*)"$/s, '$1').replace(/:\/\/[^/@\s"]*@/g, '://'),
    sourceKind: sources.length === 1 ? sources[0]?.kind : 'dynamic',
    ref: remote?.ref?.includes('${') || remote?.ref?.includes('*') ? undefined : remote?.ref,
    pinned: pins.length === 0 ? undefined : pins.every(Boolean),
    candidates: isOpen(sources) ? sources.map(({ system }) => system.replace(/\$\{\*\}/g, '*')) : undefined,
  };
}

/** More than one outcome, or one that only a run tells. */
export function isOpen(sources: readonly Source[]): boolean {
  return sources.length > 1 || sources.some(({ kind }) => kind === 'dynamic');
}

/** The calls and ties that come of a source. */
export function tieToSources(file: FileBuilder, fact: Fact, sources: readonly Source[], at: Attribute): void {
  for (const { kind, system, folders } of sources) {
    for (const path of folders)
      file.refer(fact, 'calls', { by: 'path', path, format: 'terraform', kinds: ['resource', 'module', 'data'] }, at);
    if (kind !== 'local' && kind !== 'dynamic' && system !== '')
      file.couple({ system, class: 'module', swap: 'rewrite', at, consumers: [fact] });
  }
}
