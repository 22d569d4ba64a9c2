/** Something from elsewhere that the delivered files bring in. */
export interface Dependency {
  kind: 'image' | 'module' | 'provider' | 'collection' | 'role' | 'chart' | 'action' | 'package';
  name: string;
  /** As the file has it: a version, a range, a tag or a digest; empty where it says none. */
  version: string;
  /** Whether that fixes it; null where a variable decides. */
  pinned: boolean | null;
  /** Registry, repository or package manager. */
  source: string;
  /** Where a file of the delivery says it; else empty. */
  licence: string;
  path: string;
  line: number;
  /** The component whose file it stands in. */
  component: string;
  /** Whether the design names it anywhere. */
  designed: boolean;
}

/** What a reader of one kind of file says; the rest follows from place and design. */
export type Found = Omit<Dependency, 'component' | 'designed'>;

/** A version that is one version and no range, as `1.x` is. */
export const isExact = (version: string) =>
  /^(?:==?\s*)?v?\d[\w.+:~-]*$/.test(version.trim()) && !/\.[xX](?:\.|$)/.test(version.trim());
