import { inferredBy } from '../artifact/fields.ts';
import { sectionOf } from '../artifact/markdown.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { blockId } from '../artifact/splice.ts';
import { groupBy } from '../group.ts';
import { idsIn } from '../ids.ts';
import { listItemsOf, partsOf, type Stretch, stretchOf, wholeLines } from './source-places.ts';

/** Something that could be left out of a template, with the ids that go with it. */
interface Candidate {
  ids: string[];
  at: Stretch;
}

/**
 * What a template leaves out: entries that were concluded and never said, and the section that tells how they were
 * extracted. An entry that the rest refers to stays, and so does the last statement or criterion of a requirement.
 *
 * @returns the stretches to cut, without overlaps, and the ids that go with them
 */
export function entriesLeftOut(requirements: Requirements): { cuts: Stretch[]; ids: string[] } {
  const { doc } = requirements;
  const all = [...concludedBlocks(requirements), ...concludedItems(requirements), ...concludedRows(requirements)];
  const out = unneeded(doc.text, all);
  const extraction = sectionOf(doc, 'Extraction');
  const cuts = [...out.map((one) => one.at), ...(extraction === undefined ? [] : [extraction])];
  return { cuts: outermost(cuts), ids: out.flatMap((one) => one.ids) };
}

/** Those that neither the rest of the text nor one that stays refers to. */
function unneeded(text: string, all: readonly Candidate[]): Candidate[] {
  const stretches = all.map((one) => one.at);
  const byId = groupBy(
    all.flatMap((one) => one.ids.map((id) => ({ id, one }))),
    ({ id }) => id,
  );
  const out = new Set(all);
  const open = idsIn(without(text, stretches));
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const { one } of byId.get(id) ?? [])
      if (out.delete(one)) open.push(...idsIn(text.slice(one.at.start, one.at.end)));
  }
  return [...out];
}

/** Whole requirements and other blocks that were concluded. */
function concludedBlocks({ doc, requirements }: Requirements): Candidate[] {
  const byBlock = new Map(requirements.map((one) => [one.block, one]));
  return partsOf(doc).flatMap((block) => {
    const id = block.depth === 3 ? blockId(block) : undefined;
    if (id === undefined || id.startsWith('Q-')) return [];
    const requirement = byBlock.get(block);
    const all = requirement?.statements ?? [];
    const concluded =
      inferredBy(block.title) !== undefined ||
      (all.length > 0 && all.every((one) => inferredBy(one.text) !== undefined));
    const ids = [id, ...(requirement?.criteria ?? []).map((one) => one.id)];
    return concluded ? [{ ids, at: { start: block.start, end: block.end } }] : [];
  });
}

/** Criteria and constraints that were concluded; of criteria at least one stays. */
function concludedItems({ doc, requirements }: Requirements): Candidate[] {
  return partsOf(doc).flatMap((part) => {
    const items = listItemsOf(part).flatMap((item) => {
      const at = stretchOf(item);
      const text = doc.text.slice(at.start, at.end);
      const id = /^[-*+\d.)\s]*[*_`]*((?:AC|CON|RSK)-[\d.]*\d)/.exec(text)?.[1];
      return id === undefined ? [] : [{ id, at, concluded: inferredBy(text) !== undefined }];
    });
    const owner = requirements.find((one) => one.block === part);
    if (owner !== undefined && items.every((one) => one.concluded)) return [];
    return items
      .filter((one) => one.concluded)
      .map(({ id, at }) => ({ ids: [id], at: withoutTail(doc.text, wholeLines(doc.text, at)) }));
  });
}

/** Systems that were concluded. */
function concludedRows({ doc, systems }: Requirements): Candidate[] {
  const starts = [0, ...[...doc.text.matchAll(/\n/g)].map((end) => end.index + 1)];
  return systems.flatMap(({ id, line }) => {
    const at = { start: starts[line - 1] ?? 0, end: starts[line] ?? doc.text.length };
    return inferredBy(doc.text.slice(at.start, at.end)) === undefined ? [] : [{ ids: [id], at }];
  });
}

/** Blank lines behind the last item of a list belong to what follows. */
function withoutTail(text: string, { start, end }: Stretch): Stretch {
  const blank = /\n((?:[ \t]*\r?\n)+)$/.exec(text.slice(start, end));
  return { start, end: blank === null ? end : end - blank[1]!.length };
}

function without(text: string, cuts: readonly Stretch[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of outermost(cuts)) {
    rest += text.slice(at, start);
    at = end;
  }
  return rest + text.slice(at);
}

/** Stretches in order, without those that lie in another. */
function outermost(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start || b.end - a.end))
    if (one.start >= (result.at(-1)?.end ?? 0)) result.push(one);
  return result;
}
