import type { Word } from '../shell/script.ts';
import { type Invocation, type Opaque, type Start, type Visitor, walk } from '../shell/walk.ts';
import { literalWord } from '../shell/word.ts';
import { type Approval, approvalBy, approvalInText } from './approvals.ts';
import { type Effect, judge } from './effects.ts';
import { callsIn } from './program-text.ts';
import { onlyReads } from './readers.ts';
import { commandWrites, redirectWrites, type Write } from './writes.ts';

/** What a command line would do, as far as its text tells. */
export interface Classification {
  /** Commands that change the world, in the order of the line. */
  readonly effects: readonly Effect[];
  /** The same commands where they only rehearse: `--check`, `--dry-run=server`. */
  readonly dryRuns: readonly Effect[];
  readonly writes: readonly Write[];
  readonly approvals: readonly Approval[];
  /** Programs that the line starts and does not show: scripts, tasks, dynamic names, text in another language. */
  readonly opaque: readonly OpaqueProgram[];
  /** The line is malformed or beyond the bounds of the reader: there may be more than what is listed. */
  readonly incomplete: boolean;
}

export interface OpaqueProgram {
  /** The interpreter, `source`, `make`, `npm run`; '' for a program whose name is dynamic. */
  readonly program: string;
  /** The script or task; undefined for text, standard input and dynamic names. */
  readonly path: string | undefined;
  /** `text`: the program stands on the line; `dynamic`: only the run would tell what it is. */
  readonly kind: 'file' | 'text' | 'dynamic';
}

const HERE: Start = { directory: '', variables: {} };
/** Programs in programs of other languages; further ones are opaque. */
const MAX_NESTED = 3;

/**
 * Classifies a bash command line by its text alone. Never throws; time is linear in the line.
 *
 * @param start the working directory (makes `writes` absolute) and the environment variables that the session is known
 *   to have; both may be left out.
 */
export function classify(line: string, start: Start = HERE): Classification {
  const effects: Effect[] = [];
  const dryRuns: Effect[] = [];
  const writes: Write[] = [];
  const approvals: Approval[] = [];
  const opaque: OpaqueProgram[] = [];
  let incomplete = false;
  let nested = 0;
  let remote: { effect: Effect; depth: number } | undefined;

  const visitor: Visitor = {
    command(invocation: Invocation) {
      if (remote !== undefined && invocation.places.length <= remote.depth) remote = undefined;
      if (remote !== undefined && !onlyReads(invocation)) {
        effects.push(remote.effect);
        remote = undefined;
      }
      const judged = judge(invocation);
      if (judged?.kind === 'effect') effects.push(judged.effect);
      if (judged?.kind === 'dry-run') dryRuns.push(judged.effect);
      if (judged?.kind === 'runs') remote = { effect: judged.effect, depth: invocation.places.length };
      for (const write of commandWrites(invocation)) writes.push(write);
      const approval = approvalBy(invocation);
      if (approval !== undefined) approvals.push(approval);
      if (/^[gmn]?awk$/.test(invocation.name ?? '')) for (const word of invocation.argv) embedded('awk', word);
    },
    redirects(redirects, directory, places) {
      if (places.length > 0) return;
      for (const write of redirectWrites(redirects, directory)) writes.push(write);
    },
    opaque(found: Opaque) {
      opaque.push(describe(found));
      const approval = approvalInText(found);
      if (approval !== undefined) approvals.push(approval);
      if (found.text !== undefined) embedded(found.program, literalWord(found.text));
    },
    incomplete() {
      incomplete = true;
    },
  };

  function embedded(program: string, word: Word): void {
    if (word.text === undefined || nested >= MAX_NESTED) return;
    nested++;
    for (const call of callsIn(program, word.text)) walk(call, { ...start, directory: start.directory }, quiet);
    nested--;
  }
  // A malformed string in another language says nothing about the line.
  const quiet: Visitor = { ...visitor, incomplete: () => undefined };

  walk(line, start, visitor);
  return { effects, dryRuns, writes, approvals, opaque, incomplete };
}

function describe({ program, path, text }: Opaque): OpaqueProgram {
  if (text !== undefined) return { program, path: undefined, kind: 'text' };
  return { program, path: path?.text, kind: path?.text === undefined ? 'dynamic' : 'file' };
}
