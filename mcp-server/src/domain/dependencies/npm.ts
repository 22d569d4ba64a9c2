import { type Found, isExact } from './dependency.ts';

/** package.json: what it asks for. The lock file beside it says which version that became, and its licence. */
export function npmDependencies(path: string, text: string, lock: string | undefined): Found[] {
  const manifest = parsed(text);
  const locked = object(parsed(lock ?? '')['packages']);
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const asked = groups.flatMap((group) => Object.entries(object(manifest[group])));
  return asked.flatMap(([name, range]): Found[] => {
    if (typeof range !== 'string') return [];
    const held = object(locked[`node_modules/${name}`]);
    const version = typeof held['version'] === 'string' ? held['version'] : range;
    const licence = typeof held['license'] === 'string' ? held['license'] : '';
    return [
      {
        kind: 'package',
        name,
        version,
        // `4` and `4.1` are ranges there.
        pinned: isExact(version) && /\d\.\d+\.\d/.test(version),
        source: 'npm',
        licence,
        path,
        line: lineOf(text, name),
      },
    ];
  });
}

function lineOf(text: string, name: string): number {
  const at = text.indexOf(`${JSON.stringify(name)}:`);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return object(JSON.parse(text));
  } catch {
    return {};
  }
}

const object = (value: unknown) =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Record<string, unknown>;
