import { type Edit, lineStarts } from '../artifact/splice.ts';
import { groupBy } from '../group.ts';
import { idPlaces, idsIn, requirementOf } from '../ids.ts';
import { declared } from './duplicate-id.ts';
import { artifactsOf, type RuleInput } from './rule.ts';

/** A place where an id is declared, and the text that is its own: its block, or the line of its list item or row. */
interface Declaration {
  path: string;
  id: string;
  start: number;
  end: number;
  /** The requirement that a criterion stands below. */
  owner: Declaration | undefined;
}

/**
 * New numbers for ids that two branches gave to two things: the later in the text takes the next free one, with its criteria
 * and what its own text says of itself. Left to a person wherever a renumbering would decide something: an id that the record
 * holds is never given away, and where anything else refers to it, nobody can tell which of the two was meant.
 *
 * @param recorded ids that events or submitted texts name
 * @returns edits by artifact; those of one artifact do not overlap
 */
export function renumber(input: RuleInput, recorded: ReadonlySet<string>): Map<string, Edit[]> {
  const texts = new Map(artifactsOf(input).map(({ path, doc }) => [path, doc.text]));
  const named = [...texts.values()].flatMap(idsIn);
  const [free, everywhere, held] = [new FreeNumbers([...recorded, ...named]), counted(named), counted(recorded)];
  const edits = new Map<string, Edit[]>();
  const moved = new Set<Declaration>();
  const left = new Set<string>();
  const own = (one: Declaration) => texts.get(one.path)!.slice(one.start, one.end);
  const all = declarations(input, texts);
  // Requirements first: their criteria go with them, or stay with them.
  for (const criteria of [false, true]) {
    const those = all.filter(({ id }) => id.startsWith('AC-') === criteria);
    for (const [id, same] of groupBy(those, (one) => one.id)) {
      if (same.length < 2 || (criteria && left.has(requirementOf(id)))) continue;
      const family = id.startsWith('REQ-') ? familyOf(id) : undefined;
      const inside = same.reduce((sum, one) => sum + places(own(one), id, family).length, 0);
      if (times(held, id, family) > 0 || inside !== times(everywhere, id, family)) {
        left.add(id);
        continue;
      }
      for (const one of same.slice(1)) {
        if (one.owner !== undefined && moved.has(one.owner)) continue;
        const list = edits.get(one.path) ?? [];
        list.push(...renamed(own(one), id, free.next(id), family).map((edit) => shifted(edit, one.start)));
        edits.set(one.path, list);
        moved.add(one);
      }
    }
  }
  return edits;
}

const shifted = ({ start, end, text }: Edit, by: number): Edit => ({ start: start + by, end: end + by, text });

function declarations(input: RuleInput, texts: ReadonlyMap<string, string>): Declaration[] {
  const lines = new Map([...texts].map(([path, text]) => [path, lineStarts(text)]));
  let owner: Declaration | undefined;
  return declared(input).flatMap(({ path, entry }) => {
    const { id, block, line } = entry;
    const starts = lines.get(path)!;
    const start = block?.start ?? starts[line - 1] ?? 0;
    const end = block?.end ?? starts[line] ?? texts.get(path)!.length;
    const one = { path, id, start, end, owner: id.startsWith('AC-') ? owner : undefined };
    if (id.startsWith('REQ-')) owner = one;
    return id === '' || !texts.get(path)!.slice(start, end).includes(id) ? [] : [one];
  });
}

/** What ids of criteria of a requirement start with: `REQ-3` -> `AC-3.` */
const familyOf = (requirement: string) => `${requirement.replace('REQ', 'AC')}.`;

/** How often each id is named, and each family of criteria. */
function counted(ids: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const id of ids) {
    add(id);
    if (id.startsWith('AC-')) add(id.slice(0, id.indexOf('.') + 1));
  }
  return counts;
}

const times = (counts: ReadonlyMap<string, number>, id: string, family: string | undefined) =>
  (counts.get(id) ?? 0) + (family === undefined ? 0 : (counts.get(family) ?? 0));

const renamed = (text: string, id: string, next: string, family: string | undefined): Edit[] =>
  places(text, id, family).map(({ start, end, found }) => ({
    start,
    end,
    text: found === id ? next : `${familyOf(next)}${found.slice(family!.length)}`,
  }));

function places(text: string, id: string, family: string | undefined): { start: number; end: number; found: string }[] {
  return idPlaces(text).filter(({ found }) => found === id || (family !== undefined && found.startsWith(family)));
}

/** The next number of each kind of id; of criteria, below each requirement. */
class FreeNumbers {
  readonly #last = new Map<string, number>();

  constructor(used: readonly string[]) {
    for (const id of used) {
      const [kind, number] = split(id);
      this.#last.set(kind, Math.max(this.#last.get(kind) ?? 0, number));
    }
  }

  next(id: string): string {
    const [kind] = split(id);
    const number = (this.#last.get(kind) ?? 0) + 1;
    this.#last.set(kind, number);
    return `${kind}${number}`;
  }
}

/** `AC-3.` and 2, `REQ-` and 4. */
function split(id: string): [string, number] {
  const number = /\d+$/.exec(id)?.[0] ?? '';
  return [id.slice(0, id.length - number.length), Number(number)];
}
