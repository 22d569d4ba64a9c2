import { type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact, FactKind, Reference, RelationKind } from '../../../domain/extract/contract.ts';
import { bareImage } from '../images.ts';
import type { Call } from './classify.ts';
import type { ShellReading } from './reading.ts';

/** Where a command stands, and what its paths may be meant from. */
export interface TiePlace {
  at: Span;
  scope: string;
  /** Folders that relative paths may start from. */
  folders: readonly string[];
  /** Those of them that the command may run in. */
  here: readonly string[];
  /** Something in the same text applies what another command renders. */
  appliesInput: boolean;
}

interface Word {
  text: string;
  dynamic: boolean;
}

interface Tie {
  word: Word;
  kind: RelationKind;
  /** Appended to the path: a chart is its Chart.yaml. */
  inside?: string;
  format?: string;
  kinds?: readonly FactKind[];
}

/** Files of other formats that a tool is pointed at: charts, manifests, Dockerfiles, terraform folders, make targets. */
export function pathTies(file: FileBuilder, owner: Fact, call: Call, place: TiePlace): void {
  for (const tie of tiesOf(call)) {
    // What is only rendered or looked at is not carried out, unless what was rendered is applied.
    const isShown = tie.kind === 'calls' && onlyShows(call) && !place.appliesInput;
    refer(file, owner, isShown ? { ...tie, kind: 'reads' } : tie, place);
  }
  if (call.program === 'make') makeTargets(file, owner, call, place.folders, place.at);
  if (/^(?:docker|podman|buildah|nerdctl)$/.test(call.program)) builtImages(file, owner, call, place);
}

/** Whether a text applies what comes on its input. */
export function appliesInput({ calls }: ShellReading): boolean {
  return calls.some(
    ({ call }) =>
      /^(?:kubectl|oc)$/.test(call.program) &&
      call.args.some(({ text }) => /^(?:apply|create|replace)$/.test(text)) &&
      call.args.some(({ text }) => /^(?:-|--filename=-|-f-|\/dev\/stdin)$/.test(text)),
  );
}

function onlyShows(call: Call): boolean {
  const verb = operands(call)[0]?.text ?? '';
  const isTried = call.args.some(({ text }) => /^--dry-run/.test(text) && text !== '--dry-run=none');
  if (call.program === 'helm') return isTried || /^(?:template|lint|package|diff)$/.test(verb);
  if (call.program === 'kustomize') return verb === 'build';
  if (call.program === 'terraform' || call.program === 'tofu') return verb === 'plan';
  return /^(?:kubectl|oc)$/.test(call.program) && (isTried || /^(?:diff|kustomize|get|describe)$/.test(verb));
}

