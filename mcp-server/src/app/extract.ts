import type { Extracted } from '../domain/extract/collect.ts';
import type { ExtractReport, Skipped } from '../domain/extract/contract.ts';
import { extractFile } from '../domain/extract/extract-file.ts';
import { buildReport } from '../domain/extract/report.ts';
import type { ExtractPorts } from './extract-ports.ts';

/** Files above this are skipped unread unless the caller says otherwise: 2 MiB. */
export const defaultMaxFileSize = 2 * 1024 * 1024;

export interface ExtractOptions {
  /** Bytes; files above are skipped. */
  maxFileSize?: number;
  /** Told after every file that was read. */
  onProgress?(progress: { files: number; path: string }): void;
}

/**
 * Reads existing automation and says what is there: `countersign extract PATH`. The same files give the same bytes, from
 * any folder and in any order. Files that cannot be read or parsed end in `skipped`.
 *
 * @throws when the root does not exist or cannot be read.
 */
export async function extract(ports: ExtractPorts, root: string, options: ExtractOptions = {}): Promise<ExtractReport> {
  const { tree, extractors, cache } = ports;
  const said: Extracted[] = [];
  const left: Skipped[] = [];
  const links = new Map<string, string>();
  let files = 0;
  const walk = tree.walk(root, {
    maxFileSize: options.maxFileSize ?? defaultMaxFileSize,
    wants: (path, head) => extractors.some((extractor) => extractor.matches(path, head)),
  });
  for await (const entry of walk) {
    if (entry.kind === 'skipped') left.push(entry.entry);
    else if (entry.kind === 'link') links.set(entry.path, entry.target);
    else {
      const { file } = entry;
      const compute = () => extractFile(extractors, file);
      for (const one of cache === undefined ? compute() : cache.through(file, compute))
        said.push({ path: file.path, ...one });
      files++;
      options.onProgress?.({ files, path: file.path });
    }
  }
  return buildReport(said, left, links);
}
