import { compareWithDelivery } from '../app/extract-compare.ts';
import { draftDelivery, namesOf, selectStories, unknownGroup } from '../app/extract-draft.ts';
import { type ExtractReport, type Gap, type Severity, severities } from '../domain/extract/contract.ts';
import { reportOf } from '../domain/extract/draft/source.ts';
import { groupStories } from '../domain/extract/story/groups.ts';
import { tellStories } from '../domain/extract/story/story.ts';
import { type namedSource, placeInProject } from './compose.ts';
import { personAtCli } from './person.ts';
import { comparisonText, groupsText, reportText, storyText } from './render/extract.ts';
import type { Terminal } from './terminal.ts';
import type { VerbContext, VerbInput, VerbResult } from './verbs/verb.ts';

/** What is extracted: a folder or file, or what a name stands for. */
export type Source = { root: string } | NonNullable<Awaited<ReturnType<typeof namedSource>>>;

/**
 * What `countersign extract` makes of what it read, unless the whole JSON is all that is wanted: a draft, a comparison, groups, text.
 *
 * @param failOn the least severity of a gap that is a failure
 * @throws Fault `unknown-group`, and those of drafting and comparing
 */
export async function showExtraction(
  report: ExtractReport,
  source: Source,
  failOn: Severity | undefined,
  input: VerbInput,
  context: VerbContext,
): Promise<VerbResult> {
  const [out, compare] = [input.options['out'], input.options['compare']] as (string | undefined)[];
  if (out !== undefined) return draft(report, source, out, input, context);
  if (compare !== undefined) return comparison(report, compare, failOn, context);
  const failing = failingOf(report.gaps, failOn);
  const said = `${report.facts.length} facts, ${report.couplings.length} couplings, ${report.gaps.length} gaps${failing > 0 ? `, ${failing} failing` : ''}.`;
  const answer = { said, blocks: [], next: '', data: {} };
  const exit = failing > 0 ? 1 : 0;
  // The report is the whole of what --json prints; the stories are told for people, from it.
  if (input.options['json'] === true) return { answer, document: jsonOf(report, input), exit };
  return { answer, text: textOf(report, input, context.terminal), exit };
}

async function draft(
  report: ExtractReport,
  { root, ...named }: Source,
  id: string,
  { options }: VerbInput,
  context: VerbContext,
): Promise<VerbResult> {
  const ports = context.ports();
  const answer = await draftDelivery(ports, {
    id,
    title: options['title'] as string | undefined,
    report,
    group: options['group'] as string | undefined,
    place: 'elsewhere' in named ? named : placeInProject(root, context.cwd),
    actor: await personAtCli(ports),
  });
  const { groups, artifacts } = answer.data;
  if (groups.length > 0)
    return { answer, text: `${answer.said}\n\n${groupsText(groupStories(tellStories(report)), '<path>')}` };
  return { answer, text: [answer.said, ...artifacts.map((path) => `  ${path}`), `  next ${answer.next}`].join('\n') };
}

function comparison(report: ExtractReport, id: string, failOn: Severity | undefined, context: VerbContext): VerbResult {
  const answer = compareWithDelivery(context.ports(), id, report);
  const { added, grown } = answer.data.gaps;
  const failing = failingOf([...added, ...grown], failOn);
  return { answer, text: comparisonText(answer), exit: failing > 0 ? 1 : 0 };
}

const failingOf = (gaps: readonly Gap[], least: Severity | undefined) =>
  least === undefined ? 0 : gaps.filter((gap) => severities.indexOf(gap.severity) >= severities.indexOf(least)).length;

/** The contract; with --groups or --group, what they show. */
function jsonOf(report: ExtractReport, { options }: VerbInput): object {
  if (options['groups'] === true)
    return { schema: 'countersign/extract-groups@1', groups: groupStories(tellStories(report)).map(namesOf) };
  const group = options['group'] as string | undefined;
  if (group === undefined) return report;
  const all = tellStories(report);
  const stories = selectStories(all, group);
  if (stories === undefined) throw unknownGroup(all, group);
  return reportOf(report, stories);
}

function textOf(report: ExtractReport, { options, args }: VerbInput, terminal: Terminal): string {
  const all = tellStories(report);
  if (options['groups'] === true) return groupsText(groupStories(all), args[0]!);
  const name = options['group'] as string | undefined;
  if (name === undefined) return reportText(report, all, terminal);
  const chosen = selectStories(all, name);
  if (chosen === undefined) throw unknownGroup(all, name);
  return chosen.map((story) => storyText(story, terminal)).join('\n');
}
