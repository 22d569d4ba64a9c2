import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { auditSample, isBroken, report } from '../../app/report.ts';
import { inputFault } from '../../domain/fault.ts';
import { sampleCsv, spanOf } from '../../domain/report/audit-sample.ts';
import { metricsOf } from '../../domain/report/metrics.ts';
import type { Report } from '../../domain/report/report.ts';
import { type Broken, type Summary, summaryOf } from '../../domain/report/summary.ts';
import { projectRoot } from '../compose.ts';
import { progress } from '../progress.ts';
import { brokenPage } from '../render/page/broken-page.ts';
import { deliveryPage } from '../render/page/delivery-page.ts';
import { indexPage } from '../render/page/index-page.ts';
import { allMarkdown, auditTable, reportMarkdown } from '../render/report-markdown.ts';
import { printable } from '../terminal.ts';
import type { Verb, VerbContext, VerbInput, VerbResult } from './verb.ts';

export const reportVerb: Verb = {
  usage: 'report <id> | --all [--html FILE|FOLDER] [--md] | [id] [--since T] [--until T] [--env E] [--csv]',
  options: {
    all: { type: 'boolean', summary: 'all deliveries: a page that lists them, and in a folder one for each' },
    html: { type: 'string', takes: 'FILE', summary: 'write one self-contained page; with --all a folder will do too' },
    md: { type: 'boolean', summary: 'Markdown, which is also what is shown without an option' },
    since: {
      type: 'string',
      takes: 'TIME',
      summary: 'only decisions from this day or time on; with the next three, an audit sample',
    },
    until: { type: 'string', takes: 'TIME', summary: 'only decisions up to this day or time' },
    env: { type: 'string', takes: 'NAME', summary: 'only decisions on deploys to this environment' },
    csv: { type: 'boolean', summary: 'the decisions as CSV' },
  },
  examples: [
    'report office-vlans --html office-vlans.html',
    'report office-vlans --md > office-vlans.md',
    'report --all --html reports',
    'report office-vlans --json',
    'report --since 2026-01-01 --until 2026-03-31 --csv > q1.csv',
    'report --env prod --csv',
  ],
  arity: [0, 1],
  run({ args, options }, context) {
    const target = options['html'] as string | undefined;
    const [id] = args;
    if (SAMPLE.some((name) => options[name] !== undefined)) return sample(context, id, options);
    if ((id === undefined) !== (options['all'] === true))
      throw inputFault({
        code: 'bad-usage',
        message: id === undefined ? 'it is not said which delivery' : 'one delivery or all of them, not both',
        expected: 'the id of a delivery, or --all',
        next: 'countersign report --help',
      });
    return id === undefined ? reportAll(context, target) : reportOne(context, id, target);
  },
};

/** Options that ask for decisions, not for a report. */
const SAMPLE = ['since', 'until', 'env', 'csv'] as const;

function sample(context: VerbContext, id: string | undefined, options: VerbInput['options']): VerbResult {
  if (options['html'] !== undefined || options['md'] === true)
    throw inputFault({
      code: 'bad-usage',
      message: 'a sample is decisions as a table, CSV or JSON; a report is a page or Markdown',
      expected: `--html and --md without ${SAMPLE.map((name) => `--${name}`).join(', ')}`,
      next: 'countersign report --help',
    });
  const ports = context.ports();
  const span = spanOf(options as Record<(typeof SAMPLE)[number], string | undefined>);
  const drawn = auditSample(ports, id === undefined ? ports.deliveries.list() : [id], span);
  const { rows, broken } = drawn;
  const said = `${rows.length} decision${rows.length === 1 ? '' : 's'}.`;
  const blocks = broken.map(
    (one) => `${one.delivery}: its record does not hold together, its decisions are not in here`,
  );
  const answer = { said, blocks, next: blocks.length > 0 ? 'countersign verify' : '', data: { ...drawn } };
  const text = options['csv'] === true ? sampleCsv(drawn) : printable([auditTable(rows), said, ...blocks].join('\n\n'));
  return { answer, text, exit: broken.length > 0 ? 3 : 0 };
}

function reportOne(context: VerbContext, id: string, target: string | undefined): VerbResult {
  const made = report(context.ports(), id);
  const written = target === undefined ? '' : write(context, pagePath(target), pageOf(made));
  if (isBroken(made)) {
    const blocks = made.problems.map((one) => `ledger/${one.file}: ${one.message}`);
    const next = `restore deliveries/${id}/ledger from git; nothing is repaired by itself`;
    const said = `The record of ${id} does not hold together.${written}`;
    return { answer: { said, blocks, next, data: { report: made } }, exit: 3 };
  }
  const said = `${id}: ${made.timeline.length} events, ${made.requirements.length} requirements, ${made.audit.length} decisions.${written}`;
  const answer = { said, blocks: [], next: '', data: { report: made } };
  return target === undefined ? { answer, text: printable(reportMarkdown(made)) } : { answer };
}

function reportAll(context: VerbContext, target: string | undefined): VerbResult {
  const ports = context.ports();
  const folder = target !== undefined && !isPage(target) ? resolve(context.cwd, target) : undefined;
  const ids = ports.deliveries.list();
  // One after the other: what a large delivery needs is free again before the next.
  const working = progress('report');
  const deliveries = ids.map((id, at): Summary | Broken => {
    working.tick(at, id);
    const made = report(ports, id);
    if (folder !== undefined) write(context, join(folder, ownPage(id)), pageOf(made, INDEX));
    return isBroken(made) ? made : summaryOf(made);
  });
  working.done();
  const metrics = metricsOf(deliveries.filter((one): one is Summary => 'title' in one));
  const index = indexPage({
    name: basename(projectRoot(context.cwd)),
    at: ports.now().toISOString(),
    deliveries,
    metrics,
    pageOf: (id) => (folder === undefined ? undefined : ownPage(id)),
  });
  if (target !== undefined) write(context, folder === undefined ? target : join(folder, INDEX), index);
  const broken = deliveries.filter((one): one is Broken => !('title' in one));
  const text = target === undefined && ids.length > 0 ? { text: printable(allMarkdown(deliveries, metrics)) } : {};
  const where = target === undefined ? '' : ` Wrote ${folder === undefined ? target : join(target, INDEX)}.`;
  return {
    answer: {
      said: `${ids.length} deliver${ids.length === 1 ? 'y' : 'ies'}.${where}`,
      blocks: broken.map((one) => `${one.delivery}: ${one.problems[0]?.message ?? ''}`),
      next: broken.length > 0 ? 'countersign verify' : '',
      data: { deliveries, metrics },
    },
    ...text,
    exit: broken.length > 0 ? 3 : 0,
  };
}

const INDEX = 'index.html';
/** An id has no dot in it, so none of these is the index. */
const ownPage = (id: string) => `${id}.report.html`;

const isPage = (path: string) => /\.html?$/i.test(path);

/** Only pages are written over: a slip must not cost an artifact. */
function pagePath(target: string): string {
  if (isPage(target)) return target;
  throw inputFault({
    code: 'bad-usage',
    message: `${JSON.stringify(target)} is not the name of a page`,
    expected: 'a file name that ends in .html',
  });
}

const pageOf = (made: Report | Broken, index?: string) =>
  isBroken(made) ? brokenPage(made, index) : deliveryPage(made, index);

function write({ cwd }: VerbContext, target: string, text: string): string {
  const path = resolve(cwd, target);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return ` Wrote ${target} (${Math.ceil(Buffer.byteLength(text) / 1024)} KiB).`;
}
