import{STAGES}from"./chunk-Y32WGYEA.mjs";import{inputFault}from"./chunk-5OZ35EZK.mjs";import"./chunk-I6SLY6UU.mjs";var SHELLS=["bash","zsh","fish"],completionScript=(shell,verbs)=>SCRIPTS[shell](verbs);function argument(usage,at){let word=usage.split(" ").slice(1)[at-1]??"";return/^[<[]id(?:\.\.\.)?[>\]](?:\|.*)?$/.test(word)?"delivery":/^[<[](?:subject|stage)[>\]]$/.test(word)?"subject":"other"}var withArgument=(verbs,at,kind)=>verbs.filter(verb=>argument(verb.usage,at)===kind).map(verb=>verb.name),quoted=text=>`'${text.replace(/[^\p{L}\p{N} .,:;/()<>=_+-]/gu,"")}'`,DELIVERIES=`  root=$(git rev-parse --show-toplevel 2>/dev/null) || return 0
  for one in "$root"/deliveries/*/; do
    one=\${one%/}; one=\${one##*/}
    case $one in *[!a-z0-9-]*) ;; *) printf '%s\\n' "$one" ;; esac
  done`;function bash(verbs){let options=verbs.map(verb=>`    ${verb.name}) words='${verb.options.map(one=>`--${one.name}`).join(" ")}' ;;`);return`# countersign: completion for bash
_countersign_deliveries() {
  local root one
${DELIVERIES}
}
_countersign() {
  local cur=\${COMP_WORDS[COMP_CWORD]} verb=\${COMP_WORDS[1]} words='' at=0 word
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${verbs.map(verb=>verb.name).join(" ")} help'
  elif [ "\${cur#-}" != "$cur" ]; then
    case $verb in
${options.join(`
`)}
    esac
    words="$words --help"
  else
    for word in "\${COMP_WORDS[@]:2:COMP_CWORD-2}"; do [ "\${word#-}" != "$word" ] || at=$((at + 1)); done
    case $at:$verb in
${cases(verbs,"words")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _countersign countersign
`}function cases(verbs,into){let line=(at,kind,words)=>{let names=withArgument(verbs,at,kind);return names.length===0?[]:[`      ${names.map(name=>`${at-1}:${name}`).join("|")}) ${into}=${words} ;;`]};return[...line(1,"delivery","$(_countersign_deliveries)"),...line(2,"subject",`'${STAGES.join(" ")}'`)].join(`
`)}function zsh(verbs){let lines=verbs.map(verb=>`    ${quoted(`${verb.name}:${verb.summary}`)}`),options=verbs.map(verb=>{let all=verb.options.map(one=>quoted(`--${one.name}:${one.summary}`));return`      ${verb.name}) options=(${all.join(" ")}) ;;`});return`#compdef countersign
# countersign: completion for zsh
_countersign_deliveries() {
  local root one
${DELIVERIES}
}
_countersign() {
  local -a verbs options found
  local verb=$words[2] at=0 word names=''
  verbs=(
${lines.join(`
`)}
  )
  if (( CURRENT == 2 )); then
    _describe 'verb' verbs
    return
  fi
  if [[ $PREFIX == -* ]]; then
    case $verb in
${options.join(`
`)}
    esac
    _describe 'option' options
    return
  fi
  for word in $words[3,CURRENT-1]; do [[ $word == -* ]] || at=$((at + 1)); done
  case $at:$verb in
${cases(verbs,"names")}
  esac
  found=(\${=names})
  (( $#found )) && compadd -a found || _files
}
compdef _countersign countersign
`}function fish(verbs){let lines=verbs.flatMap(verb=>[`complete -c countersign -n __fish_use_subcommand -f -a ${verb.name} -d ${quoted(verb.summary)}`,...verb.options.map(one=>`complete -c countersign -n '__fish_seen_subcommand_from ${verb.name}' -l ${one.name} -d ${quoted(one.summary)}${one.takes?" -r":""}`)]),place=(at,kind,words)=>{let names=withArgument(verbs,at,kind).join(" ");return names===""?[]:[`complete -c countersign -n '__fish_seen_subcommand_from ${names}; and __countersign_at ${at}' -f -a ${words}`]};return`# countersign: completion for fish
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
${lines.join(`
`)}
${[...place(1,"delivery","'(__countersign_deliveries)'"),...place(2,"subject",quoted(STAGES.join(" ")))].join(`
`)}
`}var SCRIPTS={bash,zsh,fish};var completionsVerb=verbs=>({usage:"completions bash|zsh|fish",examples:["completions bash > ~/.local/share/bash-completion/completions/countersign","completions zsh > ~/.zfunc/_countersign","completions fish > ~/.config/fish/completions/countersign.fish"],arity:[1,1],async run({args}){let shell=SHELLS.find(one=>one===args[0]);if(shell===void 0)throw inputFault({code:"unknown-shell",message:`there are no completions for ${JSON.stringify(args[0])}`,expected:`one of: ${SHELLS.join(", ")}`});let script=completionScript(shell,await completable(verbs));return{answer:{said:`Completions for ${shell}.`,blocks:[],next:"",data:{shell,script}},text:script}}});function completable(verbs){return Promise.all(Object.entries(verbs).map(async([name,{summary,load}])=>{let{usage,options={}}=await load(),own=Object.entries(options).map(([key,one])=>({name:key,summary:one.summary,takes:one.type==="string"})),json={name:"json",summary:"one JSON object on standard output",takes:!1};return{name,summary,usage,options:[...own,json]}}))}export{completionsVerb};
