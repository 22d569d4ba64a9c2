import { optionValue } from './operands.ts';
import type { ShellWord } from './script.ts';

/** Where the verb of a command stands among its operands, and how many of them it is. */
export interface Verb {
  effect: 'read' | 'write';
  at: number;
  length: number;
  /** Its words, with what stands before it where the object does. */
  words: readonly string[];
}

/**
 * The object of a command as `<system> <name>`: the same for the command that changes it and the one that looks at it
 * afterwards. Undefined where the command names none.
 *
 * @param operands words that are neither options nor their values
 */
export function objectOf(
  system: string,
  program: string,
  args: readonly ShellWord[],
  operands: readonly string[],
  { at, length, words }: Verb,
  isNamedFirst: boolean,
): string | undefined {
  if (system === 'terraform') {
    const folder = args.find((arg) => arg.text.startsWith('-chdir='))?.text.slice(7);
    return `terraform ${folder ?? '.'}`;
  }
  if (program === 'service') return operands[0] === undefined ? undefined : `service ${operands[0]}`;
  // What is copied counts by where it goes.
  if (/^(?:scp|rsync)$/.test(program))
    return operands.length < 2 ? undefined : `${system} ${operands.at(-1)?.replace(/["']/g, '')}`;
  if (program === 'dig') return domainName(system, operands);
  // `aws s3 cp`, `openstack floating ip set`: the object stands before the verb; other programs name it behind.
  const [first, second] = isNamedFirst ? [words.slice(0, -1).join(' ') || operands[0]] : operands.slice(at + length);
  const name = isKubernetes(program)
    ? (kubeObject(operands[at] ?? '', first, second) ?? optionValue(args, /^(?:-f|--filename|-k|--kustomize)$/))
    : (imageName(program, operands[at], args) ?? first ?? required(program, args));
  if (name === undefined) return undefined;
  return `${program === 'systemctl' ? 'service' : system} ${name.replace(/["']/g, '').replace(/\.service$/, '')}`;
}

const isKubernetes = (program: string) => program === 'kubectl' || program === 'oc';

/** `deployment web` and `deployment/web` are the same object; what a file holds is that file. */
function kubeObject(verb: string, first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || verb === 'config') return undefined;
  if (
    second === undefined ||
    first.includes('/') ||
    !/^(?:get|describe|delete|edit|rollout|scale|patch|label|annotate|create|wait)$/.test(verb)
  )
    return first;
  return second.includes('/') || second.includes('=') ? first : `${first}/${second}`;
}

/** `dig AAAA example.org @ns +short`: the name, not the type, the server or a switch. */
function domainName(system: string, operands: readonly string[]): string | undefined {
  const name = operands.find(
    (word) => !/^(?:[+@]|(?:a|aaaa|any|caa|cname|mx|ns|ptr|soa|srv|tlsa|txt|in)$)/i.test(word),
  );
  return name === undefined ? undefined : `${system} ${name}`;
}

/** What a build makes is its image, not the folder that it reads. */
function imageName(program: string, verb: string | undefined, args: readonly ShellWord[]): string | undefined {
  if (!/^(?:docker|podman|buildah)$/.test(program) || !/^(?:build|buildx|bud)$/.test(verb ?? '')) return undefined;
  return optionValue(args, /^(?:-t|--tag)$/);
}

/** `pip install -r requirements.txt` installs what the file names. */
function required(program: string, args: readonly ShellWord[]): string | undefined {
  return /^pip3?$/.test(program) ? optionValue(args, /^(?:-r|--requirement)$/) : undefined;
}
