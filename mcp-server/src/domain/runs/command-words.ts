/** A word of a command line with what it is called: the option before it, its key, or its place. */
export interface CommandWord {
  name: string;
  text: string;
}

const mostWords = 60;
const longestRead = 2000;
const lexeme = /(?:[^\s"'\\;&|<>]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|'[^']*')+|&&|\|\||[;&|<>]+/g;

/** Words of a command line without their quotes, separators as words of their own. Linear; no expansion is done. */
export function wordsOf(command: string): string[] {
  return (command.match(lexeme) ?? []).slice(0, mostWords).map(unquoted);
}

/**
 * The words as values. `--vlan 120`, `--vlan=120` and `vlan=120` call the value by its name, other words by their place,
 * so that two runs of one command can be laid side by side.
 */
export function commandWords(command: string): CommandWord[] {
  const found: CommandWord[] = [];
  let option: string | undefined;
  let place = 0;
  for (const word of wordsOf(command)) {
    const pair = /^(-{0,2}[A-Za-z][\w.-]{0,40})=([\s\S]*)$/.exec(word);
    if (pair !== null) {
      found.push({ name: pair[1] as string, text: pair[2] as string });
      option = undefined;
    } else if (/^--?[A-Za-z]/.test(word)) {
      found.push({ name: `[${place++}]`, text: word });
      option = word;
    } else if (option !== undefined && !/^[;&|<>]+$/.test(word)) {
      found.push({ name: option, text: word });
      option = undefined;
    } else {
      found.push({ name: `[${place++}]`, text: word });
      option = undefined;
    }
  }
  return found;
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g,
    (_, double?: string, single?: string, bare?: string) =>
      double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? bare ?? ''),
  );
}

/** Programs whose next word says what they do. */
const withVerb =
  /^(?:git|gh|glab|kubectl|oc|helm|terraform|tofu|terragrunt|docker|podman|npm|npx|yarn|pnpm|pip|apt|apt-get|yum|dnf|systemctl|ip|ansible|ansible-galaxy|vault|consul|nomad|make|cargo|go|openssl|conda|brew|argocd|flux|pulumi|packer|nmcli|firewall-cmd|juju|snap)$/;
const withTwoVerbs = /^(?:aws|az|gcloud|oci|openstack|ipa)$/;

/** The simple commands of a line as their words: assignments and prefixes left out, the program by its own name. */
export function simpleCommands(command: string): string[][] {
  const commands: string[][] = [];
  let simple: string[] = [];
  const close = () => {
    let at = 0;
    while (/^[A-Za-z_]\w*=/.test(simple[at] ?? '') || /^(?:sudo|env|time|nohup|command|exec)$/.test(simple[at] ?? ''))
      at++;
    const [program, ...words] = simple.slice(at);
    if (program !== undefined) commands.push([program.split('/').at(-1) as string, ...words]);
    simple = [];
  };
  for (const word of wordsOf(command.slice(0, longestRead))) {
    if (/^(?:&&|\|\||[;&|]+)$/.test(word)) close();
    else simple.push(word);
  }
  close();
  return commands;
}

/** What a command line does, in the words that stay the same between runs: `cd && git commit`. */
export function commandLabel(command: string): string {
  const labels: string[] = [];
  for (const simple of simpleCommands(command)) {
    const label = simpleLabel(simple);
    if (label !== '' && labels.at(-1) !== label) labels.push(label);
  }
  return labels.slice(0, 4).join(' && ');
}

function simpleLabel([program = '', ...words]: readonly string[]): string {
  if (!/^[\w.+@-]{1,40}$/.test(program)) return '';
  const verbs = withTwoVerbs.test(program) ? 2 : withVerb.test(program) ? 1 : 0;
  const plain: string[] = [];
  for (let next = 0; next < words.length && plain.length < verbs; next++) {
    const word = words[next] as string;
    if (/^-/.test(word)) {
      // An option with a value of its own: `kubectl -n web get`.
      if (/^(?:-n|-C|-f|-c|--namespace|--context|--profile|--region|--kubeconfig)$/.test(word)) next++;
    } else plain.push(word);
  }
  return [program, ...plain.filter((word) => /^[\w:.-]{1,40}$/.test(word))].join(' ');
}
