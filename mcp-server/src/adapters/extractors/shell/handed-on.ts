import { operandIndexes, optionValue } from './operands.ts';
import type { ShellWord } from './script.ts';
import { shells } from './tools.ts';

/** A command that a program carries out elsewhere: its words, or a text that a shell reads there. */
export type HandedOn = { words: readonly ShellWord[] } | { text: string };

/**
 * What `docker exec`, `kubectl exec`, `ssh` and `sh -c` are given to carry out: in a container, on another host, in a shell
 * of its own. Undefined where nothing is given, or it comes on standard input.
 */
export function handedOn(program: string, args: readonly ShellWord[]): HandedOn | undefined {
  if (shells.test(program) || program === 'su') {
    const at = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
    const text = args[at + 1]?.text;
    return at < 0 || text === undefined ? undefined : { text };
  }
  if (program === 'ssh') {
    const [host] = operandIndexes(program, args);
    return host === undefined ? undefined : given(args.slice(host + 1), true);
  }
  if (program === 'vagrant' && args[0]?.text === 'ssh') return texts(optionValue(args, /^(?:-c|--command)$/));
  if (program === 'gcloud' && args.slice(0, 3).some(({ text }) => text === 'ssh'))
    return texts(optionValue(args, /^--command$/));
  const isKube = program === 'kubectl' || program === 'oc';
  if (!isKube && !/^(?:docker|docker-compose|podman|nerdctl|lxc|incus)$/.test(program)) return undefined;
  const operands = operandIndexes(program === 'nerdctl' ? 'docker' : program, args);
  const exec = operands.findIndex((at, nth) => nth < 2 && /^(?:exec|rsh)$/.test(args[at]?.text ?? ''));
  if (exec < 0) return undefined;
  // Behind `--`, else behind the name of the container.
  const dashes = args.findIndex(({ text }) => text === '--');
  const place = operands[exec + 1];
  if (dashes > (operands[exec] ?? 0) && (isKube || dashes > (place ?? args.length)))
    return given(args.slice(dashes + 1), false);
  return place === undefined ? undefined : given(args.slice(place + 1), false);
}

const texts = (text: string | undefined) => (text === undefined ? undefined : { text });

/** A remote shell joins its words and reads them again; a container is given them as they are. */
function given(words: readonly ShellWord[], joins: boolean): HandedOn | undefined {
  if (words.length === 0) return undefined;
  return joins ? { text: words.map(({ text }) => text).join(' ') } : { words };
}
