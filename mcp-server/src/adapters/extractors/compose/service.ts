import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { fillIn } from '../dockerfile/variables.ts';
import { usedImage } from '../images.ts';
import { childOf, entryOf, itemsOf, spanOf, textOf, truthOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { namesOf, pairsOf, pathsOf, settingsOf } from './forms.ts';

const noValues: ReadonlyMap<string, string> = new Map();
// Capabilities that are as good as being the host's root (capabilities(7)).
const hostCapabilities = /^(?:CAP_)?(?:ALL|SYS_ADMIN)$/;

/** One service: what runs, from where, with what, and whether it is limited and watched. */
export function service(file: FileBuilder, entry: YamlEntry): void {
  const { key, value } = entry;
  const get = (name: string) => childOf(value, name);
  const text = (name: string) => textOf(get(name));
  const names = (name: string) => listed(namesOf(get(name)));
  const image = text('image');
  const fact = file.fact({
    kind: 'service',
    name: key,
    at: spanOf(entry),
    attributes: {
      image,
      ports: listed(pairsOf(get('ports'))),
      dependsOn: names('depends_on'),
      volumes: listed(pairsOf(get('volumes'))),
      secrets: names('secrets'),
      networks: names('networks'),
      profiles: names('profiles'),
      user: text('user'),
      restart: text('restart'),
      replicas: textOf(childOf(get('deploy'), 'replicas')),
      privileged:
        truthOf(get('privileged')) === true || namesOf(get('cap_add')).some((name) => hostCapabilities.test(name)),
      limits: isLimited(value),
      healthcheck: isWatched(get('healthcheck')),
      extends: textOf(childOf(get('extends'), 'service')) ?? text('extends'),
    },
  });
  const imageEntry = entryOf(value, 'image');
  if (imageEntry !== undefined && image !== undefined && image !== '')
    usedImage(file, {
      reference: image,
      at: spanOf(imageEntry),
      owner: fact,
      attributes: { use: 'service', resolved: fillIn(image, noValues) },
    });
  build(file, fact, entryOf(value, 'build'));
  for (const setting of settingsOf(get('environment')))
    file.fact({
      kind: 'value',
      name: setting.name,
      at: setting.at,
      attributes: { of: fact.name, value: setting.value },
    });
  healthcheck(file, fact, entry);
  const at = { line: entry.keyLine };
  for (const name of namesOf(get('depends_on'))) toName(file, fact, 'service', name, at);
  for (const kind of ['secrets', 'configs', 'networks'] as const)
    for (const name of namesOf(get(kind))) toName(file, fact, 'resource', name, at);
  for (const { path } of pathsOf(get('env_file'))) {
    const target = resolveFrom(file.scope, path);
    if (target !== undefined) file.refer(fact, 'reads', { by: 'path', path: target }, at);
  }
}

function toName(file: FileBuilder, from: Fact, kind: 'service' | 'resource', name: string, at: { line: number }): void {
  const relation = kind === 'service' ? 'depends-on' : 'reads';
  file.refer(from, relation, { by: 'name', format: 'compose', kinds: [kind], name, scope: file.scope }, at);
}

function isLimited(service: YamlNode): boolean {
  if (['mem_limit', 'cpus', 'cpu_quota', 'pids_limit'].some((name) => entryOf(service, name) !== undefined))
    return true;
  return childOf(childOf(childOf(service, 'deploy'), 'resources'), 'limits') !== undefined;
}

function isWatched(check: YamlNode | undefined): boolean {
  if (check === undefined || truthOf(childOf(check, 'disable')) === true) return false;
  return textOf(itemsOf(childOf(check, 'test'))[0]) !== 'NONE';
}

function build(file: FileBuilder, owner: Fact, built: YamlEntry | undefined): void {
  if (built === undefined) return;
  const context = textOf(built.value) ?? textOf(childOf(built.value, 'context')) ?? '.';
  const dockerfile = textOf(childOf(built.value, 'dockerfile')) ?? 'Dockerfile';
  const folder = resolveFrom(file.scope, context);
  const path = folder === undefined ? undefined : resolveFrom(folder, dockerfile);
  if (path !== undefined) file.refer(owner, 'calls', { by: 'path', path, kinds: ['stage'] }, spanOf(built));
}

/** The check under the service's name, from where that name stands; one that several services share stands elsewhere. */
function healthcheck(file: FileBuilder, owner: Fact, { keyLine, value }: YamlEntry): void {
  const check = entryOf(value, 'healthcheck');
  if (check === undefined || !isWatched(check.value)) return;
  const test = childOf(check.value, 'test');
  const fact = file.fact({
    kind: 'check',
    name: owner.name,
    at: { line: keyLine, endLine: Math.max(keyLine, check.keyLine, check.value.endLine) },
    attributes: { command: textOf(test) ?? namesOf(test).join(' ') },
  });
  toName(file, fact, 'service', owner.name, { line: keyLine });
}

function listed(texts: readonly string[]): readonly string[] | undefined {
  return texts.length > 0 ? texts : undefined;
}
