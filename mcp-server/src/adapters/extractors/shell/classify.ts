import type { ShellCommand, ShellWord } from './script.ts';
import { type Effect, shells, tools, wrappers } from './tools.ts';

/** What one simple command is: the program behind sudo, env and the like, what it speaks to and does. */
export interface Call {
  program: string;
  /** Words behind the program. */
  args: readonly ShellWord[];
  system?: string;
  effect?: Effect;
  object?: string;
  /** A script that it runs or sources, as written. */
  script?: { path: string; dynamic: boolean; how: 'calls' | 'includes'; at: number };
  /** Runs what it downloads. */
  pipesToShell: boolean;
  /** Its failure says that something is not as it should be. */
  isCheck: boolean;
  /** xargs or parallel with several at once, and how it says so. */
  batch?: string;
}

/** Classifies a command; undefined for one without a program that is known when it is read. */
export function classify(command: ShellCommand): Call | undefined {
  const unwrapped = unwrap(command.words);
  const [first, ...args] = unwrapped.words;
  if (first === undefined) return undefined;
  const program = programOf(first);
  const plain = args.filter((arg) => !arg.text.startsWith('-')).map((arg) => arg.text);
  const tool = Object.hasOwn(tools, program) ? tools[program] : undefined;
  const verb = tool === undefined ? undefined : verbOf(plain, tool.reads, tool.writes);
  const script = scriptOf(first, program, args);
  const effect = special(program, args) ?? verb?.effect;
  const object =
    tool === undefined || verb === undefined
      ? undefined
      : objectOf(tool.system ?? program, program, args, plain, verb, tool.object);
  const call: Call = {
    program,
    args,
    pipesToShell: pipesToShell(command, program, args),
    isCheck: isCheck(command, program, args, plain),
  };
  if (tool?.system !== undefined) call.system = tool.system;
  if (effect !== undefined) call.effect = effect;
  if (object !== undefined) call.object = object;
  if (script !== undefined) call.script = script;
  if (unwrapped.batch !== undefined) call.batch = unwrapped.batch;
  return call;
}

/** The last part of the path; `$TERRAFORM`, `${KUBECTL_BIN}` and the like go by what their names say. */
function programOf({ text, dynamic }: ShellWord): string {
  const name = text.slice(text.lastIndexOf('/') + 1);
  const variable = dynamic
    ? /^(?:\{\{\s*|\$\{?)([A-Za-z]+)(?:_(?:BIN|CMD|EXE|PATH|bin|cmd))?\s*(?:\}\}|\})?$/.exec(name)?.[1]
    : undefined;
  const known = variable?.toLowerCase();
  return known !== undefined && Object.hasOwn(tools, known) ? known : name;
}

function unwrap(all: readonly ShellWord[]): { words: readonly ShellWord[]; batch: string | undefined } {
  let words = all;
  let batch: string | undefined;
  for (let rounds = 0; rounds < 8; rounds++) {
    // `$SUDO apt install`: scripts that may run as root already.
    const name = (words[0]?.text ?? '').replace(/^\$\{?_?sudo(?:_cmd)?(?::-)?\}?$/i, 'sudo');
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (wrapper === undefined) break;
    if (wrapper.verb !== undefined && !words.slice(1, 4).some(({ text }) => wrapper.verb?.test(text))) break;
    let index = 1;
    let positional = wrapper.positional ?? 0;
    for (; index < words.length; index++) {
      const text = (words[index] as ShellWord).text;
      if ((name === 'xargs' || name === 'parallel') && /^(?:-P|-j|--max-procs)/.test(text)) batch = name;
      if (wrapper.valued.test(text)) index++;
      else if (text.startsWith('-') || /^[A-Za-z_]\w*=/.test(text)) continue;
      else if (positional > 0) positional--;
      else break;
    }
    // `command -v x` and `exec 2>&1` run nothing.
    if (name === 'command' && /^-[vV]$/.test(words[1]?.text ?? '')) return { words: [], batch };
    words = words.slice(index);
  }
  return { words, batch };
}

