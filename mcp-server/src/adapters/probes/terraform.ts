import { join } from 'node:path';
import * as z from 'zod';
import { factId } from '../../domain/feasibility/fact-id.ts';
import { type Asked, type Call, defineProbe, type Hands, isRefusal, type Target } from './probe.ts';

const schemas = z.object({
  provider_schemas: z
    .record(z.string(), z.object({ resource_schemas: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
});
const programs = ['terraform', 'tofu'] as const;

/** What is read of a module: the lock file's providers, and those that the module asks for; the text is never executed. */
const LOCKED = /^provider "([^"\n]{1,200})" \{\s{0,20}version\s{0,20}= "([^"\n]{1,60})"/gm;
const REQUIRED = /\bsource\s{0,20}=\s{0,20}"((?:[\w.-]{1,80}\/){1,2}[\w.-]{1,80})"/g;

const set = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
const callsOf = (program: string): [string, Call][] => [
  [program, { run: [program, '-chdir={folder}', 'providers', 'schema', '-json'], set }],
  // Addresses alone: what a state holds of its resources is not printed.
  [`${program}-state`, { run: [program, '-chdir={folder}', 'state', 'list'], set }],
];

/** Providers of the project's modules; what they offer, and what is in a state, only in folders that policy names. */
export const terraform = defineProbe({
  name: 'terraform',
  answers:
    'providers that modules ask for and have locked, resource types of those that may be started, addresses in states',
  needs: 'lock files in the project; terraform or tofu and probes.terraform for resource types and states',
  strips: 'values and variables: they are not read',
  calls: Object.fromEntries(programs.flatMap(callsOf)),
  targets(around) {
    const { root, list, settings } = around;
    const folders = [
      '.',
      ...list(root).map((name) => name),
      ...under(around, 'modules'),
      ...under(around, 'environments'),
    ];
    const modules = folders.filter((folder) => list(join(root, folder)).some((name) => /\.(?:tf|tofu)$/.test(name)));
    const { schemas: offered, states } = settings.terraform;
    if (modules.length + offered.length + states.length === 0)
      return { outcome: 'not-probed', reason: 'there is no module in the project' };
    return [
      ...modules.map((folder): Target => ({ id: factId('terraform', 'module', folder), values: { module: folder } })),
      ...offered.map((folder): Target => {
        return { id: factId('terraform', 'schema', folder), values: { folder: join(root, folder) } };
      }),
      ...states.map((folder): Target => {
        return { id: factId('terraform', 'state', folder), values: { folder: join(root, folder), state: folder } };
      }),
    ];
  },
  look(target, hands) {
    const { module: own, state } = target.values!;
    if (own !== undefined) return module(target, hands);
    return state === undefined ? schema(target, hands) : stateOf(target, hands);
  },
});

function under({ root, list }: { root: string; list: (path: string) => string[] }, folder: string): string[] {
  return list(join(root, folder)).map((name) => `${folder}/${name}`);
}

function module({ id, values }: Target, { found, read, root }: Hands): void {
  const folder = join(root, values!['module']!);
  const locked = [...(read(join(folder, '.terraform.lock.hcl')) ?? '').matchAll(LOCKED)];
  found({ id, kind: 'work', outcome: 'present', offers: [values!['module']!] });
  for (const [, address, version] of locked)
    found({
      id: factId('terraform', 'provider', nameOf(address!)),
      kind: 'client',
      outcome: 'present',
      version: version!,
    });
  const asked = ['versions.tf', 'main.tf', 'providers.tf', 'terraform.tf', 'versions.tofu', 'main.tofu'].flatMap(
    (name) => [...(read(join(folder, name)) ?? '').matchAll(REQUIRED)].map((match) => nameOf(match[1]!)),
  );
  const known = new Set(locked.map(([, address]) => nameOf(address!)));
  for (const name of new Set(asked))
    if (!known.has(name) && name.split('/').length === 2)
      found({
        id: factId('terraform', 'provider', name),
        kind: 'client',
        outcome: 'not-probed',
        reason: 'a module asks for it, and no lock file says which version was chosen',
      });
}

async function schema({ id, values }: Target, { ask, found }: Hands): Promise<void> {
  const answer = await oneOf((program) => ask(program, schemas, { values: values! }));
  if (isRefusal(answer)) return found({ id, kind: 'client', ...answer });
  for (const [address, { resource_schemas: types = {} }] of Object.entries(answer.value.provider_schemas ?? {}))
    found({ id: `${id}/${factId(nameOf(address))}`, kind: 'client', outcome: 'present', offers: Object.keys(types) });
}

async function stateOf({ id, values }: Target, { text, found }: Hands): Promise<void> {
  const answer = await oneOf((program) => text(`${program}-state`, { values: values! }));
  if (isRefusal(answer)) return found({ id, kind: 'resource', ...answer });
  const offers = answer.value.split('\n').filter((line) => line.trim() !== '');
  if (offers.length === 0) return found({ id, kind: 'resource', outcome: 'absent', reason: 'the state holds nothing' });
  found({ id, kind: 'resource', outcome: 'present', offers });
}

/** The answer of the first program that is installed. */
async function oneOf<T>(ask: (program: string) => Promise<Asked<T>>): Promise<Asked<T>> {
  const first = await ask(programs[0]);
  return isRefusal(first) && first.reason.endsWith('is not installed') ? ask(programs[1]) : first;
}

/** The registry's host says nothing of what a provider is for. */
const nameOf = (address: string) => address.split('/').slice(-2).join('/');
