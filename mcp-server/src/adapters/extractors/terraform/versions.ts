/** Whether a version constraint has an upper bound (Terraform, Version Constraints): exact, `~>`, `<` or `<=`. */
export function isBounded(constraint: string): boolean {
  return constraint.split(',').some((part) => /^\s*(?:=|~>|<|v?\d)/.test(part));
}

/** Where a module comes from. */
export interface ModuleSource {
  kind: 'local' | 'registry' | 'git' | 'archive' | 'dynamic';
  /** What is depended on, without version, credentials and subfolder. */
  system: string;
  /** The ref that a git source asks for. */
  ref?: string;
}

const movingRefs = /^(?:main|master|develop|dev|trunk|head|latest|stable|release)$/i;

/** Reads a module's source (Terraform, Module Sources). Only its ref may hold a template: then it is known where it comes from. */
export function moduleSource(source: string): ModuleSource {
  if (source.replace(/\?.*$/s, '').includes('${')) return { kind: 'dynamic', system: source };
  if (/^\.{1,2}(?:\/|\\|$)/.test(source) || source.startsWith('/')) return { kind: 'local', system: source };
  const ref = /[?&](?:ref|rev|tag|digest)=([^&]+)/.exec(source)?.[1];
  const bare = source
    .replace(/\?.*$/s, '')
    .replace(/^(?:git|hg|s3|gcs)::/, '')
    .replace(/^[a-z+]+:\/\//, '');
  const isGit = /^git::|^git@|\.git(?:\/|$)|^(?:github|gitlab|bitbucket)\.(?:com|org)[/:]/.test(source);
  if (isGit || /^(?:hg|s3|gcs)::|:\/\//.test(source)) {
    const system = bare
      .replace(/\/\/.*$/s, '')
      .replace(/^[^@/]*@/, '')
      .replace(/\.git$/, '')
      .replace(':', '/');
    return { kind: isGit ? 'git' : 'archive', system, ...(ref === undefined ? {} : { ref }) };
  }
  return { kind: 'registry', system: bare.replace(/\/\/.*$/s, '') };
}

/** Whether a module's version is fixed; undefined where that has no meaning (local) or cannot be known (dynamic). */
export function isPinnedModule(source: ModuleSource, version: string | undefined): boolean | undefined {
  if (source.ref?.includes('${')) return undefined;
  switch (source.kind) {
    case 'registry':
      return version !== undefined && isBounded(version);
    case 'git':
      return source.ref !== undefined && !movingRefs.test(source.ref);
    case 'archive':
      return source.ref !== undefined ? !movingRefs.test(source.ref) : /\d+\.\d+/.test(source.system);
    default:
      return undefined;
  }
}
