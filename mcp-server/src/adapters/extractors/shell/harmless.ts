import type { ShellWord } from './script.ts';

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

/** Whether a command does nothing but compute from what it is given, and print. */
export function isHarmless(program: string, args: readonly ShellWord[]): boolean {
  return harmless.has(program) && !args.some(({ text }) => writes[program]?.test(text) === true);
}

/** Programs that print what a machine holds or how it does. */
const looks =
  /^(?:ls|ps|df|du|env|id|date|stat|printenv|hostname|uptime|uname|whoami|which|free|nproc|lsblk|ss|netstat|lsof|pgrep|ping|sleep|cd|pwd|getent|nslookup|md5sum|sha256sum|file|mount(?:point)?|command|type)$/;

/** Whether a command leaves the machine that it runs on as it was. */
export function onlyLooks(program: string, args: readonly ShellWord[]): boolean {
  if (program === 'find') return !args.some(({ text }) => /^-(?:delete|exec\w*|ok\w*|fprint\w*|fls)$/.test(text));
  if (program === 'mount' && args.length > 0) return false;
  if (program === 'date' && args.some(({ text }) => /^(?:-s|--set)/.test(text))) return false;
  if (program === 'hostname' && args.some(({ text }) => !text.startsWith('-'))) return false;
  if (program === 'awk') return !args.some(({ text }) => /[>|]|\bsystem\b/.test(text));
  return looks.test(program) || isHarmless(program, args);
}
