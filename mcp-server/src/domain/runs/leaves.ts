import { secretLiteral, secretName } from '../extract/secret-shapes.ts';
import { REDACTED, redact } from '../redact.ts';
import { commandWords } from './command-words.ts';
import type { Leaf } from './run.ts';

/** How much of a value is kept; characters and leaves. */
export interface LeafLimits {
  leaves: number;
  text: number;
}

export const inputLimits: LeafLimits = { leaves: 80, text: 400 };
export const outputLimits: LeafLimits = { leaves: 60, text: 160 };
const deepest = 12;
/** Longer texts are looked at as far as this, and cut to what is kept afterwards. */
const longestRead = 4000;
const blob = /^(?:data:[\w/+.-]+;base64,|[A-Za-z0-9+/]{200,}={0,2}$)/;

/** Takes secrets and personal data out of a text before anything keeps it. */
export type Cleaner = (text: string) => string;

/** The leaves of a JSON value in their order, cleaned and bounded. Of a command line, its words. */
export function leavesOf(value: unknown, limits: LeafLimits, clean: Cleaner): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (one: unknown, path: string, depth: number) => {
    if (leaves.length >= limits.leaves || depth > deepest) return;
    if (Array.isArray(one)) {
      for (const [at, item] of one.entries()) visit(item, `${path}[${at}]`, depth + 1);
    } else if (one !== null && typeof one === 'object')
      for (const [key, item] of Object.entries(one)) {
        if (commandNotes.test(key) && hasCommand(one)) continue;
        if (isCommandKey(key) && typeof item === 'string') words(item, path === '' ? key : `${path}.${key}`);
        else visit(item, path === '' ? key : `${path}.${key}`, depth + 1);
      }
    else if (one !== undefined) leaves.push(leafOf(path, String(one), limits, clean));
  };
  const words = (command: string, path: string) => {
    for (const word of commandWords(command.slice(0, longestRead)))
      if (leaves.length < limits.leaves) leaves.push(leafOf(`${path} ${word.name}`, word.text, limits, clean));
  };
  visit(value, '', 0);
  return leaves;
}

export const isCommandKey = (key: string) => /^(?:command|cmd|script)$/.test(key);

/** What an agent writes beside a command for the person who reads along. */
const commandNotes = /^(?:description|timeout|run_in_background)$/;
const hasCommand = (value: object) =>
  Object.entries(value).some(([key, one]) => isCommandKey(key) && typeof one === 'string');

function leafOf(path: string, text: string, limits: LeafLimits, clean: Cleaner): Leaf {
  const name =
    path
      .replace(/\[\d+\]$/, '')
      .split(/[. ]/)
      .at(-1) ?? path;
  if (secretName(name) === 'strong' || secretLiteral(name, text)) return { path, value: REDACTED, secret: true };
  if (blob.test(text.slice(0, 400))) return { path, value: `(${text.length} characters of binary data)` };
  return { path, value: oneLine(text, limits.text, clean) };
}

/** A text as one bounded line without secrets and personal data. */
export function oneLine(text: string, most: number, clean: Cleaner): string {
  const line = clean(redact(text.slice(0, longestRead)))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

const cutMark =
  /\b(?:truncated|output too large|characters omitted|\d+ (?:more )?(?:lines|characters) (?:omitted|truncated))\b/i;

/** What a tool gave back: leaves of JSON where it is some, else the text; `cut` when the client says it left some out. */
export function outputOf(value: unknown, clean: Cleaner): { output: Leaf[]; cut: boolean } {
  const text = typeof value === 'string' ? value : undefined;
  if (text === undefined) return { output: leavesOf(value, outputLimits, clean), cut: false };
  const cut = cutMark.test(text.slice(0, 400)) || cutMark.test(text.slice(-400));
  const parsed = parsedOf(text);
  if (parsed !== undefined) return { output: leavesOf(parsed, outputLimits, clean), cut };
  return { output: linesOf(text, clean), cut };
}

const longestJson = 256 * 1024;

function parsedOf(text: string): unknown {
  if (text.length > longestJson || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Lines `key: value` and `key = value` by their key, what is left as one text. */
function linesOf(text: string, clean: Cleaner): Leaf[] {
  const leaves: Leaf[] = [];
  for (const line of text
    .slice(0, 8 * 1024)
    .split('\n')
    .slice(0, 200)) {
    const pair = /^\s*"?([A-Za-z][\w .-]{0,40}?)"?\s*[:=]\s*(\S.*)$/.exec(line.slice(0, 400));
    if (pair !== null && leaves.length < outputLimits.leaves - 1)
      leaves.push(
        leafOf(pair[1] as string, (pair[2] as string).replace(/[",]+$/, '').replace(/^"/, ''), outputLimits, clean),
      );
  }
  return [{ path: '', value: oneLine(text, outputLimits.text, clean) }, ...leaves];
}
