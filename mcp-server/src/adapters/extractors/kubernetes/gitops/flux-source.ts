import { isPinnedRange } from '../../helm/version-range.ts';
import { childOf, itemsOf, textOf } from '../../yaml/node.ts';
import { at } from '../object.ts';
import { type DeliveryKind, folderIn, sourceCoupling } from './delivery.ts';

const ties: { readonly [kind: string]: string } = {
  GitRepository: 'git-repository',
  HelmRepository: 'helm-repository',
  OCIRepository: 'registry',
  Bucket: 'bucket',
};

/** Where Flux fetches from (fluxcd.io/flux/components/source): a repository, a registry, a bucket, at a branch, tag or digest. */
export const fluxSource: DeliveryKind = {
  group: 'source.toolkit.fluxcd.io',
  kinds: ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'HelmChart'],
  attributes({ root, kind }) {
    const ref = at(root, 'spec', 'ref');
    const given = ['commit', 'digest', 'tag', 'semver', 'name', 'branch'].find((key) => textOf(childOf(ref, key)));
    const version = textOf(childOf(ref, given ?? '')) ?? textOf(at(root, 'spec', 'version'));
    return {
      url: textOf(at(root, 'spec', 'url')) ?? textOf(at(root, 'spec', 'endpoint')),
      chart: textOf(at(root, 'spec', 'chart')),
      version,
      versionFrom: given,
      // A repository of one's own is meant to be followed; what others publish is not.
      pinned: kind === 'OCIRepository' ? isPinnedRange(version) : undefined,
      secret: textOf(at(root, 'spec', 'secretRef', 'name')),
      suspend: textOf(at(root, 'spec', 'suspend')) === 'true' || undefined,
    };
  },
  say(file, { root, kind }, fact) {
    sourceCoupling(file, fact, at(root, 'spec', 'url'), ties[kind] ?? 'source');
  },
};

/** Which folders of a source make an artifact that others take as theirs: `from -> to`, both as folders. */
export const artifactGenerator: DeliveryKind = {
  group: 'source.extensions.fluxcd.io',
  kinds: ['ArtifactGenerator'],
  attributes({ root }) {
    const copies = itemsOf(at(root, 'spec', 'artifacts')).flatMap((artifact) =>
      itemsOf(childOf(artifact, 'copy')).flatMap((copy) => {
        const name = textOf(childOf(artifact, 'name'));
        const from = folderOf(textOf(childOf(copy, 'from')));
        const to = folderOf(textOf(childOf(copy, 'to')));
        return name === undefined || from === undefined || to === undefined ? [] : [`${name}: ${from} -> ${to}`];
      }),
    );
    return { copies: copies.length === 0 ? undefined : copies };
  },
  say() {},
};

/** `@alias/apps/**` and `@artifact/apps/` are both the folder apps. */
function folderOf(text: string | undefined): string | undefined {
  return folderIn(text?.replace(/^@[^/]*/, '').replace(/\/\*\*$/, '/'));
}
