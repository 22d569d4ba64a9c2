import type { Extracted } from '../domain/extract/collect.ts';
import type { ExtractReport, Skipped } from '../domain/extract/contract.ts';
import { extractBy, extractFile } from '../domain/extract/extract-file.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { buildReport } from '../domain/extract/report.ts';
import { jsonPieces } from '../domain/json-pieces.ts';
import { extractedRuns } from '../domain/runs/facts.ts';
import { RunsReader } from '../domain/runs/read/read-runs.ts';
import type { ExtractPorts, TreeEntry } from './extract-ports.ts';
import { type HashedEntry, type ReadTree, readTree, retained } from './extract-tree.ts';

export interface ExtractOptions {
  /** Bytes; files above are skipped. */
  maxFileSize?: number;
  /** Told after every file that was read. */
  onProgress?(progress: { files: number; path: string }): void;
}

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
 * The same, for those who want the text of the JSON. Where an answer is kept, the tree is read first: if all that was read is what it
 * was, the answer is.
 */
export async function extraction(ports: ExtractPorts, root: string, options: ExtractOptions = {}): Promise<Extraction> {
  const { reports } = ports;
  const tree = readTree(ports, root, options.maxFileSize);
  let entries: HashedEntry[] | undefined;
  if (reports?.isFilled() === true) {
    entries = await retained(tree.entries());
    const hash = tree.hash();
    const json = hash === undefined ? undefined : reports.find(hash);
    if (json !== undefined) return { json, report: () => JSON.parse([...json()].join('')) as ExtractReport };
  }
  const report = await read(ports, tree, entries ?? tree.entries(), options);
  const hash = tree.hash();
  if (reports === undefined || hash === undefined) return { report: () => report, json: () => jsonPieces(report) };
  reports.keep(hash, jsonPieces(report));
  // What was just written need not be made again.
  return { report: () => report, json: reports.find(hash) ?? (() => jsonPieces(report)) };
}

type Stream = Extract<TreeEntry, { kind: 'stream' }>;

async function read(
  { extractors, cache }: ExtractPorts,
  tree: ReadTree,
  entries: AsyncIterable<HashedEntry> | Iterable<HashedEntry>,
  options: ExtractOptions,
): Promise<ExtractReport> {
  const said: Extracted[] = [];
  const left: Skipped[] = [];
  const links = new Map<string, string>();
  const runs = new RunsReader();
  const streams: Stream[] = [];
  let files = 0;
  const onProgress = (path: string) => options.onProgress?.({ files: ++files, path });
  for await (const { entry, hash } of entries) {
    if (entry.kind === 'skipped') left.push(entry.entry);
    else if (entry.kind === 'link') links.set(entry.path, entry.target);
    else if (entry.kind === 'stream') streams.push(entry);
    else {
      const { file } = entry;
      const takers = tree.takers(file.path);
      const compute = () => (takers === undefined ? extractFile(extractors, file) : extractBy(takers, file));
      for (const one of cache === undefined ? compute() : cache.through(hash, compute))
        said.push({ path: file.path, ...one });
      onProgress(file.path);
    }
  }
  cache?.done();
  // In the order of their paths: stand-ins for people are numbered as they come.
  for (const entry of streams.sort((a, b) => byCodeUnits(a.path, b.path))) {
    if (!(await readRuns(runs, entry))) left.push({ path: entry.path, reason: 'unreadable' });
    onProgress(entry.path);
  }
  const reading = runs.done();
  said.push(...extractedRuns(reading.runs));
  left.push(...reading.skipped);
  const settled = extractors.reduce<Extracted[]>((files, one) => one.settle?.(files) ?? files, said);
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
