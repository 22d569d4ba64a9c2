import { type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact, Reference } from '../../../domain/extract/contract.ts';
import type { Call } from './classify.ts';
import { inputsOf } from './inputs.ts';
import { appliesInput, pathTies } from './path-ties.ts';
import { oneLine } from './read.ts';
import type { ShellReading } from './reading.ts';
import type { ShellCommand, ShellScript } from './script.ts';
import { turnsOf } from './turns.ts';

/** Where the text stands and who runs it. */
export interface ShellPlace {
  /** The lines of a range of offsets of the text, in the file. */
  at(from: number, to: number): Span;
  scope?: string;
  /** The step that runs the text; left out for a script of its own, whose commands are then steps themselves. */
  owner?: Fact;
  /** Folders, relative to the root, from which a path in the text may be meant; the likeliest first. */
  folders: readonly string[];
  /** Turns text as it was read into the spelling of the file, where the file escapes what the shell sees. */
  spell?(text: string): string;
}

/**
 * Says what shell text holds: inputs, decisions, approvals, batches, checks, ways back, outputs, ties to systems and
 * to other files. Every fact names its rule.
 */
export function sayShell(file: FileBuilder, reading: ShellReading, place: ShellPlace): void {
  const { script, calls } = reading;
  const scoped = place.scope === undefined ? {} : { scope: place.scope };
  const span = (range: { at: number; end: number }) => place.at(range.at, range.end);
  for (const { name, isInferred, rule, from, at, end, ...rest } of inputsOf(script)) {
    // A step is given its variables by whoever holds it; only what the text itself declares is an input there.
    if (place.owner !== undefined && (isInferred || from !== 'environment')) continue;
    file.fact({
      kind: 'input',
      ...scoped,
      name,
      at: place.at(at, end),
      status: isInferred ? 'inferred' : 'observed',
      attributes: { rule, from, ...rest },
    });
  }
  for (const decision of script.decisions)
    file.fact({
      kind: 'decision',
      ...scoped,
      name: spelt(place, decision.text),
      at: span(decision),
      attributes: { rule: `shell-${decision.kind}` },
    });
  for (const loop of script.loops) {
    // Loops over the script's own arguments are no work on many things.
    if (/\bgetopts\b|\$#|\$\{#/.test(loop.text)) continue;
    const isWait = loop.kind === 'until';
    const kind = isWait ? 'check' : loop.kind === 'select' ? 'approval' : 'batch';
    const rule = isWait ? 'shell-wait-until' : `shell-${loop.kind}`;
    file.fact({
      kind,
      ...scoped,
      name: spelt(place, loop.text),
      at: span(loop),
      ...(kind === 'batch' ? {} : { status: 'inferred' }),
      attributes: { rule },
    });
  }
  const ways = undoFunctions(script, calls);
  for (const way of ways)
    file.fact({
      kind: 'rollback',
      ...scoped,
      name: way.name,
      at: span(way),
      status: 'inferred',
      attributes: { rule: way.rule },
    });
  const exits = new Set<string>();
  const turns = place.owner === undefined ? turnsOf(reading) : undefined;
  const whenOf = ({ within, when }: ShellCommand) =>
    [...((within === undefined ? undefined : turns?.inherited.get(within)) ?? []), ...when].slice(-4);
  const kept = keptDownloads(reading);
  const changed = calls.flatMap(({ call }) => changedTo(call, place.folders));
  const folders = [...new Set([...place.folders, ...changed])];
  const tied = { scope: place.scope ?? file.scope, folders, appliesInput: appliesInput(reading) };
  // Where the text stands: at first wherever it may run, then where the last `cd` before led.
  const trail: (readonly string[])[] = [place.folders];
  for (const { command, call } of calls) {
    const here = trail.at(-1) ?? place.folders;
    const step = sayCall(
      file,
      script,
      command,
      call,
      { ...place, folders },
      {
        order: turns?.order?.get(command),
        onlyIf: whenOf(command),
      },
    );
    if (call.isCheck && !(call.program === 'curl' && kept.has(command))) sayCheck(file, script, command, call, place);
    if (step !== undefined) pathTies(file, step, call, { ...tied, here, at: place.at(command.at, command.end) });
    const isUp = call.args[0]?.text.startsWith('..') === true;
    const next = changedTo(call, isUp ? here : place.folders).slice(-1);
    if (next.length > 0) trail.push(next);
    else if (goesBack(call) && trail.length > 1) trail.pop();
    sayOutput(file, script, command, call, place, exits);
  }
}

/** Folders that a `cd` goes to, from wherever the text may run. */
function changedTo({ program, args }: Call, folders: readonly string[]): string[] {
  const target = args[0];
  if (!/^(?:cd|pushd)$/.test(program) || target === undefined || target.dynamic || target.text === '-') return [];
  return folders.flatMap((base) => resolveFrom(base, target.text) ?? []);
}

const goesBack = ({ program, args }: Call) => program === 'popd' || (program === 'cd' && args[0]?.text === '-');

/** What one command says; the step that runs it, if it is one. */
function sayCall(
  file: FileBuilder,
  script: ShellScript,
  command: ShellCommand,
  call: Call,
  place: ShellPlace,
  { order, onlyIf }: { order: number | undefined; onlyIf: readonly string[] },
): Fact | undefined {
  const scoped = place.scope === undefined ? {} : { scope: place.scope };
  const at = place.at(command.at, command.end);
  const name = spelt(place, oneLine(script.text.slice(command.at, command.end)));
  const isNamed = runsVariable(call);
  const isStep =
    isNamed || call.system !== undefined || call.script !== undefined || call.pipesToShell || call.effect !== undefined;
  const step =
    place.owner ??
    (isStep
      ? file.fact({
          kind: 'step',
          ...scoped,
          name,
          at,
          ...(isNamed && call.effect === undefined ? { status: 'unresolved' as const } : {}),
          attributes: {
            program: call.program,
            candidates: isNamed && call.effect === undefined ? [] : undefined,
            system: call.system,
            effect: call.effect,
            object: call.object,
            function: command.within,
            order,
            onlyIf: onlyIf.length === 0 ? undefined : onlyIf.map((text) => spelt(place, text)),
            pipesToShell: call.pipesToShell || undefined,
            ignoresErrors: command.onFailure === 'ignored' || undefined,
            handlesErrors: command.onFailure === 'handled' || undefined,
          },
        })
      : undefined);
  if (call.system !== undefined && step !== undefined)
    file.couple({ system: call.system, class: 'cli', swap: 'rewrite', at, consumers: [step] });
  if (call.script !== undefined && step !== undefined) referTo(file, step, call.script, place);
  if (call.batch !== undefined)
    file.fact({ kind: 'batch', ...scoped, name, at, attributes: { rule: `shell-${call.batch}` } });
  const isPrompt = call.program === 'read' && call.args.some((arg) => /^-[a-z]*p/.test(arg.text));
  if (isPrompt) file.fact({ kind: 'approval', ...scoped, name, at, attributes: { rule: 'shell-read-prompt' } });
  return step;
}

/** `$compose up -d`: what it runs is decided elsewhere, that it runs something is not. A bare `$command` may be anything. */
function runsVariable({ program, args, script }: Call): boolean {
  return script === undefined && args.length > 0 && /^\$(?:\w+|\{\w+\})$/.test(program);
}

function sayCheck(file: FileBuilder, script: ShellScript, command: ShellCommand, call: Call, place: ShellPlace): void {
  file.fact({
    kind: 'check',
    ...(place.scope === undefined ? {} : { scope: place.scope }),
    name: spelt(place, oneLine(script.text.slice(command.at, command.end))),
    at: place.at(command.at, command.end),
    status: 'inferred',
    attributes: {
      rule: 'shell-check-command',
      effect: 'read',
      object: call.object === undefined ? undefined : spelt(place, call.object),
    },
  });
}

/** Downloads whose bytes are run, unpacked or kept: they fetch something and look at nothing. */
function keptDownloads({ script, calls }: ShellReading): ReadonlySet<ShellCommand> {
  const kept = new Set<ShellCommand>();
  for (const { command, call } of calls)
    if (
      command.pipedFrom !== undefined &&
      (call.pipesToShell || /^(?:tar|gunzip|unzip|gpg|tee|dd|apt-key)$/.test(call.program))
    )
      kept.add(command.pipedFrom);
  for (const command of script.commands)
    if (command.redirects.some(({ operator, target }) => /^>/.test(operator) && !/^(?:\/dev\/null|\d|-)$/.test(target)))
      kept.add(command);
  return kept;
}

/** Exit codes above zero, each once, and what is handed to the pipeline that runs the text. */
function sayOutput(
  file: FileBuilder,
  script: ShellScript,
  command: ShellCommand,
  call: Call,
  place: ShellPlace,
  exits: Set<string>,
): void {
  const scoped = place.scope === undefined ? {} : { scope: place.scope };
  const at = place.at(command.at, command.end);
  const code = call.args[0]?.text ?? '';
  if (call.program === 'exit' && /^[1-9]\d*$/.test(code) && place.owner === undefined && !exits.has(code)) {
    exits.add(code);
    file.fact({ kind: 'output', ...scoped, name: `exit ${code}`, at, attributes: { rule: 'shell-exit-code' } });
  }
  const target = command.redirects.find((redirect) => /GITHUB_(?:OUTPUT|ENV)/.test(redirect.target));
  const pair =
    target === undefined
      ? null
      : /\b(?:echo|printf)\s+["']?([A-Za-z_][\w-]*)=/.exec(script.text.slice(command.at, command.end));
  if (pair?.[1] !== undefined)
    file.fact({ kind: 'output', ...scoped, name: pair[1], at, attributes: { rule: 'shell-step-output' } });
}

/** A playbook by where it starts: its plays come in their order from there. A script that is sourced means all that it holds. */
function pathTarget(path: string): Reference['target'] {
  return /\.ya?ml$/.test(path) ? { by: 'path', path, kinds: ['entrypoint'] } : { by: 'path', path };
}

/** A script by its path: from every folder it may be meant from; a dynamic one by what of its path is known. */
function referTo(file: FileBuilder, from: Fact, script: NonNullable<Call['script']>, place: ShellPlace): void {
  const at = place.at(script.at, script.at + script.path.length);
  // "$(dirname "$0")/lib.sh", "${SCRIPT_DIR}/lib.sh": the folder of the script itself, as far as anyone can tell.
  if (script.path.length > 300) return;
  const own =
    /^"?(?:\$\(\s*dirname[^)]*\)|\$\{?\w*(?:DIR|PATH|ROOT|HOME|dir|root)\w*\}?|\$\{BASH_SOURCE[^}]*\})"?\/([^$`{}"*?]+)"?$/.exec(
      script.path,
    );
  if (!script.dynamic || own?.[1] !== undefined) {
    const path = own?.[1] ?? script.path;
    const resolved = new Set(place.folders.map((folder) => resolveFrom(folder, path)));
    for (const target of resolved) if (target !== undefined) file.refer(from, script.how, pathTarget(target), at);
    return;
  }
  const glob = script.path
    .replace(/"/g, '')
    .replace(/\$\{[^}]*\}|\$\([^)]*\)|\$\w+|\$?\{\{[^}]*\}\}/g, '*')
    .replace(/^\.\//, '');
  if (/[\w-]{2}/.test(glob))
    file.refer(
      from,
      script.how,
      { by: 'pattern', glob: glob.startsWith('*') ? `**/${glob.replace(/^\*+\/?/, '')}` : glob },
      at,
    );
}

const undoName = /(?:^|[_-])(?:rollback|roll_back|revert|undo|restore|backout|back_out|abort)(?:$|[_-])/i;

/** Functions named like a way back, and what a trap runs on an error. */
function undoFunctions(
  script: ShellScript,
  calls: ShellReading['calls'],
): { name: string; at: number; end: number; rule: string }[] {
  const named = script.functions
    .filter((found) => undoName.test(found.name))
    .map((found) => ({ ...found, rule: 'shell-undo-name' }));
  for (const { command, call } of calls) {
    if (call.program !== 'trap' || !call.args.slice(1).some((arg) => arg.text === 'ERR')) continue;
    const handler = call.args[0]?.text ?? '';
    const word = /^[\w-]+/.exec(handler)?.[0] ?? '';
    const known = named.find((found) => found.name === word);
    // The name says what it is for, the trap that it runs.
    if (known !== undefined) known.rule = 'shell-trap-error';
    else if (script.functions.some((found) => found.name === word) && writesIn(calls, word))
      named.push({ name: word, at: command.at, end: command.end, rule: 'shell-trap-error' });
  }
  return named;
}

function writesIn(calls: ShellReading['calls'], name: string): boolean {
  return calls.some(({ command, call }) => command.within === name && call.effect === 'write');
}

function spelt(place: ShellPlace, text: string): string {
  return place.spell?.(text) ?? text;
}
