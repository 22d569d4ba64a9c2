import type { Extracted } from '../domain/extract/collect.ts';
import type { Extractor, ExtractReport } from '../domain/extract/contract.ts';
import { byCodeUnits } from '../domain/extract/order.ts';
import { buildReport } from '../domain/extract/report.ts';
import { extractedRuns } from '../domain/runs/facts.ts';
import { RunsReader } from '../domain/runs/read/read-runs.ts';
import type { ExtractOptions, Met, Stream } from './extract-tree.ts';

/** The whole answer from what was said of every file, once the runs of agents among them are read. */
export async function putTogether(
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
