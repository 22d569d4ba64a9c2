import type { Carrier, Next } from './carrier.ts';
import { readArguments } from './options.ts';
import type { Word } from './script.ts';
import { asAssignment } from './state.ts';
import { joinWords } from './word.ts';

/** A command whose arguments end in another command. */
interface Wrapper {
  /** Options with a value. */
  readonly valued?: string;
  /** Operands before the command: a duration, a user, a folder. */
  readonly operands?: number;
  /** The subcommand behind which the command stands; everything else of this program carries none. */
  readonly verb?: RegExp;
  /** `NAME=value` may stand before the command. */
  readonly assigns?: true;
  readonly environment?: 'filtered';
  /** The command stands only behind `--`. */
  readonly dashes?: true;
  /** The variable that the first operand sets. */
  readonly sets?: string;
  /** An option whose value is a shell program. */
  readonly program?: string;
  /** That option may stand behind operands. */
  readonly anywhere?: true;
}

const RUN = /^(?:run|exec|x|dlx|shell)$/;

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valued: '-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir --chroot --role --type',
    assigns: true,
    environment: 'filtered',
  },
  doas: { valued: '-u -C', environment: 'filtered' },
  nohup: {},
  setsid: {},
  nice: { valued: '-n --adjustment' },
  ionice: { valued: '-c -n -p -P -u --class --classdata' },
  chrt: { operands: 1 },
  taskset: { operands: 1 },
  timeout: { valued: '-s -k --signal --kill-after', operands: 1 },
  gtimeout: { valued: '-s -k --signal --kill-after', operands: 1 },
  stdbuf: { valued: '-i -o -e --input --output --error' },
  time: { valued: '-f -o --format --output' },
  builtin: {},
  exec: { valued: '-a' },
  noglob: {},
  nocorrect: {},
  '-': {},
  chroot: { operands: 1 },
  unshare: {},
  busybox: {},
  toybox: {},
  strace: { valued: '-o -e -p -s -u -E -a -S -P -I -b' },
  ltrace: { valued: '-o -e -p -s -u -a' },
  caffeinate: { valued: '-t -w' },
  unbuffer: {},
  'systemd-run': { valued: '-p -u -E -M -H --property --unit --uid --gid --setenv --description --slice' },
  'systemd-inhibit': { valued: '--what --who --why --mode' },
  setpriv: { valued: '--reuid --regid --groups' },
  gosu: { operands: 1 },
  'su-exec': { operands: 1 },
  tini: { valued: '-p -e' },
  'dumb-init': {},
  torsocks: {},
  proxychains: { valued: '-f' },
  proxychains4: { valued: '-f' },
  entr: {},
  flock: { valued: '-w -E -c --timeout --conflict-exit-code --command', operands: 1, program: '-c --command' },
  sshpass: { valued: '-p -f -d -P' },
  su: {
    anywhere: true,
    valued: '-s -g -G -c --shell --group --command',
    program: '-c --command',
    dashes: true,
    environment: 'filtered',
  },
  runuser: {
    anywhere: true,
    valued: '-u -s -g -G -c --user --shell --command',
    program: '-c --command',
    environment: 'filtered',
  },
  npx: { valued: '-p -c --package --call --cache --registry --prefix', program: '-c --call' },
  bunx: { valued: '-p --package' },
  npm: { verb: /^(?:exec|x)$/, valued: '-p -c --package --call --prefix -w --workspace', program: '-c --call' },
  pnpm: { verb: /^(?:exec|dlx)$/, valued: '-C -F --dir --filter' },
  yarn: { verb: /^(?:exec|dlx|run)$/, valued: '--cwd' },
  bun: { verb: /^x$/ },
  poetry: { verb: RUN, valued: '-C -P --directory --project' },
  pipenv: { verb: RUN },
  uv: { verb: RUN, valued: '-p --python --with --extra --group --project --directory --env-file --package --from' },
  uvx: { valued: '-p --python --with --from' },
  pdm: { verb: RUN, valued: '-p --project' },
  rye: { verb: RUN },
  hatch: { verb: RUN, valued: '-e --env' },
  pixi: { verb: RUN, valued: '-e --environment' },
  conda: { verb: RUN, valued: '-n -p --name --prefix --cwd' },
  mamba: { verb: RUN, valued: '-n -p --name --prefix --cwd' },
  bundle: { verb: RUN },
  mise: { verb: RUN, valued: '-C --cd', dashes: true },
  asdf: { verb: RUN },
  direnv: { verb: RUN, operands: 1 },
  devbox: { verb: RUN },
  'aws-vault': { verb: RUN, valued: '-d --duration --region --prompt', operands: 1, sets: 'AWS_PROFILE' },
  chamber: { verb: RUN, dashes: true },
  doppler: { verb: RUN, valued: '-p -c --project --config', dashes: true },
  op: { verb: RUN, valued: '--env-file --account', dashes: true },
  infisical: { verb: RUN, valued: '--env --path --projectId', dashes: true },
  teller: { verb: RUN, dashes: true },
  dotenv: { valued: '-e -f -c -v' },
  dotenvx: { verb: RUN, valued: '-f -e --env-file --env' },
  'env-cmd': { valued: '-f -e --file --environments' },
  'cross-env': { assigns: true },
};

