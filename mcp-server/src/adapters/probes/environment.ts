import { delimiter, isAbsolute, relative, sep } from 'node:path';

/** What every program of a probe sees of the environment: where things are and how to get out, no credentials. */
const ALLOWED = [
  'HOME',
  'USER',
  'TMPDIR',
  'SystemRoot',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'XDG_CONFIG_HOME',
];

/**
 * The environment of a probe's programs.
 *
 * @param names further variables that the probe declares
 * @param root the project: programs that lie in it are not taken for the machine's own
 */
export function probeEnvironment(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
  root: string,
): Record<string, string> {
  const path = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder) && isOutside(folder, root));
  const kept = [...ALLOWED, ...names].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
}

function isOutside(folder: string, root: string): boolean {
  const below = relative(root, folder);
  return below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
}
