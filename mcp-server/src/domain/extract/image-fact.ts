import type { Attributes, FileBuilder, Span } from './build.ts';
import type { Fact } from './contract.ts';
import { parseImage } from './image.ts';

/**
 * An `image` fact under the reference as written, with the ties to its registry and to the image itself.
 *
 * @param resolved the reference with variables filled in, where their values are known
 */
export function imageFact(
  file: FileBuilder,
  reference: string,
  at: Span,
  { resolved = reference, ...attributes }: Attributes & { resolved?: string } = {},
): Fact {
  const { dynamic, ...image } = parseImage(resolved);
  const fact = file.fact({
    kind: 'image',
    name: reference,
    at,
    status: dynamic ? 'unresolved' : 'observed',
    attributes: {
      ...image,
      ...attributes,
      resolved: resolved === reference ? undefined : resolved,
      candidates: dynamic ? [] : undefined,
    },
  });
  // A registry or repository that a variable names is no system yet.
  if (/[${}]/.test(image.registry)) return fact;
  file.couple({ system: image.registry, class: 'registry', swap: 'rename', at, consumers: [fact] });
  if (/[${}]/.test(image.repository)) return fact;
  const system = `${image.registry}/${image.repository}`;
  file.couple({ system, class: 'image', swap: 're-parameterise', at, consumers: [fact] });
  return fact;
}
