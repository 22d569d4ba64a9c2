import type { Entry } from '../artifact/entries.ts';
import type { Frozen } from '../decision/subject.ts';
import { verdictOf } from '../decision/verdict.ts';
import { groupBy } from '../group.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { declared } from './duplicate-id.ts';
import { ruleInput } from './rule.ts';

/** What was approved of the artifacts, in the order of the graph. */
export function approvedContent(ledger: Ledger): Frozen[] {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  return eventsOf(ledger, 'submitted')
    .filter((event) => verdictOf(ledger.graph, decisions.get(event.body.digest) ?? []).is === 'approved')
    .flatMap((event) => event.body.subject.artifacts)
    .filter(({ path }) => NAMES.has(path));
}

const NAMES = new Set(['requirements.md', 'feasibility.md', 'design.md']);

/**
 * Ids that an approved text declared and the last approved text of the same artifact does not, with their last title.
 *
 * @param texts approved texts, oldest first, by artifact
 */
export function retiredIds(texts: readonly (readonly string[])[]): Map<string, string> {
  const retired = new Map<string, string>();
  for (const versions of texts) {
    const read = versions.map((text) => new Map(entriesOf(text).map((entry) => [entry.id, entry.title])));
    const last = read.at(-1);
    for (const ids of read) for (const [id, title] of ids) if (last?.has(id) === false) retired.set(id, title);
  }
  return retired;
}

/** The kind of an approved text stands in its first line, so each is read as what it says it is. */
function entriesOf(text: string): Entry[] {
  const kind = /^\ufeff?---\r?\ncountersign: (requirements|feasibility|design)\/1/.exec(text)?.[1];
  if (kind === undefined) return [];
  return declared(ruleInput({ [`${kind}.md`]: text }, { platform: undefined, stated: new Map() })).map(
    ({ entry }) => entry,
  );
}
