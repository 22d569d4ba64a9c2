import type { ExtractReport } from '../domain/extract/contract.ts';
import { draftDesign } from '../domain/extract/draft/design.ts';
import { draftRequirements } from '../domain/extract/draft/requirements.ts';
import { type DraftSource, reportOf } from '../domain/extract/draft/source.ts';
import { titleOf } from '../domain/extract/story/entry-points.ts';
import { chooseStories, type Group, groupStories, mostEntriesInOneDraft } from '../domain/extract/story/groups.ts';
import { byProminence } from '../domain/extract/story/prominence.ts';
import { type Story, tellStories } from '../domain/extract/story/story.ts';
import { inputFault } from '../domain/fault.ts';
import type { Finding } from '../domain/finding.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { draftRunDesign } from '../domain/runs/draft/design.ts';
import { draftRunRequirements } from '../domain/runs/draft/requirements.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { asConventionsAsk, createDelivery } from './create.ts';
import type { Ports } from './ports.ts';
import { validate } from './validate.ts';

/** Where a tree lies in the project, with a slash at the end ('' for the project); or what it is called elsewhere. */
export type TreePlace = { prefix: string } | { elsewhere: string };

export interface DraftRequest {
  id: string;
  title?: string | undefined;
  report: ExtractReport;
  /** A group, or an entry point by its name; undefined for all. */
  group: string | undefined;
  place: TreePlace;
  actor: Actor;
}

export interface Drafted {
  delivery: string;
  artifacts: string[];
  /** SHA-256 of the stored facts. */
  facts: string | null;
  /** Groups to choose from; only when nothing was written. */
  groups: { name: string; entries: string[] }[];
  findings: Finding[];
}

/**
 * Starts a delivery from what was extracted: requirements.md and design.md with every statement cited, and the facts as
 * evidence. With more entry points than one draft can serve, nothing is written: a person chooses a group first.
 *
 * @throws Fault `delivery-exists`, `bad-delivery-id`, `unknown-group`, `nothing-found`
 */
export async function draftDelivery(ports: Ports, request: DraftRequest): Promise<Answer<Drafted>> {
  const { id, report, group, place, actor } = request;
  const all = tellStories(report);
  const none: Drafted = { delivery: id, artifacts: [], facts: null, groups: [], findings: [] };
  if (all.length === 0)
    throw inputFault({
      code: 'nothing-found',
      message: 'nothing was found there that can be started',
      expected: 'playbooks, roles, Terraform, manifests, charts, workflows, pipelines, scripts or make targets',
      next: 'countersign extract <path> shows what was read and what was left out',
    });
  const selected = selectStories(all, group);
  if (selected === undefined) throw unknownGroup(all, group ?? '');
  const stories = byProminence(selected);
  if (group === undefined && stories.length > mostEntriesInOneDraft)
    return {
      said: `Nothing was written: ${stories.length} entry points are too many for one delivery.`,
      blocks: [
        `a person chooses which of ${groupStories(all).length} groups the delivery is about; the main entry point seems to be ${titleOf(stories[0]!.entry)}`,
      ],
      next: `run it again with --group NAME, or with --group ${JSON.stringify(stories[0]!.entry.name)}`,
      data: { ...none, groups: groupStories(all).map(namesOf) },
    };
  const ofAgents = stories.filter(({ entry }) => entry.format === 'agent-runs').length;
  if (ofAgents > 0 && ofAgents < stories.length)
    return {
      said: 'Nothing was written: there is automation and there are runs of agents.',
      blocks: ['a person chooses what the delivery is about: what runs is taken over, what agents did is built'],
      next: 'run it again with --group NAME',
      data: { ...none, groups: groupStories(all).map(namesOf) },
    };
  const title = request.title ?? (ofAgents > 0 ? id : `${id} as it is`);
  createDelivery(ports, { id, title, actor });
  const kept = reportOf(report, stories);
  const facts = ports.deliveries.storeEvidence(id, JSON.stringify(kept), 'json');
  const inside = 'prefix' in place;
  const source: DraftSource = {
    title,
    report: kept,
    stories,
    prefix: inside ? place.prefix : '',
    elsewhere: inside ? undefined : place.elsewhere,
    commit: inside ? await commitOf(ports, stories, place.prefix) : undefined,
    facts,
    group,
  };
  const requirements = ofAgents > 0 ? draftRunRequirements(source) : draftRequirements(source);
  const design = ofAgents > 0 ? draftRunDesign(source, requirements) : draftDesign(source, requirements);
  ports.deliveries.writeArtifact(id, 'requirements.md', asConventionsAsk(ports, requirements.text));
  ports.deliveries.writeArtifact(id, 'design.md', design);
  redraw(ports, id);
  const { findings } = validate(ports, id).data;
  const artifacts = ['requirements.md', 'design.md'].map((name) => `deliveries/${id}/${name}`);
  return {
    said: `Drafted ${id} from ${stories.length} entry point${stories.length === 1 ? '' : 's'}; every inferred statement waits for a person.`,
    blocks: [],
    next: `answer the questions in deliveries/${id}/requirements.md, then countersign validate ${id}`,
    data: { ...none, artifacts, facts, findings },
  };
}

/** The commit that holds the files as they were read; none where one of them was edited since or never committed. */
async function commitOf(ports: Ports, stories: readonly Story[], prefix: string): Promise<string | undefined> {
  const commit = await ports.repository.head();
  if (commit === undefined) return undefined;
  const edited = new Set(ports.history.changed(commit));
  return stories.some(({ files }) => files.some((path) => edited.has(`${prefix}${path}`))) ? undefined : commit;
}

/** The stories of a group; without one all but samples, or all where there is nothing else. */
export function selectStories(all: readonly Story[], group: string | undefined): readonly Story[] | undefined {
  if (group !== undefined) return chooseStories(all, group);
  const real = all.filter(({ entry }) => !entry.sample);
  return real.length > 0 ? real : all;
}

export function namesOf({ name, stories }: Group): { name: string; entries: string[] } {
  return { name, entries: stories.map(({ entry }) => entry.name) };
}

/** Fault for a group that is not there; shows which are. */
export function unknownGroup(all: readonly Story[], name: string) {
  const names = groupStories(all).map((group) => group.name);
  return inputFault({
    code: 'unknown-group',
    message: `there is no group ${JSON.stringify(name)}`,
    expected: `one of: ${names.slice(0, 40).join(', ')}${names.length > 40 ? ' ...' : ''}; or the name of an entry point`,
    next: 'countersign extract <path> --groups',
  });
}