function tiesOf(call: Call): Tie[] {
  const { program } = call;
  const plain = operands(call);
  const [verb] = plain;
  if (program === 'helm' && /^(?:upgrade|install|template|lint|package|test)$/.test(verb?.text ?? '')) {
    const chart = /^(?:lint|package)$/.test(verb?.text ?? '') ? plain[1] : (plain[2] ?? plain[1]);
    return [
      ...(chart === undefined
        ? []
        : [{ word: chart, kind: 'calls', inside: 'Chart.yaml', kinds: ['module'] } as const]),
      ...options(call, /^(?:-f|--values)$/).map((word) => ({ word, kind: 'reads' }) as const),
    ];
  }
  if (program === 'kubectl' || program === 'oc') {
    const kind = /^(?:apply|create|replace|delete|patch)$/.test(verb?.text ?? '') ? 'writes' : 'reads';
    const kinds = ['resource', 'service', 'job'] as const;
    return [
      ...options(call, /^(?:-f|--filename)$/).map((word) => ({ word, kind, kinds }) as const),
      ...options(call, /^(?:-k|--kustomize)$/).map((word) => ({ word, kind: 'calls', kinds: ['module'] }) as const),
    ];
  }
  if (program === 'kustomize' && verb?.text === 'build')
    return [{ word: plain[1] ?? here, kind: 'calls', kinds: ['module'] }];
  if (program === 'terraform' || program === 'tofu') {
    const acts = /^(?:apply|plan|destroy|import|refresh)$/.test(verb?.text ?? '');
    const folder = call.args.find((arg) => arg.text.startsWith('-chdir='));
    const word = folder === undefined ? here : { ...folder, text: folder.text.slice('-chdir='.length) };
    return [
      ...(acts ? [{ word, kind: 'calls', format: 'terraform', kinds: declared } as const] : []),
      ...options(call, /^--?var-file$/).map((word) => ({ word, kind: 'reads' }) as const),
    ];
  }
  if (program === 'docker-compose' || (program === 'docker' && verb?.text === 'compose')) {
    // `docker compose version` says nothing of what is composed.
    if (call.effect === undefined || /^(?:version|ls)$/.test((program === 'docker' ? plain[1] : plain[0])?.text ?? ''))
      return [];
    const files = options(call, /^(?:-f|--file)$/);
    const defaults = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yaml', 'compose.yml'];
    return (files.length > 0 ? files : defaults.map((text) => ({ text, dynamic: false }))).map((word) => ({
      word,
      kind: 'calls',
      kinds: ['service'],
    }));
  }
  if (program === 'ansible-playbook')
    return options(call, /^(?:-i|--inventory(?:-file)?)$/).map((word) => ({ word, kind: 'reads' }));
  return [];
}

/** The folder in which a command runs. */
const here: Word = { text: '.', dynamic: false };
const declared: readonly FactKind[] = ['resource', 'data', 'module', 'provider'];

