import type { Carrier, Next } from './carrier.ts';
import { readArguments } from './options.ts';
import type { Input } from './resolve.ts';
import type { Word } from './script.ts';
import { baseName, joinWords, PROCESS_FILE } from './word.ts';

function opaque(program: string, path: Word | undefined, text?: string): readonly Next[] {
  return [{ kind: 'opaque', program, path, text }];
}

/** `sh`, `bash` and the like: `-c text`, a script, or standard input. */
export const shell: Carrier = (words, input) => {
  const name = (words[0] && baseName(words[0])) ?? 'sh';
  let reads = false;
  let at = 1;
  for (; at < words.length; at++) {
    const text = words[at]!.text;
    if (text === undefined || !/^[-+]./.test(text)) break;
    if (text === '--') {
      at++;
      break;
    }
    if (/^(?:[-+][oO]|--rcfile|--init-file)$/.test(text) || /^-[a-z]*o$/.test(text)) at++;
    if (/^-[a-z]*c/i.test(text) && !text.startsWith('--')) reads = true;
    if (/^(?:--version|--help)$/.test(text)) return [];
  }
  const operands = words.slice(at);
  if (reads) {
    const parameters = positional(operands.slice(1));
    return [{ kind: 'program', text: operands[0]?.text, subshell: true, parameters }];
  }
  const script = operands[0];
  const stdin = script === undefined || script.text === '-' || script.text === '/dev/stdin' || words[1]?.text === '-s';
  if (stdin) return fromInput(input);
  if (script.text?.startsWith(PROCESS_FILE)) {
    return [{ kind: 'program', text: script.text.slice(PROCESS_FILE.length), subshell: true }];
  }
  return opaque(name, script);
};

function positional(operands: readonly Word[]): ReadonlyMap<string, readonly Word[]> {
  const parameters = new Map<string, readonly Word[]>();
  for (const [at, word] of operands.slice(0, 10).entries()) parameters.set(String(at), [word]);
  parameters.set('@', operands.slice(1));
  parameters.set('*', operands.slice(1));
  return parameters;
}

/** A program that a shell reads from standard input; a terminal there is no program. */
export function fromInput(input: Input): readonly Next[] {
  if (input.kind === 'none') return [];
  return [{ kind: 'program', text: input.kind === 'text' ? input.text : undefined, subshell: true, fromInput: true }];
}

export const evaluate: Carrier = (words) =>
  words.length < 2 ? [] : [{ kind: 'program', text: joinWords(words.slice(1)), subshell: false }];

export const trap: Carrier = (words) => {
  const action = words[1];
  if (words.length < 3 || action?.text === '-' || action?.text === '' || action?.prefix.startsWith('-')) return [];
  return [{ kind: 'program', text: action?.text, subshell: false }];
};

/** `source file` and `. file`. */
export const source: Carrier = (words) => {
  const file = words[1];
  if (file?.text?.startsWith(PROCESS_FILE)) {
    return [{ kind: 'program', text: file.text.slice(PROCESS_FILE.length), subshell: false }];
  }
  return file === undefined ? [] : opaque('source', file);
};

/** Options of an interpreter that carry its program, by the interpreter. */
const INLINE: Readonly<Record<string, { readonly text: string; readonly valued: string }>> = {
  python: { text: '-c', valued: '-c -m -W -X' },
  node: { text: '-e -p --eval --print', valued: '-e -p --eval --print -r --require --import --loader -C --conditions' },
  deno: { text: '', valued: '' },
  bun: { text: '-e --eval', valued: '-e --eval' },
  tsx: { text: '-e --eval', valued: '-e --eval' },
  ruby: { text: '-e', valued: '-e -I -r' },
  perl: { text: '-e -E', valued: '-e -E -I -M' },
  php: { text: '-r', valued: '-r -c -d' },
  lua: { text: '-e', valued: '-e -l' },
  Rscript: { text: '-e', valued: '-e' },
  osascript: { text: '-e', valued: '-e -l' },
  pwsh: { text: '-c -Command', valued: '-c -Command -File' },
  expect: { text: '-c', valued: '-c' },
};

/** The interpreters' names, versions aside. */
export function interpreterOf(name: string): string | undefined {
  const bare = name.replace(/[\d.]+$/, '');
  return Object.hasOwn(INLINE, bare) ? bare : bare === 'pypy' ? 'python' : undefined;
}

/** An interpreter of another language: its program is opaque, but its text is handed on when the line holds it. */
export const interpreter: Carrier = (words, input) => {
  const name = (words[0] && baseName(words[0])) ?? '';
  const { text: inline, valued } = INLINE[interpreterOf(name) ?? '']!;
  const { options, rest } = readArguments(words.slice(1), { valued, leading: true });
  const texts = inline.split(' ');
  const programs = options.filter((option) => texts.includes(option.name));
  if (programs.length > 0) {
    const known = joinWords(programs.flatMap((option) => option.value ?? []));
    return opaque(name, undefined, known);
  }
  const module = options.find((option) => option.name === '-m');
  if (module?.value !== undefined && interpreterOf(name) === 'python') return opaque(`${name} -m`, module.value);
  if (options.some((option) => /^(?:-V|-v|--version|-h|--help)$/.test(option.name)) && rest.length === 0) return [];
  const script = rest[0];
  if (script !== undefined && script.text !== '-') return opaque(name, script);
  if (input.kind === 'none') return [];
  return opaque(name, undefined, input.kind === 'text' ? input.text : undefined);
};

/** Programs whose work is described by a file in the project: a task's name is all the line tells. */
export const task: Carrier = (words) => {
  const name = (words[0] && baseName(words[0])) ?? '';
  const { options, operands } = readArguments(words.slice(1), {
    valued: '-C -f -j --directory --file --prefix -F --filter',
  });
  if (options.some((option) => /^(?:-n|--dry-run|--just-print|--version|--help|--list)$/.test(option.name))) return [];
  return opaque(name, operands[0]);
};

const OWN_VERBS =
  /^(?:install|i|add|remove|rm|un|uninstall|upgrade|up|update|up?date|why|list|ls|outdated|audit|pack|publish|link|unlink|init|create|config|set|version|info|view|cache|clean|dedupe|import|node|plugin|workspaces?|constraints|rebuild|store|patch|patch-commit|licenses|global|login|logout|help|prune|fetch|deploy|recursive|-r|build|pm|repl)$/;

/** `npm run x` and its relatives; their other verbs run no task of the project. */
export const packageTask: Carrier = (words) => {
  const name = (words[0] && baseName(words[0])) ?? '';
  const { operands } = readArguments(words.slice(1), { valued: '--prefix -w --workspace -C --dir --cwd -F --filter' });
  const verb = operands[0]?.text ?? '';
  if (/^(?:run|run-script|rum)$/.test(verb)) return opaque(`${name} run`, operands[1]);
  if (/^(?:test|t|tst|start|stop|restart)$/.test(verb)) return opaque(`${name} run`, operands[0]);
  // `yarn cdk`, `pnpm cdk`: what is no verb of their own is a script or an installed program.
  if (name === 'npm' || verb === '' || OWN_VERBS.test(verb)) return [];
  return [{ kind: 'command', words: words.slice(words.indexOf(operands[0]!)) }];
};
