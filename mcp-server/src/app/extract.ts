import type { Extracted } from '../domain/extract/collect.ts';
import type { Extractor, ExtractReport, Skipped } from '../domain/extract/contract.ts';
import { extractBy, extractFile, takersOf } from '../domain/extract/extract-file.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { buildReport } from '../domain/extract/report.ts';
import { extractedRuns } from '../domain/runs/facts.ts';
import { looksLikeRuns, RunsReader } from '../domain/runs/read/read-runs.ts';
import type { ExtractPorts, TreeEntry } from './extract-ports.ts';

/** Files above this are skipped unread unless the caller says otherwise: 2 MiB. */
const defaultMaxFileSize = 2 * 1024 * 1024;

export interface ExtractOptions {
  /** Bytes; files above are skipped. */
  maxFileSize?: number;
  /** Told after every file that was read. */
  onProgress?(progress: { files: number; path: string }): void;
}

function roomFor(extractors: readonly Extractor[], path: string, head: string): number {
  const sizes = extractors.map((one) =>
    one.maxFileSize !== undefined && one.matches(path, head) ? one.maxFileSize : 0,
  );
  return Math.max(defaultMaxFileSize, ...sizes);
}

type Stream = Extract<TreeEntry, { kind: 'stream' }>;

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

/**
 * Reads existing automation, and what agents did, and says what is there: `countersign extract PATH`. The same files give the same bytes, from
 * any folder and in any order. Files that cannot be read or parsed end in `skipped`.
 *
 * @throws when the root does not exist or cannot be read.
 */
export async function extract(ports: ExtractPorts, root: string, options: ExtractOptions = {}): Promise<ExtractReport> {
  const { tree, extractors, cache } = ports;
  const said: Extracted[] = [];
  const left: Skipped[] = [];
  const links = new Map<string, string>();
  const runs = new RunsReader();
  const streams: Stream[] = [];
  let files = 0;
  const onProgress = (path: string) => options.onProgress?.({ files: ++files, path });
  // The walk asks for each file right before it hands it over: what was found then need not be looked for again.
  let asked: { path: string; takers: readonly Extractor[] } = { path: '', takers: [] };
  const wants = (path: string, head: string) => {
    asked = { path, takers: takersOf(extractors, path, head) };
    return asked.takers.length > 0;
  };
  const walk = tree.walk(root, {
    maxFileSize: options.maxFileSize ?? defaultMaxFileSize,
    wants,
    // What a format claims is its own; only the rest may be a transcript.
    streams: (path, head) => looksLikeRuns(path, head) && !wants(path, head),
    ...(options.maxFileSize === undefined ? { roomFor: (path, head) => roomFor(extractors, path, head) } : {}),
  });
  for await (const entry of walk) {
    if (entry.kind === 'skipped') left.push(entry.entry);
    else if (entry.kind === 'link') links.set(entry.path, entry.target);
    else if (entry.kind === 'stream') streams.push(entry);
    else {
      const { file } = entry;
      const compute = () => (asked.path === file.path ? extractBy(asked.takers, file) : extractFile(extractors, file));
      for (const one of cache === undefined ? compute() : cache.through(file, compute))
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
  return buildReport(said, left, links);
}
