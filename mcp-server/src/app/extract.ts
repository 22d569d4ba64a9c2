import type { Extracted } from '../domain/extract/collect.ts';
import type { Extractor, ExtractReport } from '../domain/extract/contract.ts';
import { jsonPieces } from '../domain/json-pieces.ts';
import { type ExtractOptions, hashOfMet, type Met, meetTree } from './extract-tree.ts';
import type { ExtractionCache, ExtractPorts, MetFile } from './ports/extraction.ts';

/** The answer as an object, and as the text of its JSON (or that in UTF-8) in pieces: where an earlier run's is kept, the latter costs no parsing. */
export interface Extraction {
  report(): ExtractReport;
  json(): Iterable<string | Uint8Array>;
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
    return { json: () => kept, report: () => JSON.parse(textOf(kept)) as ExtractReport };
  }
  const said = saidOf(met, cache);
  // What was kept is damaged, so nothing of it is believed.
  if (said === undefined) return extraction({ ...ports, cache: forgetful(cache) }, root, options);
  if (met.moved) cache?.keep(met.files, met.fresh);
  // Only now: where nothing new is said, none of it is loaded.
  const { putTogether } = await import('./extract-together.ts');
  const report = await putTogether(met, said, await extractors(), options);
  const bytes = hash === undefined ? undefined : reports?.keep(hash, jsonPieces(report));
  return { report: () => report, json: () => bytes ?? jsonPieces(report) };
}

function textOf(pieces: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
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
