import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Extraction, extraction } from '../../app/extract.ts';
import { compareWithDelivery } from '../../app/extract-compare.ts';
import { draftDelivery, namesOf, selectStories, unknownGroup } from '../../app/extract-draft.ts';
import type { ExtractReport, Gap, Severity } from '../../domain/extract/contract.ts';
import { reportOf } from '../../domain/extract/draft/source.ts';
import { groupStories } from '../../domain/extract/story/groups.ts';
import { tellStories } from '../../domain/extract/story/story.ts';
import { inputFault } from '../../domain/fault.ts';
import { composeExtraction, namedSource, placeInProject, saveSource } from '../compose.ts';
import { optimiseLater } from '../optimise-later.ts';
import { personAtCli } from '../person.ts';
import { progress } from '../progress.ts';
import { comparisonText, groupsText, reportText, storyText } from '../render/extract.ts';
import type { Terminal } from '../terminal.ts';
import type { Verb, VerbContext, VerbInput, VerbResult } from './verb.ts';

const severities: readonly Severity[] = ['info', 'warning', 'error'];

export const extractVerb: Verb = {
  usage:
    'extract <path> [--groups | --group NAME] [--out ID | --compare ID] [--fail-on SEVERITY] [--save FOLDER] [--max-file-size BYTES]',
  options: {
    groups: { type: 'boolean', summary: 'show which entry points belong together' },
    group: { type: 'string', takes: 'NAME', summary: 'only one group or entry point' },
    out: { type: 'string', takes: 'ID', summary: 'start a delivery with drafts of requirements and design' },
    title: { type: 'string', takes: 'TEXT', summary: 'title of that delivery' },
    compare: { type: 'string', takes: 'ID', summary: 'show what moved since that delivery was drafted' },
    'fail-on': {
      type: 'string',
      takes: 'SEVERITY',
      summary: 'exit with 1 when a gap is at least this: info, warning, error; with --compare, a new gap',
    },
    save: { type: 'string', takes: 'FOLDER', summary: 'keep what itential:NAME holds as files, and read those' },
    'max-file-size': { type: 'string', takes: 'BYTES', summary: 'skip larger files; 2M by default' },
  },
  examples: [
    'extract .',
    'extract ../old-playbooks --json',
    'extract . --groups',
    'extract . --group roles/web --out web-servers',
    'extract . --compare web-servers --fail-on warning',
    'extract session:latest --out vlan-by-hand',
    'extract itential:lab --groups',
  ],
  arity: [1, 1],
  async run(input, context) {
    optimiseLater();
    const source = await sourceOf(input, context);
    const option = (name: string) => input.options[name] as string | undefined;
    const failOn = severityOf(option('fail-on'));
    const found = await read(source, bytesOf(option('max-file-size')), context.env);
    const [out, compare] = [option('out'), option('compare')];
    if (isWholeJson(input)) return { answer: { said: '', blocks: [], next: '', data: {} }, documentText: found.json() };
    const report = found.report();
    if (out !== undefined) return draft(report, source, out, input, context);
    if (compare !== undefined) return comparison(report, compare, failOn, context);
    const failing = failingOf(report.gaps, failOn);
    const said = `${report.facts.length} facts, ${report.couplings.length} couplings, ${report.gaps.length} gaps${failing > 0 ? `, ${failing} failing` : ''}.`;
    const answer = { said, blocks: [], next: '', data: {} };
    // The report is the whole of what --json prints; the stories are told for people, from it.
    if (input.options['json'] === true) return { answer, document: jsonOf(report, input), exit: failing > 0 ? 1 : 0 };
    return { answer, text: textOf(report, input, context.terminal), exit: failing > 0 ? 1 : 0 };
  },
};

/** Whether nothing is asked of the answer but its text. */
const isWholeJson = ({ options: { json, ...others } }: VerbInput) =>
  json === true && !['groups', 'group', 'out', 'compare', 'fail-on'].some((name) => others[name] !== undefined);

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

type Source = { root: string } | NonNullable<Awaited<ReturnType<typeof namedSource>>>;

async function sourceOf({ args, options }: VerbInput, { cwd, env }: VerbContext): Promise<Source> {
  const named = await namedSource(args[0]!, cwd, env);
  const save = options['save'] as string | undefined;
  if (named !== undefined && save === undefined) return named;
  const root = resolve(cwd, save ?? args[0]!);
  if (named !== undefined) await saveSource(named, root);
  else if (save !== undefined)
    throw inputFault({ code: 'nothing-to-save', message: '--save is for itential:NAME: files are there already' });
  if (existsSync(root)) return { root };
  throw inputFault({
    code: 'no-such-path',
    message: `${args[0]} is not there`,
    expected: 'a folder, a file, session:latest, or itential: and the name of a system',
    next: 'countersign extract --help',
  });
}

async function read(source: Source, maxFileSize: number | undefined, env: NodeJS.ProcessEnv): Promise<Extraction> {
  const shown = progress('reading');
  const own = 'ports' in source ? source.ports : {};
  try {
    return await extraction({ ...(await composeExtraction(env, source.root)), ...own }, source.root, {
      ...(maxFileSize === undefined ? {} : { maxFileSize }),
      onProgress: ({ files, path }) => shown.tick(files, path),
    });
  } finally {
    shown.done();
  }
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

function severityOf(given: string | undefined): Severity | undefined {
  if (given === undefined) return undefined;
  const found = severities.find((severity) => severity === given);
  if (found !== undefined) return found;
  throw inputFault({
    code: 'unknown-severity',
    message: `${JSON.stringify(given)} is no severity`,
    expected: severities.join(', '),
  });
}

/** `500000`, `500k`, `2M`; bytes. */
function bytesOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, digits, unit = ''] = /^(\d{1,12})\s*([kKmM])?(?:i?[bB])?$/.exec(given) ?? [];
  if (digits !== undefined) return Number(digits) * (unit === '' ? 1 : /k/i.test(unit) ? 1024 : 1024 * 1024);
  throw inputFault({
    code: 'bad-size',
    message: `${JSON.stringify(given)} is no size`,
    expected: 'bytes, such as 500000, 500k or 2M',
  });
}
