import { type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { remoteBase } from '../remote-source.ts';
import { childOf, itemsOf, textOf, textsOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';

/** What a pipeline takes in: files of the repository as references, everything else as a coupling. */
export function includeFacts(file: FileBuilder, from: Fact, include: YamlEntry | undefined): void {
  if (include === undefined) return;
  const listed = include.value.kind === 'seq' ? itemsOf(include.value) : [include.value];
  for (const item of listed) includeFact(file, from, item);
}

function includeFact(file: FileBuilder, from: Fact, item: YamlNode): void {
  const bare = textOf(item);
  const local = textOf(childOf(item, 'local')) ?? (bare !== undefined && !/^https?:/.test(bare) ? bare : undefined);
  if (local !== undefined) {
    localFile(file, from, local, item);
    return;
  }
  const remote = textOf(childOf(item, 'remote')) ?? bare;
  if (remote !== undefined) {
    const pinned = remoteBase(remote)?.ref !== undefined || childOf(item, 'integrity') !== undefined;
    outside(file, from, item, { name: remote, system: remoteBase(remote)?.host ?? remote, pinned, class: 'module' });
  }
  const component = textOf(childOf(item, 'component'));
  if (component !== undefined) {
    const version = /@([^@]+)$/.exec(component)?.[1];
    const host = component.split('/')[0] ?? component;
    outside(file, from, item, {
      name: component,
      system: host.startsWith('$') ? 'gitlab' : host,
      version,
      pinned: version !== undefined && /\d/.test(version),
      class: 'module',
    });
  }
  const project = textOf(childOf(item, 'project'));
  if (project !== undefined) {
    const version = textOf(childOf(item, 'ref'));
    outside(file, from, item, {
      name: project,
      system: project,
      version,
      files: textsOf(childOf(item, 'file')),
      pinned: version !== undefined && /^[0-9a-f]{40}$|^v?\d/.test(version),
      class: 'module',
    });
  }
  const template = textOf(childOf(item, 'template'));
  if (template !== undefined) outside(file, from, item, { name: template, system: 'gitlab', class: 'template' });
}

/** A file of this repository; a wildcard or a variable makes it a pattern. */
export function localFile(file: FileBuilder, from: Fact, text: string, at: Span): void {
  const path = resolveFrom('.', text.replace(/^\/+/, ''));
  if (path === undefined) return;
  const target = /[*$]/.test(path)
    ? ({ by: 'pattern', glob: path.replace(/\$\{[^}]*\}|\$\[\[[^\]]*\]\]|\$\w+/g, '*') } as const)
    : ({ by: 'path', path, kinds: ['workflow'] } as const);
  file.refer(from, 'includes', target, at);
}

function outside(
  file: FileBuilder,
  from: Fact,
  at: Span,
  said: {
    name: string;
    system: string;
    class: string;
    version?: string | undefined;
    pinned?: boolean;
    files?: string[];
  },
): void {
  const { name, system, version, pinned, files } = said;
  const fact = file.fact({ kind: 'module', name, at, attributes: { source: name, version, pinned, files } });
  file.refer(from, 'includes', { by: 'name', kinds: ['module'], name, scope: file.scope }, at);
  file.couple({ system, class: said.class, swap: 're-parameterise', at, consumers: [fact] });
}
