import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { imageFact } from '../../../domain/extract/image-fact.ts';
import { fillIn } from '../dockerfile/variables.ts';
import type { Member, NodeReader } from './nodes.ts';

const noValues: ReadonlyMap<string, string> = new Map();
// Capabilities that are as good as being the host's root (capabilities(7)).
const hostCapabilities = /^(?:CAP_)?(?:ALL|SYS_ADMIN)$/;

/** One service: what runs, from where, with what, and whether it is limited and watched. */
export function service(file: FileBuilder, reader: NodeReader, { key, value, line, endLine }: Member): void {
  const get = (name: string) => reader.member(value, name);
  const text = (name: string) => reader.text(get(name)?.value);
  const names = (name: string) => {
    const found = reader.names(get(name)?.value);
    return found.length > 0 ? found : undefined;
  };
  const image = get('image');
  const fact = file.fact({
    kind: 'service',
    name: key,
    at: { line, endLine },
    attributes: {
      image: reader.text(image?.value),
      ports: pairs(reader, get('ports')?.value),
      dependsOn: names('depends_on'),
      volumes: pairs(reader, get('volumes')?.value),
      secrets: names('secrets'),
      networks: names('networks'),
      profiles: names('profiles'),
      user: text('user'),
      restart: text('restart'),
      replicas: reader.text(reader.member(get('deploy')?.value, 'replicas')?.value),
      privileged: text('privileged') === 'true' || (names('cap_add') ?? []).some((name) => hostCapabilities.test(name)),
      limits: isLimited(reader, get),
      healthcheck: isWatched(reader, get('healthcheck')),
      extends: reader.text(reader.member(get('extends')?.value, 'service')?.value) ?? text('extends'),
    },
  });
  const referred = reader.text(image?.value);
  if (image !== undefined && referred !== undefined && referred !== '')
    imageFact(file, referred, image, { use: 'service', resolved: fillIn(referred, noValues) });
  build(file, reader, fact, get('build'));
  environment(file, reader, fact, get('environment'));
  healthcheck(file, reader, fact, { line, healthcheck: get('healthcheck') });
  for (const name of names('depends_on') ?? []) toName(file, fact, 'service', name, line);
  for (const kind of ['secrets', 'configs', 'networks'] as const)
    for (const name of names(kind) ?? []) toName(file, fact, 'resource', name, line);
  for (const path of [
    ...(names('env_file') ?? []),
    ...(text('env_file') === undefined ? [] : [text('env_file') as string]),
  ]) {
    const target = resolveFrom(file.scope, path);
    if (target !== undefined) file.refer(fact, 'reads', { by: 'path', path: target }, { line });
  }
}

function toName(file: FileBuilder, from: Fact, kind: 'service' | 'resource', name: string, line: number): void {
  const relation = kind === 'service' ? 'depends-on' : 'reads';
  file.refer(from, relation, { by: 'name', format: 'compose', kinds: [kind], name, scope: file.scope }, { line });
}

/** Short forms as written; long ones as `published:target` or `source:target`. */
function pairs(reader: NodeReader, node: unknown): string[] | undefined {
  const found = reader.items(node).flatMap(({ value }) => {
    const short = reader.text(value);
    if (short !== undefined) return [short];
    const part = (name: string) => reader.text(reader.member(value, name)?.value);
    const from = part('published') ?? part('source');
    const target = part('target');
    return target === undefined ? [] : [from === undefined ? target : `${from}:${target}`];
  });
  return found.length > 0 ? found : undefined;
}

function isLimited(reader: NodeReader, get: (name: string) => Member | undefined): boolean {
  if (['mem_limit', 'cpus', 'cpu_quota', 'pids_limit'].some((name) => get(name) !== undefined)) return true;
  const resources = reader.member(get('deploy')?.value, 'resources');
  return reader.member(resources?.value, 'limits') !== undefined;
}

function isWatched(reader: NodeReader, check: Member | undefined): boolean {
  if (check === undefined || reader.text(reader.member(check.value, 'disable')?.value) === 'true') return false;
  return reader.names(reader.member(check.value, 'test')?.value)[0] !== 'NONE';
}

function build(file: FileBuilder, reader: NodeReader, owner: Fact, built: Member | undefined): void {
  if (built === undefined) return;
  const context = reader.text(built.value) ?? reader.text(reader.member(built.value, 'context')?.value) ?? '.';
  const dockerfile = reader.text(reader.member(built.value, 'dockerfile')?.value) ?? 'Dockerfile';
  const folder = resolveFrom(file.scope, context);
  const path = folder === undefined ? undefined : resolveFrom(folder, dockerfile);
  if (path !== undefined) file.refer(owner, 'calls', { by: 'path', path, kinds: ['stage'] }, built);
}

function environment(file: FileBuilder, reader: NodeReader, owner: Fact, list: Member | undefined): void {
  if (list === undefined) return;
  const say = (name: string, value: string | undefined, at: { line: number; endLine: number }) =>
    file.fact({ kind: 'value', name, at, attributes: { of: owner.name, value } });
  for (const { key, value, line, endLine } of reader.members(list.value))
    say(key, reader.text(value), { line, endLine });
  for (const { value, line, endLine } of reader.items(list.value)) {
    const pair = reader.text(value) ?? '';
    const equals = pair.indexOf('=');
    if (pair !== '')
      say(equals < 0 ? pair : pair.slice(0, equals), equals < 0 ? undefined : pair.slice(equals + 1), {
        line,
        endLine,
      });
  }
}

/** The check under the service's name, from where that name stands. */
function healthcheck(
  file: FileBuilder,
  reader: NodeReader,
  owner: Fact,
  { line, healthcheck: check }: { line: number; healthcheck: Member | undefined },
): void {
  if (check === undefined || !isWatched(reader, check)) return;
  const test = reader.member(check.value, 'test');
  const command = reader.text(test?.value) ?? reader.names(test?.value).join(' ');
  const fact = file.fact({
    kind: 'check',
    name: owner.name,
    at: { line, endLine: check.endLine },
    attributes: { command },
  });
  toName(file, fact, 'service', owner.name, line);
}
