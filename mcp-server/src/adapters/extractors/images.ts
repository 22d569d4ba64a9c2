import type { FileBuilder, Span } from '../../domain/extract/build.ts';
import type { Fact } from '../../domain/extract/contract.ts';
import { parseImage } from '../../domain/extract/image.ts';
import { imageFact } from '../../domain/extract/image-fact.ts';
import { addPlace } from './places.ts';

/** Images that a file has named so far: one fact each, however often the file names it. */
const known = new WeakMap<FileBuilder, Map<string, Fact>>();

/**
 * An image that something runs on: its fact, the owner's tie to it, and one to the output of that name without tag and
 * digest, which is what a build step makes. Named again, it gains a place.
 */
export function usedImage(
  file: FileBuilder,
  image: { reference: string; at: Span; owner?: Fact | undefined; attributes?: Parameters<typeof imageFact>[3] },
): Fact {
  const { reference, at, owner } = image;
  const { scope } = file;
  if (owner !== undefined)
    file.refer(owner, 'depends-on', { by: 'name', kinds: ['image'], name: reference, scope }, at);
  const images = known.get(file) ?? new Map<string, Fact>();
  known.set(file, images);
  const before = images.get(reference);
  if (before !== undefined) {
    addPlace(before, at);
    return before;
  }
  const fact = imageFact(file, reference, at, image.attributes);
  images.set(reference, fact);
  const bare = bareImage(reference);
  if (bare !== undefined) file.refer(fact, 'depends-on', { by: 'name', kinds: ['output'], name: bare }, at);
  return fact;
}

/** The reference without tag and digest; undefined when a template makes the name itself. */
export function bareImage(reference: string): string | undefined {
  const { tag, digest } = parseImage(reference);
  const cut = (digest === undefined ? 0 : digest.length + 1) + (tag === undefined ? 0 : tag.length + 1);
  const bare = reference.trim().slice(0, reference.trim().length - cut);
  return bare === '' || /\$|\{\{|<%/.test(bare) ? undefined : bare;
}