function verbOf(plain: readonly string[], reads?: RegExp, writes?: RegExp): { effect: Effect; at: number } | undefined {
  for (let at = 0; at < Math.max(1, Math.min(plain.length, 4)); at++) {
    const sentence = plain.slice(at, at + 6).join(' ');
    if (reads?.test(sentence)) return { effect: 'read', at };
    if (writes?.test(sentence)) return { effect: 'write', at };
  }
  return undefined;
}

/** Programs that print what is there, when another runs them in a container. */
const looks = /^(?:cat|ls|ps|df|du|env|id|date|head|tail|grep|stat|printenv|hostname|uptime|wc)$/;

/** Programs whose options say what they do. */
function special(program: string, args: readonly ShellWord[]): Effect | undefined {
  const has = (test: RegExp) => args.some((arg) => test.test(arg.text));
  if (program === 'curl') {
    const method = /^(?:-X|--request=?)(.*)$/;
    const at = args.findIndex((arg) => method.test(arg.text));
    const verb = at < 0 ? undefined : method.exec(args[at]!.text)?.[1] || args[at + 1]?.text;
    if (verb !== undefined && verb !== '') return /^(?:GET|HEAD|OPTIONS)$/i.test(verb) ? 'read' : 'write';
    return has(/^(?:-d|--data.*|-F|--form|-T|--upload-file|--json)/) ? 'write' : 'read';
  }
  if (/^ip6?tables$/.test(program) && has(/^(?:-L\w*|-S|-C|--list(?:-rules)?|--check)$/)) return 'read';
  if (program === 'wget') return has(/^--(?:post-data|post-file|method)/) ? 'write' : 'read';
  if (program === 'ansible-playbook' && has(/^(?:--check|-C|--syntax-check|--list-(?:tasks|hosts|tags))$/))
    return 'read';
  if ((program === 'kubectl' || program === 'oc' || program === 'helm') && has(/^--dry-run(?!=none)/)) return 'read';
  if (program === 'ansible') {
    const module = args[args.findIndex((arg) => /^(?:-m|--module-name)$/.test(arg.text)) + 1]?.text ?? '';
    if (
      has(/^(?:--check|-C|--list-hosts)$/) ||
      /^(?:ansible\.builtin\.)?(?:ping|setup|debug|stat|gather_facts|slurp)$/.test(module)
    )
      return 'read';
  }
  const inside = args.findIndex((arg) => arg.text === '--');
  if (
    (program === 'kubectl' || program === 'oc') &&
    inside > 0 &&
    args.slice(0, inside).some((arg) => arg.text === 'exec')
  )
    return looks.test(args[inside + 1]?.text ?? '') ? 'read' : undefined;
  return undefined;
}

function objectOf(
  system: string,
  program: string,
  args: readonly ShellWord[],
  plain: readonly string[],
  verb: { at: number },
  index = 0,
): string | undefined {
  if (system === 'terraform') {
    const folder = args.find((arg) => arg.text.startsWith('-chdir='))?.text.slice(7);
    return `terraform ${folder ?? '.'}`;
  }
  // aws s3 cp: the service is the object; other programs name it behind the verb.
  const word = index < 0 ? plain[0] : (plain[verb.at + 1 + index] ?? plain[verb.at + 1]);
  if (word === undefined) return undefined;
  return program === 'service'
    ? `service ${plain[0]}`
    : `${program === 'systemctl' ? 'service' : system} ${word.replace(/\.service$/, '')}`;
}

// Options of ansible-playbook whose value may be a file that is no playbook.
const playbookValued =
  /^(?:-i|--inventory(?:-file)?|-e|--extra-vars|--private-key|--key-file|--vault-password-file|--vault-id)$/;

