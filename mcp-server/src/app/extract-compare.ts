import { type Comparison, compareReports } from '../domain/extract/compare.ts';
import type { ExtractReport } from '../domain/extract/contract.ts';
import { reportOf } from '../domain/extract/draft/source.ts';
import { tellStories } from '../domain/extract/story/story.ts';
import { inputFault } from '../domain/fault.ts';
import type { Answer } from './answer.ts';
import { selectStories } from './extract-draft.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';
import { storedFacts } from './stored-facts.ts';

/**
 * What moved between a delivery's stored facts and a new extraction of the same tree: the same group of entry points is
 * compared. A group that is gone counts as removed.
 *
 * @throws Fault `unknown-delivery`, `no-facts`
 */
export function compareWithDelivery(ports: Ports, id: string, report: ExtractReport): Answer<Comparison> {
  const { read } = load(ports, id);
  const stored = storedFacts(ports, id, read.artifacts);
  if (stored === undefined)
    throw inputFault({
      code: 'no-facts',
      message: `${id} was not drafted from an extraction`,
      expected: 'a section Extraction that names stored facts',
      next: `countersign extract <path> --out <new id>`,
    });
  const stories = selectStories(tellStories(report), stored.note.group) ?? [];
  const data = compareReports(stored.report, reportOf(report, stories));
  const { facts, gaps } = data;
  const changes = facts.added.length + facts.removed.length + facts.changed.length;
  return {
    said: `${changes} fact${changes === 1 ? ' differs' : 's differ'} from ${id} (${facts.added.length} new, ${facts.removed.length} gone, ${facts.changed.length} changed; ${facts.moved} only moved), ${gaps.added.length} new gap${gaps.added.length === 1 ? '' : 's'}${gaps.grown.length === 0 ? '' : `, ${gaps.grown.length} that grew`}.`,
    blocks: [],
    next: changes === 0 ? '' : `/spec-change ${id} brings the delivery up to what the code does`,
    data,
  };
}
