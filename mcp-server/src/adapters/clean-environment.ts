/** What every program that we run may see of the environment; policy can add names. */
const ALLOWED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'USER', 'SystemRoot'];

/** The environment of a program that we run, with the values that must not be stored. */
export function cleanEnvironment(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): { env: NodeJS.ProcessEnv; secrets: string[] } {
  const seen = [...ALLOWED, ...names].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { env: { LANG: 'C.UTF-8', ...Object.fromEntries(seen) }, secrets: names.flatMap((name) => env[name] ?? []) };
}