function refer(
  file: FileBuilder,
  owner: Fact,
  tie: Tie,
  { folders, here: own, at }: Pick<TiePlace, 'folders' | 'here' | 'at'>,
): void {
  const { word, kind, inside } = tie;
  if (word.text === '-' || /^[a-z+]+:\/\//i.test(word.text) || word.text.length > 300) return;
  for (const folder of word === here ? own : folders) {
    const path = resolveFrom(folder, inside === undefined ? word.text : `${word.text}/${inside}`);
    if (path === undefined) continue;
    if (!word.dynamic && !path.includes('*')) file.refer(owner, kind, pathTarget(path, tie), at);
    else {
      const glob = path
        .replace(/\$\{\{.*?\}\}|\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g, '*')
        .replace(/\*[^/]*\*/g, '*');
      if (/[\w-]{2}/.test(glob.replace(/Chart\.yaml$/, ''))) file.refer(owner, kind, { by: 'pattern', glob }, at);
    }
  }
}

function pathTarget(path: string, { format, kinds }: Tie): Reference['target'] {
  return {
    by: 'path',
    path,
    ...(format === undefined ? {} : { format }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** Targets of a Makefile; without any, its first one, which only the file itself can tell. */
function makeTargets(file: FileBuilder, owner: Fact, call: Call, folders: readonly string[], at: Span): void {
  const directory = options(call, /^(?:-C|--directory)$/)[0];
  const named = options(call, /^(?:-f|--file|--makefile)$/)[0];
  const targets = operands(call, /^(?:-C|--directory|-f|--file|--makefile|-j|-o|-W)$/).filter(
    (word) => !word.dynamic && !word.text.includes('='),
  );
  for (const base of folders) {
    const folder = directory === undefined ? base : resolveFrom(base, directory.text);
    if (folder === undefined || directory?.dynamic === true) continue;
    for (const target of targets)
      file.refer(
        owner,
        'calls',
        { by: 'name', format: 'make', kinds: makeKinds, name: target.text, scope: folder },
        at,
      );
    if (targets.length > 0) continue;
    const path = resolveFrom(folder, named?.text ?? 'Makefile');
    if (path !== undefined) file.refer(owner, 'calls', { by: 'path', path, kinds: ['entrypoint'] }, at);
  }
}

const makeKinds: readonly FactKind[] = ['job'];

/** An image that is built here, and the Dockerfile it is built from; an image that is pushed is written. */
function builtImages(file: FileBuilder, owner: Fact, call: Call, place: TiePlace): void {
  const { at } = place;
  const plain = operands(
    call,
    /^(?:-t|--tag|-f|--file|--build-arg|--target|--platform|--cache-from|--cache-to|--label|--secret|--progress|--network|-o|--output|--builder|--ssh|--iidfile|--metadata-file)$/,
  );
  const verb = plain[0]?.text === 'buildx' || plain[0]?.text === 'image' ? plain[1]?.text : plain[0]?.text;
  if (verb === 'push') {
    for (const word of plain.slice(1)) {
      const name = bareImage(word.text);
      if (name !== undefined) file.refer(owner, 'writes', { by: 'name', kinds: ['output'], name }, at);
    }
    return;
  }
  if (verb !== 'build' && verb !== 'bud') return;
  const context = plain.at(-1);
  const named = options(call, /^(?:-f|--file)$/)[0];
  const names = options(call, /^(?:-t|--tag)$/).map((word) => word.text);
  const isRemote = context === undefined || /^[a-z+]+:\/\/|^git@/.test(context.text);
  const dockerfile = named ?? (isRemote ? undefined : { ...context, text: `${context.text}/Dockerfile` });
  sayBuild(file, owner, { names, dockerfile, folders: place.folders, scope: place.scope, at });
}

/** Names that a build gives its image, each an `output` without its tag that depends on the Dockerfile. */
export function sayBuild(
  file: FileBuilder,
  owner: Fact,
  build: {
    names: readonly string[];
    dockerfile: Word | undefined;
    folders: readonly string[];
    scope: string;
    at: Span;
  },
): void {
  const { dockerfile, folders, scope, at } = build;
  const makes: Fact[] = [];
  for (const name of new Set(build.names.map(bareImage))) {
    if (name === undefined) continue;
    const image = file.fact({ kind: 'output', scope, name, at, attributes: { rule: 'image-build', of: owner.name } });
    file.refer(owner, 'writes', { by: 'name', kinds: ['output'], name, scope }, at);
    makes.push(image);
  }
  if (dockerfile === undefined) return;
  const kinds = ['stage'] as const;
  for (const from of [owner, ...makes])
    refer(
      file,
      from,
      { word: dockerfile, kind: from === owner ? 'calls' : 'depends-on', kinds },
      { folders, here: folders, at },
    );
}

/** Values of an option, as `-f x`, `-f=x` or `--file=x`. */
function options(call: Call, name: RegExp): Word[] {
  const found: Word[] = [];
  call.args.forEach((arg, index) => {
    const next = call.args[index + 1];
    const equals = arg.text.indexOf('=');
    if (name.test(arg.text) && next !== undefined) found.push(next);
    else if (equals > 0 && name.test(arg.text.slice(0, equals)))
      found.push({ text: arg.text.slice(equals + 1), dynamic: arg.dynamic });
  });
  return found;
}

// Options of helm, kubectl and the like that take the next word.
const valued =
  /^(?:-n|--namespace|-f|--values|--filename|-k|--kustomize|--set|--set-string|--set-file|--version|--timeout|--kube-context|--context|--kubeconfig|--repo|-l|--selector|-o|--output|-i|--inventory|-e|--extra-vars|--atomic-timeout|--history-max|--description|--wait-for)$/;

function operands(call: Call, takesValue: RegExp = valued): Word[] {
  const found: Word[] = [];
  for (let at = 0; at < call.args.length; at++) {
    const arg = call.args[at] as Word;
    if (takesValue.test(arg.text)) at++;
    else if (!arg.text.startsWith('-')) found.push(arg);
  }
  return found;
}
