import type { Finding, FindingSeverity } from '../finding.ts';

/** The files that may be looked at: text files of the components, with the formats that extraction saw in them. */
export interface Targets {
  /** Relative to the project, sorted. */
  paths: readonly string[];
  formats: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a program printed. */
export interface Printed {
  /** null when it was ended. */
  exit: number | null;
  out: string;
  err: string;
}

/** One program: what it looks at, how it is called, what its answer means. Nothing of it goes through a shell. */
export interface ScanTool {
  /** Its program, and the first part of the ids of its findings. */
  name: string;
  purpose: 'linter' | 'security';
  /** Names of files that tell it what to pass over, wherever they lie. */
  settings: readonly string[];
  /** Arguments that print its version. */
  version: readonly string[];
  /** The calls that cover what it can judge, arguments only; none where there is nothing for it. */
  calls(targets: Targets): string[][];
  /** What it found, or why its answer says nothing. Places that are none of the project's files are left out later. */
  read(printed: Printed, args: readonly string[]): Finding[] | { unusable: string };
}

/** A path as an argument: no file name can be taken for an option. */
export const asArgument = (path: string) => `./${path}`;

/** The same path back, as tools print it. */
export const asPath = (printed: string) => printed.replace(/^(?:\.\/)+/, '');

/** Calls with the files at their end, as many in each as a command line surely takes. */
export function inBatches(args: readonly string[], paths: readonly string[]): string[][] {
  const calls: string[][] = [];
  for (let at = 0; at < paths.length; at += BATCH)
    calls.push([...args, ...paths.slice(at, at + BATCH).map(asArgument)]);
  return calls;
}
const BATCH = 200;

/** The folders of these files, without those that lie in another of them. */
export function foldersOf(paths: readonly string[]): string[] {
  const all = [...new Set(paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))].sort();
  if (all[0] === '') return ['.'];
  const outer: string[] = [];
  // Sorted, what lies in a folder comes after it; only names that go on after the folder's own come between.
  for (const folder of all) if (!prefixesOf(folder).some((one) => outer.includes(one))) outer.push(folder);
  return outer;
}

function prefixesOf(folder: string): string[] {
  const parts = folder.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** JSON of a tool, or why there is none. */
export function jsonOf({ out, err, exit }: Printed): { value: unknown } | { unusable: string } {
  try {
    return { value: JSON.parse(out) };
  } catch {
    const said = `${err}\n${out}`.split('\n').find((line) => line.trim() !== '');
    return { unusable: `exit ${exit ?? 'none'}, ${said === undefined ? 'no answer' : said.trim().slice(0, 200)}` };
  }
}

/** Words of tools for how bad something is. */
const SEVERITIES: Readonly<Record<string, FindingSeverity>> = {
  blocker: 'error',
  critical: 'error',
  high: 'error',
  error: 'error',
  major: 'warning',
  medium: 'warning',
  warning: 'warning',
  minor: 'info',
};
export const severityOf = (word: unknown, otherwise: FindingSeverity = 'info'): FindingSeverity =>
  SEVERITIES[String(word).toLowerCase()] ?? otherwise;

/** A finding of a tool; the message is one line of bounded length, because it is a program's text. */
export function toolFinding(
  tool: string,
  rule: unknown,
  place: { path: unknown; line: unknown },
  severity: FindingSeverity,
  message: unknown,
): Finding {
  const line = Number(place.line);
  return {
    rule: `${tool}/${String(rule).slice(0, 80)}`,
    severity,
    path: asPath(String(place.path)),
    line: Number.isSafeInteger(line) && line > 0 ? line : 1,
    message: String(message).replace(/\s+/g, ' ').trim().slice(0, 400),
    fix: `see ${tool}`,
  };
}

/** Members of a value that may be anything. */
export type Loose = { readonly [key: string]: unknown };
export const object = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});
export const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(object) : []);
