import type { Place } from './carrier.ts';
import { carried } from './carriers.ts';
import { interpreterOf } from './programs.ts';
import { readScript } from './read.ts';
import { type Input, inputOf, outputOf, type Resolver, resolveWord, resolveWords, standardOutput } from './resolve.ts';
import type { Command, Redirect, Script, Word } from './script.ts';
import { applyBuiltin, assign, copyState, joinPath, newState, type ShellState, type When } from './state.ts';
import { baseName, literalWord, PROCESS_FILE, UNKNOWN } from './word.ts';

/** Shell programs in shell programs (`sh -c`, `eval`, `ssh`) and commands that run commands: further ones are opaque. */
const MAX_PROGRAMS = 8;
const MAX_WRAPPERS = 32;

/** A command as it would be started, whoever starts it. */
export interface Invocation {
  readonly argv: readonly Word[];
  /** The program without its folder; undefined when it is dynamic. */
  readonly name: string | undefined;
  /** What the line gives it in a variable: undefined for nothing, a dynamic word for something unknown. */
  readonly environment: (name: string) => Word | undefined;
  /** Where it starts, relative to where the line does; undefined when unknown. */
  readonly directory: string | undefined;
  /** The machines and containers it runs in, outermost first; empty for this one. */
  readonly places: readonly Place[];
  readonly input: Input;
}

/** A program whose text is not on the line, or in another language. */
export interface Opaque {
  readonly program: string;
  readonly path: Word | undefined;
  readonly text: string | undefined;
}

/** Who is told, in the order of the line. */
export interface Visitor {
  command(invocation: Invocation): void;
  redirects(redirects: readonly Redirect[], directory: string | undefined, places: readonly Place[]): void;
  opaque(opaque: Opaque): void;
  incomplete(): void;
}

/** What is known where a line starts. */
export interface Start {
  /** The working directory; '' leaves paths as they are written. */
  readonly directory: string;
  /** Environment variables, HOME or KUBECONFIG for instance. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Shared {
  readonly visitor: Visitor;
  readonly budget: { left: number };
  /** Files that the line itself has written so far, and their text. */
  readonly files: Map<string, string>;
}

interface Frame {
  readonly state: ShellState;
  readonly when: When;
  readonly places: readonly Place[];
  /** Assignments for this command alone; with `cleared` they are all its environment. */
  readonly local: ReadonlyMap<string, Word>;
  readonly environment: 'shell' | 'filtered' | 'cleared';
  readonly input: Input;
  readonly programs: number;
  readonly wrappers: number;
}

/** Reads a command line and tells the visitor every command it would start, through everything that runs commands. */
export function walk(text: string, start: Start, visitor: Visitor): void {
  const state = newState(start.directory, start.variables);
  const shared = { visitor, budget: { left: 4 * text.length + 100_000 }, files: new Map<string, string>() };
  walkProgram(text, { state, places: [], input: { kind: 'none' }, programs: 0 }, shared);
}

