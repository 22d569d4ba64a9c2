import type { Carrier, Next, Place } from './carrier.ts';
import { readArguments } from './options.ts';
import type { Word } from './script.ts';
import { baseName, joinWords, literalWord } from './word.ts';

const SSH = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w';

/** `ssh host command...`: the words are joined and read by the shell over there. */
export const ssh: Carrier = (words, input) => {
  const { rest } = readArguments(words.slice(1), { valued: SSH, leading: true });
  const [host, ...command] = rest;
  if (host === undefined) return [];
  // Options may also stand behind the host.
  const behind = readArguments(command, { valued: SSH, leading: true }).rest;
  const place: Place = { program: 'ssh', name: host };
  if (behind.length > 0) return [{ kind: 'program', text: joinWords(behind), subshell: true, place }];
  if (input.kind === 'none') return [];
  const text = input.kind === 'text' ? input.text : undefined;
  return [{ kind: 'program', text, subshell: true, place, fromInput: true }];
};

const RUN_FLAGS = `-a -c -e -h -l -m -p -u -v -w --add-host --annotation --attach --cap-add --cap-drop --cgroup-parent
 --cidfile --cpus --cpuset-cpus --device --dns --entrypoint --env --env-file --expose --gpus --group-add --hostname --ip
 --ipc --label --label-file --link --log-driver --log-opt --memory --mount --name --net --network --network-alias --pid
 --platform --publish --pull --restart --runtime --secret --security-opt --shm-size --stop-signal --sysctl --tmpfs
 --ulimit --user --userns --volume --volumes-from --volume-driver --workdir --index --scale --authfile --pod`
  .split(/\s+/)
  .join(' ');
const ENGINE_FLAGS = '-H -c -l --host --context --config --log-level --url --connection --identity';
const COMPOSE_FLAGS = '-f -p --file --project-name --profile --env-file --project-directory --parallel --progress';

/** Images that are a tool: what follows the image are the tool's arguments. */
const IMAGE_TOOLS: Readonly<Record<string, string>> = {
  terraform: 'terraform',
  terragrunt: 'terragrunt',
  opentofu: 'tofu',
  tofu: 'tofu',
  kubectl: 'kubectl',
  helm: 'helm',
  helmfile: 'helmfile',
  'aws-cli': 'aws',
  packer: 'packer',
  vault: 'vault',
};

/** `docker`, `podman`, `nerdctl` `run` and `exec`, also below `container` and `compose`. */
export const engine: Carrier = (words) => {
  let rest = readArguments(words.slice(1), { valued: ENGINE_FLAGS, leading: true }).rest;
  if (rest[0]?.text === 'container') rest = rest.slice(1);
  if (rest[0]?.text === 'compose') return compose([words[0]!, ...rest.slice(1)], { kind: 'none' });
  return inContainer((words[0] && baseName(words[0])) ?? 'docker', rest, true);
};

export const compose: Carrier = (words) => {
  const { rest } = readArguments(words.slice(1), { valued: COMPOSE_FLAGS, leading: true });
  return inContainer('compose', rest, false);
};

function inContainer(program: string, words: readonly Word[], images: boolean): readonly Next[] {
  const verb = words[0]?.text;
  if (verb !== 'run' && verb !== 'exec' && verb !== 'create') return [];
  const { rest, options } = readArguments(words.slice(1), { valued: RUN_FLAGS, leading: true });
  const [name, ...command] = rest;
  const place: Place = { program, name };
  const entry = options.find((option) => option.name === '--entrypoint')?.value;
  const image = imageName(name);
  const tool = images && verb !== 'exec' && Object.hasOwn(IMAGE_TOOLS, image) ? IMAGE_TOOLS[image] : undefined;
  const first = command[0]?.text;
  const argv =
    entry !== undefined ? [entry, ...command] : tool !== undefined && first !== tool ? named(tool, command) : command;
  return argv.length === 0 ? [] : [{ kind: 'command', words: argv, place }];
}

function named(tool: string, command: readonly Word[]): readonly Word[] {
  // An image without the tool as its entry point is given a shell.
  return /^(?:\/.*|sh|bash|ash)$/.test(command[0]?.text ?? '') ? command : [literalWord(tool), ...command];
}

function imageName(word: Word | undefined): string {
  const known = word === undefined ? '' : (baseName(word) ?? '');
  return known.replace(/[:@].*$/s, '');
}

const POD = '-c -n -f --container --namespace --context --kubeconfig --cluster --user --filename --image -l --selector';

/** `kubectl exec pod -- command`; without `--` (old form) the command follows the pod. */
export const pod: Carrier = (words) => {
  const { operands, afterDashes } = readArguments(words.slice(1), { valued: POD });
  const verb = operands[0]?.text;
  if (verb !== 'exec' && verb !== 'rsh' && verb !== 'debug' && verb !== 'run') return [];
  const place: Place = { program: 'kubectl', name: operands[1] };
  const command = afterDashes ?? (verb === 'exec' || verb === 'rsh' ? operands.slice(2) : []);
  return command.length === 0 ? [] : [{ kind: 'command', words: command, place }];
};

/** Programs of the form `<program> exec <place> -- command`. */
export const execIn: Carrier = (words) => {
  const program = (words[0] && baseName(words[0])) ?? '';
  const { operands, afterDashes, options } = readArguments(words.slice(1), {
    valued: '-c -C --command --task --job -u --user',
  });
  const at = operands.findIndex((word) => /^(?:exec|ssh|shell|enter|run)$/.test(word.text ?? ''));
  const place: Place = { program, name: operands[at + 1] };
  const text = options.find((option) => /^(?:-c|-C|--command)$/.test(option.name))?.value;
  if (at >= 0 && text !== undefined) return [{ kind: 'program', text: text.text, subshell: true, place }];
  const command = afterDashes ?? (at < 0 ? [] : operands.slice(at + 2));
  return at < 0 || command.length === 0 ? [] : [{ kind: 'command', words: command, place }];
};

/** Programs of the form `<program> run command`, which go to a place that an option names. */
export const runIn: Carrier = (words) => {
  const program = (words[0] && baseName(words[0])) ?? '';
  const { rest } = readArguments(words.slice(1), { leading: true });
  if (rest[0]?.text !== 'run') return [];
  const valued = '-c -d -r -a -s --container --distro --release --app --remote --size';
  const { rest: command, options } = readArguments(rest.slice(1), { valued, leading: true });
  const name = options.find((option) => /^(?:-c|-a|--container|--app)$/.test(option.name))?.value;
  return command.length === 0 ? [] : [{ kind: 'command', words: command, place: { program, name } }];
};