function scriptOf(first: ShellWord, program: string, args: readonly ShellWord[]): Call['script'] {
  const found = (word: ShellWord | undefined, how: 'calls' | 'includes'): Call['script'] =>
    word === undefined ? undefined : { path: word.text, dynamic: word.dynamic, how, at: word.at };
  const operand = args.find((arg) => !arg.text.startsWith('-'));
  if (program === 'source' || program === '.') return found(operand, 'includes');
  if (shells.test(program) || /^(?:python[\d.]*|node|ruby|perl|pwsh)$/.test(program)) {
    const runsText = args.some((arg) => /^-\w*[cem]$/.test(arg.text));
    return runsText ? undefined : found(operand, 'calls');
  }
  if (program === 'ansible-playbook') {
    // What is only checked or listed is not carried out.
    if (special(program, args) === 'read') return undefined;
    return found(
      args.find(
        (arg, at) =>
          /\.ya?ml$/.test(arg.text) && !/^[-@]/.test(arg.text) && !playbookValued.test(args[at - 1]?.text ?? ''),
      ),
      'calls',
    );
  }
  const isPath = first.text.includes('/') && !/^\/(?:usr|bin|sbin|opt|etc)\//.test(first.text);
  return isPath && (/\.\w{1,5}$/.test(first.text) || /^\.{1,2}\//.test(first.text)) ? found(first, 'calls') : undefined;
}

function pipesToShell(command: ShellCommand, program: string, args: readonly ShellWord[]): boolean {
  if (!shells.test(program) && !/^(?:python[\d.]*|ruby|perl|node|source|\.|eval)$/.test(program)) return false;
  const downloads = (text: string) => /(?:^|[\s(`"'])(?:curl|wget)\s/.test(text);
  if (command.pipedFrom !== undefined && isDownload(command.pipedFrom)) return true;
  return args.some((arg) => arg.dynamic && downloads(arg.text));
}

/** A download, also through a pipe of filters. */
function isDownload(command: ShellCommand): boolean {
  for (let at: ShellCommand | undefined = command; at !== undefined; at = at.pipedFrom) {
    const [first] = unwrap(at.words).words;
    if (first?.text === 'curl' || first?.text === 'wget') return true;
  }
  return false;
}

const checks: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:kubectl|oc)$/, /^(?:rollout status|wait)\b/],
  [/^helm$/, /^test\b/],
  [/^systemctl$/, /^(?:is-active|is-enabled)\b/],
  [/^(?:terraform|tofu)$/, /^(?:validate|test)\b/],
  [/^argocd$/, /^app wait\b/],
  [
    /^(?:pg_isready|pytest|goss|inspec|testinfra|bats|promtool|amtool|shellcheck|kubeval|kubeconform|conftest|tflint|ansible-lint|yamllint|hadolint|trivy)$/,
    /^/,
  ],
  [/^(?:npm|yarn|pnpm)$/, /^(?:run )?test\b/],
  [/^(?:go|cargo|mvn|gradle|make|tox|molecule)$/, /^(?:test|verify|check)\b/],
  [/^aws$/, /^\S+ wait\b/],
];

function isCheck(
  command: ShellCommand,
  program: string,
  args: readonly ShellWord[],
  plain: readonly string[],
): boolean {
  const has = (test: RegExp) => args.some((arg) => test.test(arg.text));
  if (command.isCondition) return false;
  if (program === 'curl')
    return (
      has(/^(?:--fail\S*|-[A-Za-z]*f[A-Za-z]*)$/) &&
      !has(/^(?:-[A-Za-z]*[oO]|--output|--remote-name)$/) &&
      special(program, args) === 'read' &&
      command.words.length > 1
    );
  if (program === 'wget') return has(/^--spider$/);
  if (program === 'nc' || program === 'ncat') return has(/^-\w*z/);
  if (program === 'ansible-playbook') return has(/^(?:--check|-C|--syntax-check)$/);
  if (program === 'sha256sum' || program === 'sha512sum' || program === 'md5sum') return has(/^(?:-c|--check)$/);
  if (program === 'jq') return has(/^(?:-\w*e\w*|--exit-status)$/);
  if (program === 'grep') return has(/^-\w*q/) && command.onFailure === 'handled';
  if (program === 'test' || program === '[' || program === '[[') return command.onFailure === 'handled';
  const sentence = plain.slice(0, 4).join(' ');
  return checks.some(
    ([name, verb]) => name.test(program) && (verb.test(sentence) || verb.test(plain.slice(1, 5).join(' '))),
  );
}