function walkProgram(
  text: string,
  outer: Pick<Frame, 'state' | 'places' | 'input' | 'programs'>,
  shared: Shared,
): void {
  const { visitor, budget, files } = shared;
  const script = readScript(text);
  if (script.incomplete) visitor.incomplete();
  const states: ShellState[] = [outer.state];
  const stateOf = (shell: number): ShellState => {
    states[shell] ??= copyState(stateOf(script.shells[shell] ?? 0));
    return states[shell];
  };
  const resolver: Resolver = { script, stateOf, inherited: groupInputs(script), budget };
  for (const [index, command] of script.commands.entries()) {
    const state = stateOf(command.shell);
    const words = resolveWords(resolver, command.words, state);
    const redirects = command.redirects.map((redirect) => ({
      ...redirect,
      target: resolveWord(resolver, redirect.target, state),
    }));
    if (redirects.length > 0) visitor.redirects(redirects, state.directory, outer.places);
    const local = new Map<string, Word>();
    for (const assignment of command.assignments) {
      const values = assignment.values.map((value) => resolveWord(resolver, value, state));
      if (words.length === 0) assign(state, { ...assignment, values }, command);
      else local.set(assignment.name, values[0] ?? UNKNOWN);
    }
    if (words.length === 0) continue;
    for (const [path, written] of writtenBy(resolver, index, words, redirects, state)) files.set(path, written);
    const own = inputOf(resolver, index);
    run(processFiles(resolver, command, words), {
      state,
      when: command,
      places: outer.places,
      local,
      environment: 'shell',
      input: own.kind === 'none' ? outer.input : own,
      programs: outer.programs,
      wrappers: 0,
    });
  }

  /** A script that the line itself wrote just before is read like any other program on it. */
  function runFile(script: Opaque, frame: Frame): void {
    const path = frame.places.length > 0 ? undefined : joinPath(frame.state.directory, script.path?.text);
    const written = path === undefined ? undefined : files.get(path);
    if (path === undefined || written === undefined) {
      visitor.opaque(script);
      return;
    }
    // Once is enough, and keeps the whole linear.
    files.delete(path);
    const foreign =
      /^#!.*\b(?:python|node|ruby|perl|php|expect)/.test(written) || interpreterOf(script.program) !== undefined;
    if (foreign || frame.programs >= MAX_PROGRAMS) visitor.opaque({ ...script, text: written });
    else walkProgram(written, { ...frame, state: copyState(frame.state), programs: frame.programs + 1 }, shared);
  }

  function run(words: readonly Word[], frame: Frame): void {
    const program = words[0];
    if (program === undefined) return;
    const name = program.pattern && !/^\[\[?$/.test(program.text ?? '') ? undefined : baseName(program);
    const { state, places } = frame;
    if (frame.environment === 'shell' && places.length === 0) applyBuiltin(state, words, frame.when);
    const environment = (variable: string) => lookUp(frame, variable);
    visitor.command({ argv: words, name, environment, directory: state.directory, places, input: frame.input });
    if (name === undefined) {
      visitor.opaque({ program: '', path: undefined, text: undefined });
      return;
    }
    const rewrapped = { ...frame, wrappers: frame.wrappers + 1 };
    for (const next of carried(name, words, frame.input)) {
      if (next.kind === 'opaque') runFile(next, rewrapped);
      else if (next.kind === 'command' && rewrapped.wrappers <= MAX_WRAPPERS) {
        run(next.words, inside(rewrapped, next.place, next.environment, next.assignments));
      } else if (next.kind === 'program' && next.text !== undefined && frame.programs < MAX_PROGRAMS) {
        const inner = inside(rewrapped, next.place, undefined, undefined);
        const copy = next.subshell ? copyState(inner.state) : inner.state;
        if (inner.environment === 'cleared') copy.variables.clear();
        if (inner.environment === 'filtered') copy.exported.clear();
        for (const [variable, values] of next.parameters ?? []) copy.variables.set(variable, values);
        for (const [variable, value] of frame.local) {
          copy.variables.set(variable, [value]);
          copy.exported.add(variable);
        }
        const input: Input = next.fromInput ? { kind: 'none' } : frame.input;
        walkProgram(next.text, { ...inner, state: copy, input, programs: frame.programs + 1 }, shared);
      } else {
        visitor.opaque({ program: name, path: undefined, text: undefined });
        if (next.kind === 'command' || next.text !== undefined) visitor.incomplete();
      }
    }
  }
}

/** The files that a command fills with a text the line holds: `cat > x.sh <<EOF`, `echo ... | tee x.sh`. */
function writtenBy(
  resolver: Resolver,
  index: number,
  words: readonly Word[],
  redirects: readonly Redirect[],
  state: ShellState,
): [string, string][] {
  const output = redirects.findLast(
    ({ operator, fd }) => /^>[>|]?$/.test(operator) && (fd === undefined || fd === '1'),
  );
  const targets = words[0]?.text === 'tee' ? words.slice(1) : [];
  const names = [...targets, ...(output === undefined ? [] : [output.target])].flatMap(
    ({ text }) => joinPath(state.directory, text) ?? [],
  );
  if (names.length === 0) return [];
  const text = standardOutput(resolver, index);
  return text === undefined ? [] : names.map((name) => [name, text]);
}

function inside(
  frame: Frame,
  place: Place | undefined,
  environment: Frame['environment'] | undefined,
  assignments: ReadonlyMap<string, Word> | undefined,
): Frame {
  const local = place !== undefined || environment === 'cleared' ? new Map<string, Word>() : new Map(frame.local);
  for (const [name, value] of assignments ?? []) local.set(name, value);
  const places = place === undefined ? frame.places : [...frame.places, place];
  const state = place === undefined ? frame.state : { ...copyState(frame.state), directory: undefined };
  const narrower = place !== undefined ? 'cleared' : (environment ?? frame.environment);
  return { ...frame, state, places, local, environment: frame.environment === 'cleared' ? 'cleared' : narrower };
}

function lookUp(frame: Frame, name: string): Word | undefined {
  const local = frame.local.get(name);
  if (local !== undefined || frame.environment === 'cleared') return local;
  const { variables, exported, uncertain } = frame.state;
  const values = variables.get(name);
  if (values === undefined) return undefined;
  // Set but not exported here: whether the command sees it depends on the session.
  const sure = !uncertain.has(name) || uncertain.get(name) === frame.when.list;
  const certain = frame.environment === 'shell' && exported.has(name) && sure;
  return certain && values.length === 1 ? values[0] : UNKNOWN;
}

/** `<(echo text)` as a program's file: its text where that is known, so that a shell's carrier can read it. */
function processFiles(resolver: Resolver, command: Command, words: readonly Word[]): readonly Word[] {
  if (!command.words.some((word) => word.segments.some((segment) => segment.kind === 'commands'))) return words;
  return words.map((word) => {
    const [segment] = word.segments;
    if (word.segments.length !== 1 || segment?.kind !== 'commands' || segment.as !== 'input-file') return word;
    const text = outputOf(resolver, segment);
    return text === undefined ? word : literalWord(`${PROCESS_FILE}${text}`);
  });
}

function groupInputs(script: Script): Map<number, Redirect> {
  const inherited = new Map<number, Redirect>();
  for (const { covers, redirects } of script.commands) {
    const input = redirects.findLast((redirect) => redirect.operator.startsWith('<') && redirect.operator !== '<&');
    if (covers === undefined || input === undefined) continue;
    // The first commands of a group read its input; a bound keeps nested groups linear.
    for (let at = covers.from; at < Math.min(covers.to, covers.from + 64); at++) {
      if (!inherited.has(at)) inherited.set(at, input);
    }
  }
  return inherited;
}