/** The carriers of the commands in the table above. */
export const WRAPPER_CARRIERS: Readonly<Record<string, Carrier>> = Object.fromEntries(
  Object.entries(WRAPPERS).map(([name, wrapper]) => [name, (words) => unwrap(words, wrapper)]),
);

function unwrap(words: readonly Word[], wrapper: Wrapper): readonly Next[] {
  let args = readArguments(words.slice(1), { valued: wrapper.valued ?? '', leading: true });
  if (wrapper.verb !== undefined) {
    if (!wrapper.verb.test(args.rest[0]?.text ?? '')) return [];
    args = readArguments(args.rest.slice(1), { valued: wrapper.valued ?? '', leading: true });
  }
  const programs = wrapper.program?.split(' ');
  const options = wrapper.anywhere
    ? readArguments(words.slice(1), { valued: wrapper.valued ?? '' }).options
    : args.options;
  const program = options.find((option) => programs?.includes(option.name));
  if (program !== undefined) return [{ kind: 'program', text: program.value?.text, subshell: true }];
  let rest = args.rest;
  const set = wrapper.sets === undefined ? undefined : rest[0];
  if (wrapper.dashes) rest = behindDashes(rest, args.afterDashes);
  else rest = rest.slice(wrapper.operands ?? 0);
  if (programs?.includes(rest[0]?.text ?? '')) return [{ kind: 'program', text: rest[1]?.text, subshell: true }];
  if (rest[0]?.text === '--') rest = rest.slice(1);
  const assignments = new Map<string, Word>();
  if (wrapper.sets !== undefined && set !== undefined) assignments.set(wrapper.sets, set);
  for (let assignment = wrapper.assigns && rest[0] && asAssignment(rest[0]); assignment; ) {
    assignments.set(assignment.name, assignment.values[0]!);
    rest = rest.slice(1);
    assignment = rest[0] && asAssignment(rest[0]);
  }
  if (rest.length === 0) return [];
  const keeps = args.options.some(({ name }) => name === '-E' || name.startsWith('--preserve-env'));
  const environment = wrapper.environment === undefined || keeps ? {} : { environment: wrapper.environment };
  return [{ kind: 'command', words: rest, assignments, ...environment }];
}

function behindDashes(rest: readonly Word[], afterDashes: readonly Word[] | undefined): readonly Word[] {
  if (afterDashes !== undefined) return afterDashes;
  const at = rest.findIndex((word) => word.text === '--');
  return at < 0 ? [] : rest.slice(at + 1);
}

/** `env`: assignments, `-i`, and `-S`, which splits a string into words. */
export const env: Carrier = (words) => {
  const args = readArguments(words.slice(1), { valued: '-u -C -S --unset --chdir --split-string', leading: true });
  const split = args.options.find(({ name }) => name === '-S' || name === '--split-string');
  let rest = args.rest;
  let filtered = false;
  let cleared = args.options.some(({ name }) => name === '-i' || name === '--ignore-environment');
  if (rest[0]?.text === '-') {
    cleared = true;
    rest = rest.slice(1);
  }
  if (split !== undefined) {
    const tail = joinWords(rest.map(quoted));
    const text = split.value?.text === undefined || tail === undefined ? undefined : `${split.value.text} ${tail}`;
    return [{ kind: 'program', text, subshell: true }];
  }
  const assignments = new Map<string, Word>();
  for (let word = rest[0]; word !== undefined; word = rest[0]) {
    const assignment = asAssignment(word);
    // `env $(cat .env) command`: the file's assignments, not known here.
    const file = word.segments[0]?.kind === 'commands' && !word.segments[0].quoted && word.segments.length === 1;
    if (assignment === undefined && !file) break;
    if (assignment !== undefined) assignments.set(assignment.name, assignment.values[0]!);
    else filtered = true;
    rest = rest.slice(1);
  }
  if (rest.length === 0) return [];
  const environment = cleared
    ? { environment: 'cleared' as const }
    : filtered
      ? { environment: 'filtered' as const }
      : {};
  return [{ kind: 'command', words: rest, assignments, ...environment }];
};

function quoted(word: Word): Word {
  return word.text === undefined ? word : { ...word, text: `'${word.text.replaceAll("'", "'\\''")}'` };
}

/** `command [-p] name`; with `-v` or `-V` it only looks the name up. */
export const command: Carrier = (words) => {
  const { options, rest } = readArguments(words.slice(1), { leading: true });
  const looks = options.some(({ name }) => name === '-v' || name === '-V');
  return looks || rest.length === 0 ? [] : [{ kind: 'command', words: rest }];
};
