import { inputsOf } from './inputs.ts';
import type { ShellReading } from './reading.ts';

// They read, compute and print. Those that can also write or run something are listed with the words that make them do it.
const harmless: ReadonlySet<string> = new Set(
  [
    'basename : [ [[ break case cat column comm continue cut declare dirname echo exit expr false fold fmt grep egrep fgrep',
    'head join jq let local nl paste printf readonly return rev seq set shift sort tac tail test tr true uniq unset wc export',
    'sed trap',
  ]
    .join(' ')
    .split(' '),
);
const writes: { readonly [program: string]: RegExp } = {
  sed: /^-[a-zA-Z]*i|^--in-place|(?:^|[\d$;}/])\s*[wWe](?:\s|$)|\/[a-zA-Z\d]*[we][a-zA-Z\d]*(?:\s|$)/,
  sort: /^(?:-o|--output)/,
  trap: /./,
};

/**
 * Whether a script surely does nothing but print: every command is known to be harmless, or a function of its own, nothing
 * goes to a file, and it takes nothing from outside. One command that is not known makes it impure.
 */
export function isPure({ script, calls }: ShellReading): boolean {
  if (script.errors.length > 0 || script.commands.length === 0 || inputsOf(script).length > 0) return false;
  // Values that differ from run to run and from place to place.
  if (
    /\$\{?(?:RANDOM|SECONDS|EPOCH\w*|PWD|OLDPWD|HOME|USER|BASHPID|PPID|HOSTNAME|LINENO|0|\$)\b|\$\$/.test(script.text)
  )
    return false;
  const own = new Set(script.functions.map(({ name }) => name));
  const isHarmless = calls.every(
    ({ call }) =>
      own.has(call.program) ||
      (harmless.has(call.program) && !call.args.some(({ text }) => writes[call.program]?.test(text) === true)),
  );
  return (
    isHarmless &&
    calls.length === script.commands.filter(({ words }) => words.length > 0).length &&
    script.commands.every(({ redirects }) =>
      redirects.every(
        ({ operator, target }) => !operator.includes('>') || /^(?:\/dev\/(?:null|stderr)|\d|-)$/.test(target),
      ),
    )
  );
}
