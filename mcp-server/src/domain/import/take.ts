import type { SourceFile } from '../extract/contract.ts';
import { type DraftVariable, type Statement, statementOf, type Unit } from './contract.ts';
import { bare, isHeading, type Piece, type SourceDocument } from './source-document.ts';

/** Pieces that can stand in one of our sections as they are. */
export const isProse = (piece: Piece) => piece.kind === 'paragraph' || piece.kind === 'item';

/** Takes the prose below a heading, with the heading; what has another form stays. */
export function takeProse(document: SourceDocument, heading: Piece | undefined, inferred?: string): Statement[] {
  if (heading === undefined) return [];
  const prose = document.body(heading).filter((one) => isProse(one) && !document.isTaken(one));
  if (prose.length > 0) document.take(heading);
  return document.take(prose).map((piece) => statementOf(document, piece, inferred));
}

/** Takes the items of lists below a heading, deeper headings included. */
export function takeItems(document: SourceDocument, heading: Piece | undefined): Piece[] {
  if (heading === undefined) return [];
  const items = document.under(heading).filter((one) => one.kind === 'item' && !document.isTaken(one));
  if (items.length > 0) document.take(heading);
  return [...document.take(items)];
}

/** The rows below a heading, from tables and from tables drawn with box characters in fenced code. */
export function rowsUnder(document: SourceDocument, heading: Piece | undefined): { row: Piece; whole: Piece }[] {
  if (heading === undefined) return [];
  return document.under(heading).flatMap((piece) => {
    if (piece.kind === 'row') return [{ row: piece, whole: piece }];
    return piece.kind === 'code' ? boxRows(piece).map((row) => ({ row, whole: piece })) : [];
  });
}

/** A cell whose header matches. */
export function cell(row: Piece, header: RegExp): string {
  for (const [name, text] of row.cells) if (header.test(name)) return text;
  return '';
}

/** Rows of `│ a │ b │` lines; a row without a first cell goes on with the one before it. */
function boxRows(code: Piece): Piece[] {
  const lines = code.raw.split('\n').map((line, at) => ({ line, at: code.line + 1 + at }));
  const rows = lines.flatMap(({ line, at }) =>
    /^\s*│/.test(line)
      ? [
          {
            at,
            cells: line
              .trim()
              .replace(/^│|│$/g, '')
              .split('│')
              .map((one) => one.trim()),
          },
        ]
      : [],
  );
  const [head, ...rest] = rows;
  if (head === undefined) return [];
  const joined: { at: number; cells: string[] }[] = [];
  for (const { at, cells } of rest) {
    const last = joined.at(-1);
    if (cells[0] !== '' || last === undefined) joined.push({ at, cells });
    else last.cells = last.cells.map((text, column) => `${text} ${cells[column] ?? ''}`.trim());
  }
  return joined.map(({ at, cells }) => ({
    ...code,
    kind: 'row',
    line: at,
    text: cells.join(' | '),
    cells: new Map(head.cells.map((name, column) => [name.toLowerCase(), cells[column] ?? ''])),
  }));
}

/** The folder of a path, '' at the root. */
export const folderOf = (path: string) => path.split('/').slice(0, -1).join('/');
export const nameOf = (path: string) => path.split('/').at(-1) ?? path;

/** Headings one level below another. */
export function childrenOf(document: SourceDocument, heading: Piece): Piece[] {
  const below = document.under(heading).filter(isHeading);
  const depth = Math.min(...below.map((one) => one.depth));
  return below.filter((one) => one.depth === depth);
}

/** Whether a text names a file or folder: `src/main.py`, `roles/web/`, `Dockerfile`. */
const PATH = /^(?:\.\/)?(?:[\w@.-]+\/)+[\w@.-]*$|^[\w@-]+\.[a-z][a-z0-9]{0,5}$|^(?:Dockerfile|Makefile|Jenkinsfile)$/;

/** Paths in code spans of a text that a component may own, each once. */
export function pathsIn(raw: string): string[] {
  const spans = [...raw.matchAll(/`([^`\n]{1,200})`/g)].map((match) => match[1]!.trim().replace(/^\.\//, ''));
  const kept = spans.filter(
    (one) => PATH.test(one) && !one.split('/').includes('..') && !/^(?:deliveries|\.git)\//.test(one),
  );
  return [...new Set(kept)];
}

/** Variables of a table with columns such as Name, Required, Default, Description. */
export function takeVariables(document: SourceDocument, heading: Piece | undefined): DraftVariable[] {
  return rowsUnder(document, heading).flatMap(({ row, whole }) => {
    const name = cell(row, /^(?:name|variable|key|setting|env)/).replace(/`/g, '');
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) return [];
    document.take([heading!, whole]);
    return [
      {
        name,
        required: /^(?:y|true|required|must)/i.test(cell(row, /^required/)),
        format: cell(row, /^(?:format|type)/) || 'text',
        fallback: cell(row, /^default/),
        secret: /^(?:y|true)/i.test(cell(row, /^(?:secret|sensitive)/)),
        meaning: cell(row, /^(?:meaning|description|purpose|notes?)/),
      },
    ];
  });
}

/** Yes or no in a cell; undefined where it is neither. */
export function saidYes(text: string): boolean | undefined {
  if (/^(?:y|yes|true|required|must|mandatory|✓|✅|x$)/i.test(text)) return true;
  return /^(?:n|no|false|optional|✗|❌)/i.test(text) ? false : undefined;
}

export const titleOf = (heading: Piece) => bare(heading.text);

/** Folders whose files pass, each as a unit with all its files; the folder that was named has the unit `.`. */
export function unitsByFolder(
  files: readonly SourceFile[],
  opens: (file: SourceFile) => boolean,
  belongs: (file: SourceFile) => boolean,
): Unit[] {
  const folders = new Set(files.filter(opens).map(({ path }) => folderOf(path)));
  return [...folders].map((folder) => ({
    name: folder === '' ? '.' : folder,
    files: files.filter((file) => folderOf(file.path) === folder && belongs(file)),
  }));
}

/** Whether a file is an artifact of our own, which nobody has to import. */
export const isOurs = ({ text }: SourceFile) => /^\ufeff?---\r?\ncountersign:/.test(text);
