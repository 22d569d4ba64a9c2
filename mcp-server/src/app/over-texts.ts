import type { ExtractPorts } from './ports/extraction.ts';

const HEAD = 4096;

/**
 * Extraction from texts that were read already: a delivery's own files and no others. Nothing is kept of it, because the cache
 * holds the folder that these are a part of, and would lose the rest.
 */
export function overTexts({ extractors }: ExtractPorts, texts: ReadonlyMap<string, string>): ExtractPorts {
  return {
    extractors,
    tree: {
      async *walk(_root, { wants }) {
        for (const [path, text] of texts)
          if (wants(path, text.slice(0, HEAD))) yield { kind: 'file', file: { path, text } };
      },
    },
  };
}
