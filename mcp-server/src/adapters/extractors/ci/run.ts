import type { Attributes, FileBuilder, Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { onlyLooks } from '../shell/harmless.ts';
import { oneLine } from '../shell/read.ts';
import { readCommands, type ShellReading, summarise } from '../shell/reading.ts';
import { sayShell } from '../shell/say.ts';
import { isUndoCommand } from './names.ts';
import type { ScriptText } from './script-text.ts';
import { lifting } from './step-links.ts';

/** What a job or step runs, read once: first its attributes, then, when its fact is made, what stands inside. */
export interface Run {
  attributes: Attributes;
  writes: boolean;
  checks: boolean;
  /** The first line that says something: a name for a step that has none. */
  title: string | undefined;
  /** The last commands that do the work: not what installs, changes folder, prints or looks. */
  acts: string[];
  /** Place of the first command that takes something back. */
  undo: { name: string; at: Span } | undefined;
  say(file: FileBuilder, owner: Fact, place: { folder: string | undefined; job?: Fact | undefined }): void;
}

const longestTitle = 120;

/** Reads the shell text of a step. */
export function readRun(script: ScriptText): Run {
  const reading = readCommands(script.text);
  const attributes = summarise(reading);
  return {
    attributes: { ...attributes, commands: programs(reading) },
    writes: attributes['effect'] === 'write',
    checks: reading.calls.some(({ call }) => call.isCheck),
    title: titleOf(script.text),
    acts: actsOf(reading),
    undo: undoOf(reading, script),
    say(file, owner, { folder, job }) {
      const { scope } = file;
      const lifted = lifting(file, job);
      sayShell(lifted, reading, { at: script.at, scope, owner, folders: [folder ?? '.'] });
    },
  };
}

function programs({ calls }: ShellReading): string[] | undefined {
  const found = [...new Set(calls.map(({ call }) => call.program))].filter((program) =>
    /^[\w.+-]{1,40}$/.test(program),
  );
  return found.length === 0 ? undefined : found.slice(0, 20);
}

const preparing =
  /^(?:cd|pushd|popd|export|set|source|\.|mkdir|rm|cp|mv|touch|chmod|sleep|apt|apt-get|apk|yum|dnf|brew|git|sudo|exit)$/;
const mostActs = 3;

function actsOf({ script, calls }: ShellReading): string[] {
  const lines = calls.flatMap(({ command, call }) => {
    const prepares =
      preparing.test(call.program) ||
      /^(?:install|ci|init|login|pull|sync)$/.test(call.args.find(({ text }) => !text.startsWith('-'))?.text ?? '');
    return prepares || command.isCondition || onlyLooks(call.program, call.args)
      ? []
      : oneLine(script.text.slice(command.at, command.end));
  });
  return [...new Set(lines)].slice(-mostActs);
}

function titleOf(text: string): string | undefined {
  const line = text.split('\n').find((candidate) => /\S/.test(candidate) && !/^\s*(?:#|set\s+[-+])/.test(candidate));
  return line?.trim().slice(0, longestTitle);
}

function undoOf({ script, calls }: ShellReading, { at }: ScriptText): Run['undo'] {
  const found = calls.find(({ call }) => isUndoCommand([call.program, ...call.args.map((arg) => arg.text)]));
  if (found === undefined) return undefined;
  const { command } = found;
  const line = script.text.slice(command.at, command.end).split('\n')[0] ?? '';
  return { name: line.slice(0, longestTitle), at: at(command.at, command.end) };
}
