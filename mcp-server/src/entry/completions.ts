import { STAGES } from '../domain/stage.ts';

/** What the shells complete: the verbs with their options and what their arguments are. */
export interface Completable {
  name: string;
  summary: string;
  /** As in the help text: `status [id] [--mine]`. */
  usage: string;
  options: readonly { name: string; summary: string; takes: boolean }[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The script that a shell sources. Names of deliveries are looked up as they are typed; those with odd characters are left out, because shells expand what they complete. */
export const completionScript = (shell: Shell, verbs: readonly Completable[]): string => SCRIPTS[shell](verbs);

/** What stands at a place of the arguments, as far as a shell can know it. */
function argument(usage: string, at: number): 'delivery' | 'subject' | 'other' {
  const words = usage.split(' ').slice(1);
  const word = words[at - 1] ?? '';
  if (/^[<[]id(?:\.\.\.)?[>\]](?:\|.*)?$/.test(word)) return 'delivery';
  return /^[<[](?:subject|stage)[>\]]$/.test(word) ? 'subject' : 'other';
}

const withArgument = (verbs: readonly Completable[], at: number, kind: 'delivery' | 'subject') =>
  verbs.filter((verb) => argument(verb.usage, at) === kind).map((verb) => verb.name);

/** Text between single quotes, in every one of these shells. */
const quoted = (text: string) => `'${text.replace(/[^\p{L}\p{N} .,:;/()<>=_+-]/gu, '')}'`;

const DELIVERIES = `  root=$(git rev-parse --show-toplevel 2>/dev/null) || return 0
  for one in "$root"/deliveries/*/; do
    one=\${one%/}; one=\${one##*/}
    case $one in *[!a-z0-9-]*) ;; *) printf '%s\\n' "$one" ;; esac
  done`;

function bash(verbs: readonly Completable[]): string {
  const options = verbs.map(
    (verb) => `    ${verb.name}) words='${verb.options.map((one) => `--${one.name}`).join(' ')}' ;;`,
  );
  return `# countersign: completion for bash
_countersign_deliveries() {
  local root one
${DELIVERIES}
}
_countersign() {
  local cur=\${COMP_WORDS[COMP_CWORD]} verb=\${COMP_WORDS[1]} words='' at=0 word
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${verbs.map((verb) => verb.name).join(' ')} help'
  elif [ "\${cur#-}" != "$cur" ]; then
    case $verb in
${options.join('\n')}
    esac
    words="$words --help"
  else
    for word in "\${COMP_WORDS[@]:2:COMP_CWORD-2}"; do [ "\${word#-}" != "$word" ] || at=$((at + 1)); done
    case $at:$verb in
${cases(verbs, 'words')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _countersign countersign
`;
}

/** @param into the variable that gets the words */
function cases(verbs: readonly Completable[], into: string): string {
  const line = (at: number, kind: 'delivery' | 'subject', words: string) => {
    const names = withArgument(verbs, at, kind);
    return names.length === 0
      ? []
      : [`      ${names.map((name) => `${at - 1}:${name}`).join('|')}) ${into}=${words} ;;`];
  };
  return [...line(1, 'delivery', '$(_countersign_deliveries)'), ...line(2, 'subject', `'${STAGES.join(' ')}'`)].join(
    '\n',
  );
}

function zsh(verbs: readonly Completable[]): string {
  const lines = verbs.map((verb) => `    ${quoted(`${verb.name}:${verb.summary}`)}`);
  const options = verbs.map((verb) => {
    const all = verb.options.map((one) => quoted(`--${one.name}:${one.summary}`));
    return `      ${verb.name}) options=(${all.join(' ')}) ;;`;
  });
  return `#compdef countersign
# countersign: completion for zsh
_countersign_deliveries() {
  local root one
${DELIVERIES}
}
_countersign() {
  local -a verbs options found
  local verb=$words[2] at=0 word names=''
  verbs=(
${lines.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'verb' verbs
    return
  fi
  if [[ $PREFIX == -* ]]; then
    case $verb in
${options.join('\n')}
    esac
    _describe 'option' options
    return
  fi
  for word in $words[3,CURRENT-1]; do [[ $word == -* ]] || at=$((at + 1)); done
  case $at:$verb in
${cases(verbs, 'names')}
  esac
  found=(\${=names})
  (( $#found )) && compadd -a found || _files
}
compdef _countersign countersign
`;
}

function fish(verbs: readonly Completable[]): string {
  const lines = verbs.flatMap((verb) => [
    `complete -c countersign -n __fish_use_subcommand -f -a ${verb.name} -d ${quoted(verb.summary)}`,
    ...verb.options.map(
      (one) =>
        `complete -c countersign -n '__fish_seen_subcommand_from ${verb.name}' -l ${one.name} -d ${quoted(one.summary)}${one.takes ? ' -r' : ''}`,
    ),
  ]);
  const place = (at: number, kind: 'delivery' | 'subject', words: string) => {
    const names = withArgument(verbs, at, kind).join(' ');
    return names === ''
      ? []
      : [
          `complete -c countersign -n '__fish_seen_subcommand_from ${names}; and __countersign_at ${at}' -f -a ${words}`,
        ];
  };
  return `# countersign: completion for fish
function __countersign_deliveries
  set -l root (git rev-parse --show-toplevel 2>/dev/null); or return
  for one in $root/deliveries/*/
    string match -r '^[a-z0-9-]+$' -- (basename $one)
  end
end
function __countersign_at
  set -l words (commandline -opc)
  test (count (string match -v -- '-*' $words[2..])) -eq $argv[1]
end
${lines.join('\n')}
${[...place(1, 'delivery', "'(__countersign_deliveries)'"), ...place(2, 'subject', quoted(STAGES.join(' ')))].join('\n')}
`;
}

const SCRIPTS: Record<Shell, (verbs: readonly Completable[]) => string> = { bash, zsh, fish };
