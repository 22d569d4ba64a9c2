import type { Extracted } from '../domain/extract/collect.ts';
import type { Extractor, ExtractReport } from '../domain/extract/contract.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { buildReport } from '../domain/extract/report.ts';
import { jsonPieces } from '../domain/json-pieces.ts';
import { extractedRuns } from '../domain/runs/facts.ts';
import { RunsReader } from '../domain/runs/read/read-runs.ts';
import type { ExtractionCache, ExtractPorts, MetFile } from './extract-ports.ts';
import { type ExtractOptions, hashOfMet, type Met, meetTree, type Stream } from './extract-tree.ts';

/** The answer as an object, and as the text of its JSON in pieces: where an earlier run's is kept, the latter costs no parsing. */
export interface Extraction {
  report(): ExtractReport;
  json(): Iterable<string>;
}

/**
 * Reads existing automation, and what agents did, and says what is there: `countersign extract PATH`. The same files give the same bytes, from
 * any folder and in any order. Files that cannot be read or parsed end in `skipped`.
 *
 * @throws when the root does not exist or cannot be read.
 */
export async function extract(ports: ExtractPorts, root: string, options: ExtractOptions = {}): Promise<ExtractReport> {
  return (await extraction(ports, root, options)).report();
}

/**
 * The same, for those who want the text of the JSON. If all that the answer follows from is what it was, the answer is: a file that
 * changed is extracted, and the others are read back only when what is said of it changed too.
 */
export async function extraction(ports: ExtractPorts, root: string, options: ExtractOptions = {}): Promise<Extraction> {
  const { cache, reports } = ports;
  const extractors = loader(ports);
  const met = await meetTree(ports, root, options, extractors, cache?.met() ?? new Map<string, MetFile>());
  const hash = hashOfMet(met);
  const kept = hash === undefined ? undefined : reports?.find(hash);
  if (kept !== undefined) {
    if (met.moved) cache?.keep(met.files, met.fresh);
    return { json: kept, report: () => JSON.parse([...kept()].join('')) as ExtractReport };
  }
  const said = saidOf(met, cache);
  // What was kept is damaged, so nothing of it is believed.
  if (said === undefined) return extraction({ ...ports, cache: forgetful(cache) }, root, options);
  if (met.moved) cache?.keep(met.files, met.fresh);
  const report = await build(met, said, await extractors(), options);
  if (reports === undefined || hash === undefined) return { report: () => report, json: () => jsonPieces(report) };
  reports.keep(hash, jsonPieces(report));
  // What was just written need not be made again.
  return { report: () => report, json: reports.find(hash) ?? (() => jsonPieces(report)) };
}

/** Gives the extractors, and loads them once. */
function loader({ extractors }: ExtractPorts): () => Promise<readonly Extractor[]> {
  let loaded: Promise<readonly Extractor[]> | undefined;
  return () => {
    loaded ??= typeof extractors === 'function' ? extractors() : Promise.resolve(extractors);
    return loaded;
  };
}

/** One that knows nothing yet. */
function forgetful(cache: ExtractionCache | undefined): ExtractionCache {
  return { met: () => new Map(), said: () => undefined, keep: (files, fresh) => cache?.keep(files, fresh) };
}

/** Undefined when something of it was kept and cannot be read back. */
function saidOf({ files, fresh }: Met, cache: ExtractionCache | undefined): Extracted[] | undefined {
  const all: Extracted[] = [];
  for (const { path, taken } of files) {
    if (!taken) continue;
    const said = fresh.get(path) ?? cache?.said(path);
    if (said === undefined) return undefined;
    for (const { format, extraction } of said) all.push({ path, format, extraction });
  }
  return all;
}

async function build(
  { skipped, links, streams, files }: Met,
  said: Extracted[],
  extractors: readonly Extractor[],
  { onProgress }: ExtractOptions,
): Promise<ExtractReport> {
  const left = [...skipped];
  const runs = new RunsReader();
  let read = files.filter(({ taken }) => taken).length;
  // In the order of their paths: stand-ins for people are numbered as they come.
  for (const entry of streams.sort((a, b) => byCodeUnits(a.path, b.path))) {
    if (!(await readRuns(runs, entry))) left.push({ path: entry.path, reason: 'unreadable' });
    onProgress?.({ files: ++read, path: entry.path });
  }
  const reading = runs.done();
  said.push(...extractedRuns(reading.runs));
  left.push(...reading.skipped);
  const settled = extractors.reduce<Extracted[]>((all, one) => one.settle?.(all) ?? all, said);
  return buildReport(settled, left, links);
}

/** False when the file could not be read to its end; what came before counts. */
async function readRuns(runs: RunsReader, entry: Stream): Promise<boolean> {
  const file = runs.file(entry.path);
  try {
    for await (const piece of entry.pieces()) file.push(piece);
    return true;
  } catch {
    return false;
  } finally {
    file.end();
  }
}
