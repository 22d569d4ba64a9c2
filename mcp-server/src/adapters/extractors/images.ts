import type { Attributes, FileBuilder, Span } from '../../domain/extract/build.ts';
import type { Fact } from '../../domain/extract/contract.ts';
import { parseImage } from '../../domain/extract/image.ts';

/** What an image reference says of itself, as attributes of an `image` fact. */
export function imageAttributes(reference: string): Attributes {
  const { registry, repository, tag, digest, pinned, dynamic } = parseImage(reference);
  return { registry, repository, tag, digest, pinned, dynamic: dynamic || undefined };
}

/** Images that a file has named so far: one fact each, however often the file names it. */
const known = new WeakMap<FileBuilder, Map<string, Fact>>();

/**
 * An image that something runs on: the fact, the owner's tie to it, the tie to its registry, and one to the output
 * of that name without tag and digest, which is what a build step makes. Named again, it gains a place.
 */
export function imageFact(
  file: FileBuilder,
  image: { reference: string; at: Span; owner?: Fact | undefined; scope?: string; attributes?: Attributes },
): Fact {
  const { reference, at, owner, scope = file.scope } = image;
  if (owner !== undefined)
    file.refer(owner, 'depends-on', { by: 'name', kinds: ['image'], name: reference, scope }, at);
  const images = known.get(file) ?? new Map<string, Fact>();
  known.set(file, images);
  const before = images.get(`${scope}\n${reference}`);
  if (before !== undefined) {
    const path = before.evidence[0]?.path ?? '';
    before.evidence.push({ path, line: at.line, endLine: at.endLine ?? at.line });
    return before;
  }
  const fact = file.fact({
    kind: 'image',
    scope,
    name: reference,
    at,
    attributes: { ...imageAttributes(reference), ...image.attributes },
  });
  images.set(`${scope}\n${reference}`, fact);
  const bare = bareImage(reference);
  if (bare !== undefined) file.refer(fact, 'depends-on', { by: 'name', kinds: ['output'], name: bare }, at);
  registryCoupling(file, reference, fact, at);
  return fact;
}

/** The reference without tag and digest; undefined when a template makes the name itself. */
export function bareImage(reference: string): string | undefined {
  const { tag, digest } = parseImage(reference);
  const cut = (digest === undefined ? 0 : digest.length + 1) + (tag === undefined ? 0 : tag.length + 1);
  const bare = reference.trim().slice(0, reference.trim().length - cut);
  return bare === '' || /\$|\{\{|<%/.test(bare) ? undefined : bare;
}

/** The tie to the registry that an image comes from; a registry that a template decides is no known system. */
function registryCoupling(file: FileBuilder, reference: string, consumer: Fact, at: Span): void {
  const { registry, dynamic } = parseImage(reference);
  // `{{ registry }}/app` and `$IMAGE` have no registry of their own to read.
  if (dynamic && (/\$|\{\{|<%/.test(registry) || /^\s*(?:\$|\{\{|<%)/.test(reference))) return;
  file.couple({ system: registry, class: 'image', swap: 'rename', at, consumers: [consumer] });
}
