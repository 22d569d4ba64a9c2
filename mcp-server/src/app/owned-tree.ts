import type { SourceTree } from './extract-ports.ts';

/** A tree of texts that were read already, for extraction from a delivery's own files and no others. */
export function ownedTree(texts: ReadonlyMap<string, string>): SourceTree {
  return {
    async *walk(_root, { wants }) {
      for (const [path, text] of texts)
        if (wants(path, text.slice(0, HEAD))) yield { kind: 'file', file: { path, text } };
    },
  };
}
const HEAD = 4096;
