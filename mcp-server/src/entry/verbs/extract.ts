import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultMaxFileSize, extract } from '../../app/extract.ts';
import type { ExtractReport, Severity } from '../../domain/extract/contract.ts';
import { chooseStories, groupStories } from '../../domain/extract/story/groups.ts';
import { type Story, tellStories } from '../../domain/extract/story/story.ts';
import { inputFault } from '../../domain/fault.ts';
import { composeExtraction } from '../compose.ts';
import { progress } from '../progress.ts';
import { groupsText, reportText, storyText } from '../render/extract.ts';
import type { Verb, VerbInput } from './verb.ts';

const severities: readonly Severity[] = ['info', 'warning', 'error'];

export const extractVerb: Verb = {
  usage: 'extract <path> [--groups | --group NAME] [--fail-on SEVERITY] [--max-file-size BYTES]',
  options: {
    groups: { type: 'boolean', summary: 'show which entry points belong together' },
    group: { type: 'string', takes: 'NAME', summary: 'tell only what one group or entry point does' },
    'fail-on': {
      type: 'string',
      takes: 'SEVERITY',
      summary: 'exit with 1 when a gap is at least this: info, warning, error',
    },
    'max-file-size': { type: 'string', takes: 'BYTES', summary: 'skip larger files; 2M by default' },
  },
  examples: ['extract .', 'extract ../old-playbooks --json', 'extract . --groups', 'extract infra --fail-on error'],
  arity: [1, 1],
  async run(input, context) {
    const root = folderOf(input, context.cwd);
    const failOn = severityOf(input.options['fail-on'] as string | undefined);
    const report = await read(root, bytesOf(input.options['max-file-size'] as string | undefined));
    const failing = failOn === undefined ? 0 : report.gaps.filter((gap) => atLeast(gap.severity, failOn)).length;
    const said = `${report.facts.length} facts, ${report.couplings.length} couplings, ${report.gaps.length} gaps${failing > 0 ? `, ${failing} failing` : ''}.`;
    const answer = { said, blocks: [], next: '', data: {} };
    // The report is the whole of what --json prints; the stories are told for people, from it.
    const text = input.options['json'] === true ? '' : textOf(report, input, context.terminal);
    return { answer, document: report, text, exit: failing > 0 ? 1 : 0 };
  },
};

function folderOf({ args }: VerbInput, cwd: string): string {
  const root = resolve(cwd, args[0]!);
  if (existsSync(root)) return root;
  throw inputFault({
    code: 'no-such-path',
    message: `${args[0]} is not there`,
    expected: 'a folder, or a file',
    next: 'countersign extract --help',
  });
}

async function read(root: string, maxFileSize: number): Promise<ExtractReport> {
  const shown = progress('reading');
  try {
    return await extract(await composeExtraction(), root, {
      maxFileSize,
      onProgress: ({ files, path }) => shown.tick(files, path),
    });
  } finally {
    shown.done();
  }
}

function textOf(
  report: ExtractReport,
  { options, args }: VerbInput,
  terminal: Parameters<typeof reportText>[2],
): string {
  const stories = tellStories(report);
  if (options['groups'] === true) return groupsText(groupStories(stories), args[0]!);
  const name = options['group'] as string | undefined;
  if (name === undefined) return reportText(report, stories, terminal);
  const chosen = chooseStories(stories, name);
  if (chosen === undefined) throw unknownGroup(stories, name);
  return chosen.map((story) => storyText(story, terminal)).join('\n');
}

function unknownGroup(stories: readonly Story[], name: string) {
  const names = groupStories(stories).map((group) => group.name);
  return inputFault({
    code: 'unknown-group',
    message: `there is no group ${JSON.stringify(name)}`,
    expected: `one of: ${names.slice(0, 40).join(', ')}${names.length > 40 ? ' ...' : ''}; or the name of an entry point`,
    next: 'countersign extract <path> --groups',
  });
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

const atLeast = (severity: Severity, least: Severity) => severities.indexOf(severity) >= severities.indexOf(least);

/** `500000`, `500k`, `2M`; bytes. */
function bytesOf(given: string | undefined): number {
  if (given === undefined) return defaultMaxFileSize;
  const [, digits, unit = ''] = /^(\d{1,12})\s*([kKmM])?(?:i?[bB])?$/.exec(given) ?? [];
  if (digits !== undefined) return Number(digits) * (unit === '' ? 1 : /k/i.test(unit) ? 1024 : 1024 * 1024);
  throw inputFault({
    code: 'bad-size',
    message: `${JSON.stringify(given)} is no size`,
    expected: 'bytes, such as 500000, 500k or 2M',
  });
}
