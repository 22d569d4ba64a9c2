import type { Design } from '../artifact/design.ts';
import { declaredIds, type Requirements } from '../artifact/requirements.ts';
import { siteValuesIn, type ValueKind } from './site-values.ts';
import { lastBefore, partsOf, type Stretch } from './source-places.ts';

/** One place where the spec names what belongs to its site. */
export interface SitePlace {
  kind: ValueKind;
  value: string;
  at: Stretch;
  /** Id of the entry, or title of the section, that it stands in. */
  within: string;
  /** The role that stands in the place of a product's name. */
  system: string | undefined;
}

/** Where the spec names what belongs to its site. The front matter is written anew, and headings are what people search for. */
export function sitePlaces(spec: Requirements, design: Design | undefined): SitePlace[] {
  const { doc, front } = spec;
  const references = (front?.refs ?? []).map((value) => ({ kind: 'reference' as const, value }));
  const person = [front?.owner ?? ''].map((value) => ({ kind: 'person' as const, value }));
  const systems = boundSystems(spec, design);
  const named = [...references, ...person, ...systems.map(({ name }) => ({ kind: 'reference' as const, value: name }))];
  const starts = entryStarts(spec);
  const entryAt = (offset: number, from: number) => {
    const entry = lastBefore(starts, offset);
    return entry !== undefined && entry.start >= from ? entry.id : undefined;
  };
  return partsOf(doc).flatMap((part) => {
    const end = part.blocks[0]?.start ?? part.end;
    return siteValuesIn(doc.text.slice(part.bodyStart, end), named).map(({ kind, value, ...at }) => {
      const place = { start: part.bodyStart + at.start, end: part.bodyStart + at.end };
      const within = entryAt(place.start, part.start) ?? part.title;
      const system = systems.find((one) => one.name.toLowerCase() === value.toLowerCase())?.id;
      return { kind, value, at: place, within, system };
    });
  });
}

/** Product names of the design's bindings, with the role of the spec that they fill. */
function boundSystems({ systems }: Requirements, design: Design | undefined): { name: string; id: string }[] {
  return (design?.bindings ?? []).flatMap(({ role, system }) => {
    const filled = systems.find((one) => one.title.toLowerCase() === role.toLowerCase() || one.id === role);
    const name = system.replace(/\s+v?\d[\w.]*\s*$/, '').trim();
    // A name of small letters only is also a word.
    return filled === undefined || !/\p{Lu}/u.test(name) || name === filled.title ? [] : [{ name, id: filled.id }];
  });
}

function entryStarts(spec: Requirements): { id: string; start: number }[] {
  const lines = [0, ...[...spec.doc.text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  return declaredIds(spec)
    .map(({ id, line }) => ({ id, start: lines[line - 1] ?? 0 }))
    .sort((a, b) => a.start - b.start);
}
