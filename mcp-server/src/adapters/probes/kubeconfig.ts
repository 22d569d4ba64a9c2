import { delimiter, join } from 'node:path';
import * as z from 'zod';
import type { Surroundings } from './probe.ts';
import { yamlIn } from './yaml.ts';

const named = <T extends z.ZodRawShape>(shape: T) => z.array(z.object({ name: z.string(), ...shape })).nullish();
const userSchema = z.object({ exec: z.unknown().optional(), 'auth-provider': z.unknown().optional() }).nullish();
/** What is read of a kubeconfig (kubernetes.io, "Organizing Cluster Access Using kubeconfig Files"); never a credential. */
const schema = z.object({
  'current-context': z.string().nullish(),
  contexts: named({ context: z.object({ user: z.string().nullish(), namespace: z.string().nullish() }).nullish() }),
  users: named({ user: userSchema }),
});

export interface Context {
  name: string;
  /** The program that it would start to log in, or a plug-in of old; undefined where there is none. */
  starts: string | undefined;
}

export interface Kubeconfig {
  current: string | undefined;
  contexts: Context[];
}

/**
 * The contexts of the files that KUBECONFIG names, else of ~/.kube/config; the first file that defines a name wins, as in
 * kubectl. Undefined when there is no file that can be read.
 */
export function readKubeconfig({ env, home, read }: Surroundings): Kubeconfig | undefined {
  const named = (env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean);
  const paths = named.length > 0 ? named : [join(home, '.kube', 'config')];
  const files = paths.flatMap((path) => {
    const text = read(path);
    const parsed = text === undefined ? undefined : schema.safeParse(yamlIn(text));
    return parsed?.success ? [parsed.data] : [];
  });
  if (files.length === 0) return undefined;
  const users = new Map<string, string | undefined>();
  for (const { users: some } of files)
    for (const { name, user } of some ?? []) if (!users.has(name)) users.set(name, startedBy(user));
  const contexts = new Map<string, Context>();
  for (const { contexts: some } of files)
    for (const { name, context } of some ?? [])
      if (!contexts.has(name)) contexts.set(name, { name, starts: users.get(context?.user ?? '') });
  const current = files.map((file) => file['current-context']).find(Boolean);
  return { current: current ?? undefined, contexts: [...contexts.values()] };
}

function startedBy(user: z.infer<typeof userSchema>): string | undefined {
  if (user?.exec !== undefined && user.exec !== null) {
    const { command } = user.exec as { command?: unknown };
    return typeof command === 'string' ? command : 'a program';
  }
  return user?.['auth-provider'] === undefined || user['auth-provider'] === null ? undefined : 'an auth-provider';
}
