import type { ExtractReport, Fact } from '../domain/extract/contract.ts';
import { groupStories } from '../domain/extract/story/groups.ts';
import { type Story, tellStories } from '../domain/extract/story/story.ts';
import type { View } from '../domain/extract/views.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import type { Answer } from './answer.ts';
import { extract } from './extract.ts';
import { compareWithDelivery } from './extract-compare.ts';
import { draftDelivery, namesOf, selectStories, type TreePlace, unknownGroup } from './extract-draft.ts';
import type { ExtractPorts } from './ports/extraction.ts';
import type { Ports } from './ports.ts';
import { rebind, rebindAll } from './rebind.ts';

export interface ViewRequest {
  place: TreePlace;
  view: View;
  group?: string | undefined;
  /** Ids of facts to show whole; for rebind the role or system that is replaced, and the one that takes its place. */
  ids?: readonly string[] | undefined;
  /** A delivery: one that is not there yet is drafted, one that is there is compared with; for rebind the one to look at. */
  delivery?: string | undefined;
  actor: Actor;
}

/** What an agent gets back of an extraction: what was asked for, bounded, and a file that holds all of it. */
export interface Seen {
  /** Path of the whole report (countersign/extract@1), of the chosen group where one was chosen. */
  file: string;
  view: object;
}

const most = 60;

/**
 * Extracts a folder of the project and answers with one view of it. The whole goes to a file.
 *
 * @param keep stores text outside the work tree and returns its path
 * @throws Fault `unknown-group`, and those of drafting and comparing
 */
export async function viewExtraction(
  ports: Ports,
  extraction: ExtractPorts,
  root: string,
  keep: (text: string) => string,
  request: ViewRequest,
): Promise<Answer<Seen>> {
  const report = await extract(extraction, root);
  const file = keep(JSON.stringify(report));
  const { delivery: id, group, actor, place, view } = request;
  if (view === 'rebind') {
    const answer = swap(ports, report, request);
    return { ...answer, data: { file, view: bounded(answer.data) as object } };
  }
  if (id !== undefined) {
    const answer = ports.deliveries.exists(id)
      ? compareWithDelivery(ports, id, report)
      : await draftDelivery(ports, { id, report, group, place, actor });
    return { ...answer, data: { file, view: bounded(answer.data) as object } };
  }
  const all = tellStories(report);
  const stories = group === undefined ? all : selectStories(all, group);
  if (stories === undefined) throw unknownGroup(all, group ?? '');
  return {
    said: `${report.facts.length} facts in ${all.length} entry points, ${report.couplings.length} couplings, ${report.gaps.length} gaps, ${report.skipped.length} paths left out.`,
    blocks: [],
    next: 'the file holds everything; view and group show parts of it',
    data: { file, view: bounded(viewOf(report, stories, view, request.ids)) as object },
  };
}

/** What breaks when one system takes another's place, in one delivery or in the order of all. */
function swap(ports: Ports, report: ExtractReport, { delivery, ids = [] }: ViewRequest): Answer<object> {
  const [asked, system, ...more] = ids;
  if (asked === undefined || system === undefined || more.length > 0)
    throw inputFault({
      code: 'bad-usage',
      message: 'the view rebind takes two ids',
      expected: 'ids: the role or system that is replaced, and the system that takes its place',
    });
  return delivery === undefined
    ? rebindAll(ports, asked, system, report)
    : rebind(ports, delivery, asked, system, report);
}

function viewOf(
  report: ExtractReport,
  stories: readonly Story[],
  view: Exclude<View, 'rebind'>,
  ids: readonly string[] | undefined,
): object {
  if (ids !== undefined && ids.length > 0) return { facts: chosen(report, ids) };
  switch (view) {
    case 'groups':
      return { groups: groupStories(stories).map(namesOf) };
    case 'story':
      return { stories: stories.map(storyView) };
    case 'gaps':
      return { gaps: report.gaps };
    case 'couplings':
      return {
        couplings: report.couplings.map((tie) => ({
          ...tie,
          evidence: tie.evidence.slice(0, 3),
          consumers: tie.consumers.length,
        })),
      };
    case 'facts':
      return { facts: factsOf(report, stories).map(({ id, evidence: [place] }) => ({ id, at: placeText(place) })) };
    case 'summary':
      return {
        sources: report.sources,
        entries: stories.map(({ entry, steps }) => ({
          name: entry.name,
          kind: entry.kind,
          steps: steps.length,
          writes: steps.filter((step) => step.effect === 'write').length,
        })),
        systems: [...new Set(report.couplings.map((tie) => tie.system))],
        gaps: counts(report.gaps.map((gap) => `${gap.severity} ${gap.rule}`)),
        skipped: report.skipped,
      };
  }
}

function chosen(report: ExtractReport, ids: readonly string[]): Fact[] {
  const wanted = new Set(ids);
  return report.facts.filter((fact) => wanted.has(fact.id));
}

function factsOf(report: ExtractReport, stories: readonly Story[]): Fact[] {
  const ids = new Set(stories.flatMap((story) => [...story.facts]));
  return report.facts.filter((fact) => ids.has(fact.id));
}

function storyView({ entry, steps, inputs, approvals, checks, rollbacks }: Story): object {
  const ids = (facts: readonly Fact[]) => facts.map((fact) => fact.id);
  return {
    name: entry.name,
    kind: entry.kind,
    starts: ids(entry.triggers),
    steps: steps.map(({ number, phase, fact, effect, systems, failure, onlyOnFailure, onlyOnNotice, conditions }) => ({
      number,
      phase,
      fact: fact.id,
      at: placeText(fact.evidence[0]),
      effect,
      systems,
      ifItFails: failure.says,
      ...(onlyOnFailure ? { onlyOnFailure } : {}),
      ...(onlyOnNotice ? { onlyOnNotice } : {}),
      ...(conditions.length > 0 ? { onlyIf: conditions } : {}),
    })),
    inputs: ids(inputs),
    approvals: ids(approvals),
    checks: ids(checks),
    rollbacks: ids(rollbacks),
  };
}

function counts(names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
}

const placeText = (place: Fact['evidence'][number] | undefined) =>
  place === undefined ? '' : `${place.path}:${place.line}`;

/** Lists beyond a size are cut, and say so: the file holds the rest. */
function bounded(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.slice(0, most).map(bounded);
    return value.length > most ? [...kept, `and ${value.length - most} more in the file`] : kept;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, bounded(one)]));
}
