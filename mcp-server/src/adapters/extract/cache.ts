import { join } from 'node:path';
import type { ExtractionCache, MetFile } from '../../app/ports/extraction.ts';
import type { Skipped } from '../../domain/extract/contract.ts';
import type { FormatExtraction } from '../../domain/extract/extract-file.ts';
import { sha256 } from '../../domain/hash.ts';
import { forgetOldest, remove } from './forget.ts';
import { openPack, type Pack, startPack } from './pack.ts';

/** Files whose extractions are read, hashed and parsed together. */
const filesInBlock = 64;
/** What changed lies beside what did not, until it is a part of so much. */
const mostChanged = 1 / 8;
/** Folders whose extractions are kept; the ones used longest ago go. */
const mostPacks = 30;
const [ending, beside] = ['.pack', '.changed'];
const indexKey = 'files';

/** A file as an index has it: where what was said of it lies (the pack, its block, the place in that), what it was skipped for. */
type Row = [path: string, digest: string, origin: string | 0, in_: 0 | 1, block: number, at: number, skipped?: Skipped];
/** Of which pack the first of two is. */
interface Index {
  base: string;
  rows: Row[];
}

interface Held {
  packs: readonly [Pack, Pack];
  base: string;
  rows: Map<string, Row>;
  /** Blocks that were parsed. */
  parsed: Map<string, FormatExtraction[][] | undefined>;
}

const noBlock = -1;

/**
 * Keeps the files of a folder with what was said of them in two packs: a large one, and beside it the index as it is now with what changed
 * since the large one was written. Blocks carry the hash of their bytes: what is damaged, cut off or missing is nothing. Where the folder
 * cannot be written, nothing is kept.
 *
 * @param root the folder that is extracted
 * @param version says which extractors made the entries; another version shares none of them.
 */
export function extractionCache(folder: string, version: string, root: string): ExtractionCache {
  const name = join(folder, sha256(`${version}\0${root}`).slice(0, 32));
  let held: Held | undefined;
  const said = (path: string): FormatExtraction[] | undefined => {
    const row = held?.rows.get(path);
    if (held === undefined || row === undefined || row[4] === noBlock) return undefined;
    const [, , , in_, block, at] = row;
    const key = `${in_} ${block}`;
    if (!held.parsed.has(key)) held.parsed.set(key, blockOf(held.packs[in_], block));
    return held.parsed.get(key)?.[at];
  };
  return {
    met() {
      held ??= open(name);
      return new Map([...held.rows].map(([path, row]) => [path, metOf(row)]));
    },
    said,
    keep(files, fresh) {
      const before = held;
      const changed = files.filter(
        ({ path, taken }) => taken && (fresh.has(path) || before?.rows.get(path)?.[3] === 1),
      );
      const isWhole = before === undefined || before.rows.size === 0 || changed.length > files.length * mostChanged;
      // What cannot be read back is extracted anew next time.
      const lost = new Set<string>();
      const written = (isWhole ? files.filter(({ taken }) => taken) : changed).flatMap(({ path }) => {
        const one = fresh.get(path) ?? said(path);
        if (one === undefined) lost.add(path);
        return one === undefined ? [] : [{ path, said: one }];
      });
      const rows = new Map<string, Row>();
      const pack = startPack(isWhole ? name + ending : name + beside);
      for (let at = 0; at < written.length; at += filesInBlock) {
        const some = written.slice(at, at + filesInBlock);
        pack.add(`${at / filesInBlock}`, JSON.stringify(some.map((one) => one.said)));
        some.forEach(({ path }, nth) => {
          rows.set(path, ['', '', 0, isWhole ? 0 : 1, at / filesInBlock, nth]);
        });
      }
      const index = files
        .filter(({ path }) => !lost.has(path))
        .map((file) => rowOf(file, rows.get(file.path) ?? before?.rows.get(file.path)));
      pack.add(indexKey, JSON.stringify({ base: isWhole ? '' : before.base, rows: index } satisfies Index));
      for (const one of before?.packs ?? []) one.close();
      held = undefined;
      if (isWhole) remove(name + beside);
      pack.finish();
      forgetOldest(folder, ending, mostPacks);
      forgetOldest(folder, beside, mostPacks);
    },
  };
}

function metOf([path, digest, origin, , block, , skipped]: Row): MetFile {
  const file = { path, digest, taken: block !== noBlock, origin: origin === 0 ? digest : origin };
  return skipped === undefined ? file : { ...file, skipped };
}

function rowOf({ path, digest, origin, taken, skipped }: MetFile, place: Row | undefined): Row {
  const [, , , in_ = 0, block = noBlock, at = 0] = taken ? (place ?? []) : [];
  const row: Row = [path, digest, origin === digest ? 0 : origin, in_, block, at];
  if (skipped !== undefined) row.push(skipped);
  return row;
}

function open(name: string): Held {
  const [whole, changed] = [openPack(name + ending), openPack(name + beside)];
  const base = whole.find(indexKey)?.hash ?? '';
  const newer = indexOf(changed);
  // One that was written beside another than this knows nothing of it.
  const index = newer !== undefined && base !== '' && newer.base === base ? newer : indexOf(whole);
  const rows = new Map((index?.rows ?? []).map((row) => [row[0], row]));
  return { packs: [whole, changed], base, rows, parsed: new Map() };
}

const indexOf = (pack: Pack): Index | undefined => json(pack, indexKey) as Index | undefined;
const blockOf = (pack: Pack, block: number) => json(pack, `${block}`) as FormatExtraction[][] | undefined;

function json(pack: Pack, key: string): unknown {
  const place = pack.find(key);
  const text = place === undefined ? undefined : pack.read(place);
  return text === undefined ? undefined : JSON.parse(text);
}
