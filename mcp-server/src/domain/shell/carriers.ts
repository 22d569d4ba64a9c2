import type { Carrier, Next } from './carrier.ts';
import { compose, engine, execIn, pod, runIn, ssh } from './places.ts';
import { evaluate, interpreter, interpreterOf, packageTask, shell, source, task, trap } from './programs.ts';
import { crontab, eachOperand, fd, find, git, later, parallel, watch, xargs } from './repeaters.ts';
import type { Input } from './resolve.ts';
import type { Word } from './script.ts';
import { screen, script, tmux } from './terminals.ts';
import { command, env, WRAPPER_CARRIERS } from './wrappers.ts';

function each(names: string, carrier: Carrier): Record<string, Carrier> {
  return Object.fromEntries(names.split(' ').map((name) => [name, carrier]));
}

/** Every command that runs commands, by name. */
const CARRIERS: Readonly<Record<string, Carrier>> = {
  ...WRAPPER_CARRIERS,
  ...each('sh bash dash zsh ksh mksh ash fish rbash', shell),
  ...each('source .', source),
  ...each('make gmake just task rake gradle gradlew mvn ant tox nox invoke inv poe mage ninja bazel', task),
  ...each('at batch', later),
  crontab,
  ...each('docker podman nerdctl', engine),
  ...each('docker-compose podman-compose', compose),
  ...each('kubectl oc k', pod),
  ...each('nomad vagrant multipass lxc incus distrobox flyctl fly', execIn),
  ...each('toolbox heroku', runIn),
  ...each('gxargs', xargs),
  ...each('hyperfine concurrently', eachOperand),
  ...each('autossh mosh', ssh),
  env,
  command,
  eval: evaluate,
  trap,
  ssh,
  xargs,
  parallel,
  watch,
  git,
  find,
  gfind: find,
  fd,
  tmux,
  screen,
  script,
};

const PACKAGE_MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
/** Folders of installed programs: what lies elsewhere and is named by its path is a program of its own. */
const INSTALLED =
  /^(?:\/usr|\/bin|\/sbin|\/opt|\/snap|\/nix)\/|\/(?:node_modules\/\.bin|\.?venv\/bin|\.local\/bin|go\/bin)\//;
const TEXT_TOOLS =
  /^(?:git|grep|egrep|fgrep|rg|ag|ack|echo|printf|man|which|type|cat|less|ls|rm|cp|mv|mkdir|touch|test|\[|gh|glab)$/;

/** What the command `words` would run in its turn; `name` is that of its program. */
export function carried(name: string, words: readonly Word[], input: Input): readonly Next[] {
  const carrier = Object.hasOwn(CARRIERS, name) ? CARRIERS[name] : undefined;
  const nexts = carrier?.(words, input) ?? [];
  if (PACKAGE_MANAGERS.has(name) && nexts.length === 0) return packageTask(words, input);
  if (carrier !== undefined) return nexts;
  if (interpreterOf(name) !== undefined) return interpreter(words, input);
  const program = words[0]!;
  if (program.prefix.includes('/') && !INSTALLED.test(program.prefix) && /\.(?:\w+)$|^\.{1,2}\//.test(program.prefix)) {
    return [{ kind: 'opaque', program: name, path: program, text: undefined }];
  }
  // A program nobody here knows, with `-- command` behind it, most likely runs that command.
  const dashes = TEXT_TOOLS.test(name) ? -1 : words.findIndex((word) => word.text === '--');
  return dashes > 0 && dashes + 1 < words.length ? [{ kind: 'command', words: words.slice(dashes + 1) }] : [];
}
