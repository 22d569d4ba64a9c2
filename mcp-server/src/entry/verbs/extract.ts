import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Extraction, extraction } from '../../app/extract.ts';
import { type Severity, severities } from '../../domain/extract/contract.ts';
import { inputFault } from '../../domain/fault.ts';
import { composeExtraction, namedSource, saveSource } from '../compose.ts';
import { optimiseLater } from '../optimise-later.ts';
import { progress } from '../progress.ts';
import type { Source } from '../show-extraction.ts';
import type { Verb, VerbContext, VerbInput } from './verb.ts';

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
    if (isWholeJson(input)) return { answer: { said: '', blocks: [], next: '', data: {} }, documentText: found.json() };
    // Only now: the parsers of artifacts and the stories take longer to load than a small folder takes to read.
    const { showExtraction } = await import('../show-extraction.ts');
    return showExtraction(found.report(), source, failOn, input, context);
  },
};

/** Whether nothing is asked of the answer but its text. */
const isWholeJson = ({ options: { json, ...others } }: VerbInput) =>
  json === true && !['groups', 'group', 'out', 'compare', 'fail-on'].some((name) => others[name] !== undefined);

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
