import { type Arguments, readArguments } from '../shell/options.ts';
import type { Word } from '../shell/script.ts';
import type { Invocation, Opaque } from '../shell/walk.ts';
import { baseName } from '../shell/word.ts';

/** An attempt to decide or sign in a person's place. */
export interface Approval {
  /**
   * `cli`: our own command; `hook`: the hook fed by hand; `signature`: ssh-keygen; `prompt`: a nested client that is given
   * the slash command; `terminal`: keys typed by a program; `forge`: a review at the git host; `guard`: the plugin that
   * watches is switched off.
   */
  readonly how: 'cli' | 'hook' | 'signature' | 'prompt' | 'terminal' | 'forge' | 'guard';
  /** The words of the command, a dynamic one as `?`. */
  readonly command: string;
}

const DECIDES = 'approve|reject|revoke|accept|break-glass|trust|withhold';
const DECISION = new RegExp(`^(?:${DECIDES})$`);
const STARTED = new RegExp(String.raw`\b(?:countersign|cli\.[mc]?[jt]s)\b[^\n]*\b(?:${DECIDES})\b`);
const TYPED = /\/(?:countersign:)?approve\b/;
const RUNTIMES = /^(?:node|nodejs|bun|deno|tsx|ts-node|npx|bunx)$/;
const TERMINALS = /^(?:tmux|screen|script|expect|unbuffer|osascript|xdotool|ydotool|wtype|kitty|wezterm)$/;

/** What in this command decides in a person's place; undefined for nothing. */
export function approvalBy(invocation: Invocation): Approval | undefined {
  const { name, argv } = invocation;
  if (name === undefined) return undefined;
  const how = kindOf(name, argv, invocation);
  return how === undefined ? undefined : { how, command: argv.map((word) => word.text ?? '?').join(' ') };
}

function kindOf(name: string, argv: readonly Word[], invocation: Invocation): Approval['how'] | undefined {
  if (name === 'ssh-keygen') return signs(argv) ? 'signature' : undefined;
  const own = ownProgram(name, argv);
  if (own !== undefined) return own.program === 'hook' ? hookCall(own.words) : cliCall(own.words);
  if (name === 'claude' || argv.some((word) => /@anthropic-ai\/claude-code/.test(word.prefix))) {
    if (switchesOff(argv)) return 'guard';
    const piped = invocation.input.kind === 'text' ? invocation.input.text : '';
    return [...argv.map((word) => word.prefix + word.suffix), piped].some((text) => TYPED.test(text))
      ? 'prompt'
      : undefined;
  }
  if (TERMINALS.test(name)) {
    const text = argv.map((word) => word.text ?? `${word.prefix} ${word.suffix}`).join(' ');
    const typed = invocation.input.kind === 'text' ? invocation.input.text : '';
    return typesApproval(`${text}\n${typed}`) ? 'terminal' : undefined;
  }
  if (name === 'gh' || name === 'glab')
    return reviews(name, readArguments(argv.slice(1), { valued: FORGE_VALUED })) ? 'forge' : undefined;
  return undefined;
}

/** `claude plugin disable countersign`, or the marketplace it came from removed. */
function switchesOff(argv: readonly Word[]): boolean {
  const words = argv.slice(1).map((word) => word.text);
  const at = words.findIndex((word) => word === 'plugin' || word === 'plugins');
  const verbs = at < 0 ? [] : words.slice(at + 1);
  return (
    verbs.some((word) => /^(?:disable|uninstall|remove|rm)$/.test(word ?? '')) &&
    verbs.some((word) => word === undefined || /^(?:countersign(?:@.*)?|--all|-a)$/.test(word))
  );
}

function signs(argv: readonly Word[]): boolean {
  const { options } = readArguments(argv.slice(1), { valued: '-Y -n -f -I -s -O -U -P -N -C -t -b -m' });
  return options.some(
    (option) => option.name === '-Y' && (option.value?.text === undefined || option.value.text === 'sign'),
  );
}

/** Our own program, however it is started: by name, by path, through a runtime; with the words behind it. */
function ownProgram(
  name: string,
  argv: readonly Word[],
): { program: 'cli' | 'hook'; words: readonly Word[] } | undefined {
  if (name === 'countersign') return { program: 'cli', words: argv.slice(1) };
  const direct = bundle(argv[0]);
  if (direct !== undefined) return { program: direct, words: argv.slice(1) };
  if (!RUNTIMES.test(name)) return undefined;
  const at = argv.findIndex(
    (word, index) => index > 0 && (bundle(word) !== undefined || baseName(word) === 'countersign'),
  );
  return at < 0 ? undefined : { program: bundle(argv[at]) ?? 'cli', words: argv.slice(at + 1) };
}

function bundle(word: Word | undefined): 'cli' | 'hook' | undefined {
  const file = word === undefined ? undefined : (baseName(word) ?? word.suffix);
  const match = /^(cli|hook)\.[mc]?[jt]s$/.exec(file ?? '');
  return match === null ? undefined : (match[1] as 'cli' | 'hook');
}

function cliCall(words: readonly Word[]): 'cli' | undefined {
  const { operands, options } = readArguments(words, {});
  if (options.some((option) => option.name === '--help' || option.name === '-h')) return undefined;
  // An option with a value may stand before the verb, so the second operand is looked at too.
  const leading = words[0]?.prefix.startsWith('-') ? 2 : 1;
  return operands.slice(0, leading).some((word) => word.text === undefined || DECISION.test(word.text))
    ? 'cli'
    : undefined;
}

/** The hook takes a typed `/approve` for a person's: nobody but the client may call it so. */
function hookCall(words: readonly Word[]): 'hook' | undefined {
  const event = words[0];
  return event !== undefined && (event.text === undefined || /prompt|expansion|approve/i.test(event.text))
    ? 'hook'
    : undefined;
}

const FORGE_VALUED = '-R --repo -b --body -F --body-file -f -X --method -H --header --field --raw-field -m --message';

function reviews(name: string, { operands, options }: Arguments): boolean {
  const [first, second] = operands.map((word) => word.text);
  const flags = options.map((option) => option.name);
  if (name === 'glab') return first === 'mr' && second === 'approve';
  if (first === 'pr' && second === 'review') return flags.includes('--approve') || flags.includes('-a');
  if (first !== 'api') return false;
  return (
    options.some((option) => /^event=APPROVE$/i.test(option.value?.text ?? '')) ||
    /addPullRequestReview[\s\S]*APPROVE/.test(joined(options))
  );
}

function joined(options: Arguments['options']): string {
  return options.map((option) => option.value?.text ?? '').join(' ');
}

function typesApproval(text: string): boolean {
  return TYPED.test(text) || STARTED.test(text);
}

/** A program in another language that drives a terminal or starts our command to approve. */
export function approvalInText(opaque: Opaque): Approval | undefined {
  const { program, text } = opaque;
  if (text === undefined || !typesApproval(text)) return undefined;
  const drives =
    /^expect/.test(program) ||
    /\b(?:pty|pexpect|ptyprocess|subprocess|child_process|system|popen|spawn\w*|exec\w*)\b/i.test(text);
  return drives ? { how: 'terminal', command: `${program} (program text)` } : undefined;
}
