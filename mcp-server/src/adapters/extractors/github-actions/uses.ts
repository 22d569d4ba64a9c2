import { type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { sayBuild } from '../shell/path-ties.ts';
import { childOf, entriesOf, entryOf, spanOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';

/** `owner/repo/path@ref`, `./path`, `docker://image`. */
export interface ActionReference {
  kind: 'local' | 'remote' | 'docker';
  /** Path for a local one, `owner/repo[/path]` for a remote one, the image for docker. */
  target: string;
  owner?: string;
  ref?: string;
  /** A full commit hash: the one ref that cannot move; undefined for local ones. */
  pinned?: boolean;
}

export function readUses(text: string): ActionReference {
  if (text.startsWith('./') || text.startsWith('../')) return { kind: 'local', target: text };
  if (text.startsWith('docker://')) {
    const target = text.slice('docker://'.length);
    return { kind: 'docker', target, pinned: target.includes('@sha256:') };
  }
  const at = text.lastIndexOf('@');
  const target = at < 0 ? text : text.slice(0, at);
  const ref = at < 0 ? '' : text.slice(at + 1);
  return {
    kind: 'remote',
    target,
    owner: target.split('/')[0] ?? target,
    ref,
    pinned: /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(ref),
  };
}

const changes =
  /(?:^|[^a-z])(?:deploy(?:ment)?s?|publish|releases?|push|apply|sync|create|upload-release|provision|destroy|delete|rollout)(?:$|[^a-z])/;

/** What an action does to the world, as far as its name says. */
export function effectOf(reference: ActionReference, inputs: YamlNode | undefined): 'write' | undefined {
  if (reference.kind !== 'remote') return undefined;
  // Builds that do not push leave the world as it is.
  if (/build-push-action$|kaniko/.test(reference.target))
    return truthOf(childOf(inputs, 'push')) === true ? 'write' : undefined;
  const name = reference.target.slice((reference.owner ?? '').length).toLowerCase();
  return changes.test(name) && !/setup-|download|-info\b/.test(name) ? 'write' : undefined;
}

/** Inputs of actions that by convention name a file or folder of the repository. */
const pathInputs =
  /^(?:playbook|chart|chart[-_]path|chart[-_]dir|manifests?|manifest[-_]path|kustomization|overlay|inventory|var[-_]file|values?[-_]files?|working[-_]directory|tf[-_]?(?:path|dir|directory|actions_working_dir)|terraform[-_](?:directory|dir|path)|script[-_]?(?:path|file)?|compose[-_]file|template(?:[-_]file)?|task-definition)$/i;

/** Ties of a `uses:` step or job: to the action or workflow, and to the files that its inputs name. */
export function usesTies(
  file: FileBuilder,
  owner: Fact,
  uses: { reference: ActionReference; at: Span; inputs: YamlNode | undefined; folder: string },
): void {
  const { reference, at, inputs, folder } = uses;
  if (reference.kind === 'local') {
    const path = resolveFrom('.', reference.target);
    if (path === undefined) return;
    const targets = /\.ya?ml$/.test(path) ? [path] : [`${path}/action.yml`, `${path}/action.yaml`];
    for (const target of targets) file.refer(owner, 'calls', { by: 'path', path: target, kinds: ['workflow'] }, at);
  } else if (reference.owner !== undefined) {
    file.couple({ system: reference.owner, class: 'action', swap: 'rewrite', at, consumers: [owner] });
  }
  for (const entry of entriesOf(inputs)) {
    const text = textOf(entry.value);
    if (!pathInputs.test(entry.key) || text === undefined) continue;
    for (const word of text.split(/[\s,]+/)) {
      const path = word === '' || word.includes('${{') ? undefined : resolveFrom(folder, word);
      if (path === undefined) continue;
      file.refer(owner, 'calls', { by: 'path', path }, spanOf(entry));
      if (/^chart/i.test(entry.key))
        file.refer(owner, 'calls', { by: 'path', path: `${path}/Chart.yaml` }, spanOf(entry));
    }
  }
  if (/build-push-action$|docker-build|kaniko|buildah-build/.test(reference.target)) imageBuild(file, owner, uses);
}

function imageBuild(
  file: FileBuilder,
  owner: Fact,
  { at, inputs, folder }: { at: Span; inputs: YamlNode | undefined; folder: string },
): void {
  const context = textOf(childOf(inputs, 'context')) ?? '.';
  const named = textOf(childOf(inputs, 'file')) ?? textOf(childOf(inputs, 'dockerfile'));
  const text = named ?? `${context}/Dockerfile`;
  const tags = entryOf(inputs, 'tags');
  // An expression is one word, and alone it names nothing that could be cited.
  const names = (textOf(tags?.value) ?? '')
    .replace(/\$\{\{([^}]*)\}\}/g, (_all, inner: string) => `\${{${inner.trim().replace(/\s+/g, '')}}}`)
    .split(/[\s,]+/)
    .filter((tag) => tag !== '' && !/^\$\{\{[^}]*\}\}$/.test(tag));
  sayBuild(file, owner, {
    names,
    dockerfile: { text, dynamic: text.includes('${{') },
    folders: [folder],
    scope: owner.scope,
    at: tags === undefined ? at : spanOf(tags),
  });
}
