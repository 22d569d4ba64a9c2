import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import type { ModuleCall } from './module.ts';
import { systemOfCollection, systemOfModule } from './modules.ts';
import { referToFile, referToRole } from './paths.ts';

/** The systems, files, roles and handlers that a task is tied to. */
export function sayTies(
  reading: Reading,
  task: YamlNode,
  fact: Fact,
  module: ModuleCall,
  targets: readonly string[],
): void {
  const { file } = reading;
  const at = { line: task.line, endLine: task.endLine };
  const onModule = spanOf(module.entry);
  const system = systemOfModule(module.full);
  if (system !== undefined && module.full.includes('.'))
    file.couple({ system, class: 'collection', swap: 'rewrite', at: onModule, consumers: [fact] });
  for (const target of targets) sayIncluded(reading, fact, module, target);
  sayFiles(reading, fact, module);
  for (const handler of textsOf(childOf(task, 'notify')))
    file.refer(
      fact,
      'calls',
      { by: 'name', format: 'ansible', kinds: ['handler'], name: handler.trim(), scope: file.scope },
      at,
    );
  if (module.name === 'uri' || module.name === 'win_uri' || module.name === 'get_url') sayHost(reading, fact, module);
  const delegate = entryOf(task, 'delegate_to');
  const host = textOf(delegate?.value);
  if (
    delegate !== undefined &&
    host !== undefined &&
    /^[\w.-]+$/.test(host) &&
    !/^(?:localhost|127\.0\.0\.1)$/.test(host)
  )
    file.couple({ system: host, class: 'host', swap: 'rename', at: spanOf(delegate), consumers: [fact] });
  sayConnection(reading, childOf(task, 'vars'), fact);
}

function sayIncluded(reading: Reading, fact: Fact, module: ModuleCall, target: string): void {
  const at = spanOf(module.entry);
  if (/^(?:include|include_tasks|import_tasks)$/.test(module.name))
    referToFile(reading, fact, 'includes', 'tasks', target, at, ['task', 'handler', 'phase']);
  else if (module.name === 'include_vars')
    referToFile(reading, fact, 'reads', 'vars', target, at, ['value', 'input', 'data']);
  else referToRole(reading, fact, 'calls', target, at);
}

function sayFiles(reading: Reading, fact: Fact, module: ModuleCall): void {
  const at = spanOf(module.entry);
  const { name } = module;
  const source = module.argument('src');
  if (/^(?:win_)?template$/.test(name) && source !== undefined)
    referToFile(reading, fact, 'reads', 'templates', source, at, ['data']);
  if (name === 'script') {
    const script = /^\S+/.exec(module.freeForm ?? module.argument('cmd') ?? '')?.[0];
    if (script !== undefined) referToFile(reading, fact, 'calls', 'files', script, at, ['entrypoint']);
  }
  if (/^(?:win_)?copy$/.test(name) && source !== undefined && /\.(?:sh|yml|yaml|service|conf)$/.test(source))
    referToFile(reading, fact, 'reads', 'files', source, at);
}

/**
 * The host of an address. Of one that is filled in, the domain behind what is filled in (`cp-{{ region }}.example.com` is `example.com`);
 * where there is none, the variable that it begins with.
 */
export function hostOf(url: string): string | undefined {
  const host = /^\s*(?:https?:\/\/)?(?:[^/@\s{}]*@)?((?:\{\{[^{}]*\}\}|[\w.-])+)/.exec(url)?.[1] ?? '';
  if (!host.includes('{{')) return /^\s*https?:/.test(url) ? host || undefined : undefined;
  const domain = /\}\}[\w-]*\.((?:[\w-]+\.)+[a-z]{2,})$/i.exec(host)?.[1];
  return domain ?? /\{\{\s*([A-Za-z_]\w*)/.exec(host)?.[1];
}

function sayHost(reading: Reading, fact: Fact, module: ModuleCall): void {
  const url = module.argument('url') ?? module.freeForm ?? '';
  const at = spanOf(module.entry);
  const system = hostOf(url);
  if (system === undefined || /^(?:localhost|127\.0\.0\.1|item|ansible_\w+|inventory_hostname)$/.test(system)) return;
  const isCall = module.name !== 'get_url';
  reading.file.couple({
    system,
    class: isCall ? 'api' : 'host',
    swap: isCall ? 'rewrite' : 're-parameterise',
    at,
    consumers: [fact],
  });
}

/** Ties by how hosts are reached: `ansible_connection`, `ansible_network_os`, among any variables. */
export function sayConnection(reading: Pick<Reading, 'file'>, vars: YamlNode | undefined, consumer?: Fact): void {
  for (const entry of entriesOf(vars)) {
    const text = textOf(entry.value);
    if (text === undefined || text.includes('{{')) continue;
    const consumers = consumer === undefined ? [] : [consumer];
    const at = spanOf(entry);
    if (entry.key === 'ansible_network_os')
      reading.file.couple({ system: networkOs(text), class: 'network-os', swap: 're-parameterise', at, consumers });
    if (entry.key === 'ansible_connection') {
      const system = connectionSystem(text);
      if (system !== undefined)
        reading.file.couple({ system, class: 'connection', swap: 're-parameterise', at, consumers });
    }
  }
}

/** `cisco.ios.ios` and the older `ios` alike. */
function networkOs(text: string): string {
  const parts = text.split('.');
  if (parts.length >= 2) return systemOfCollection(parts.slice(0, 2).join('.')) ?? text;
  return systemOfModule(`${old[text] ?? ''}.${text}`) ?? text;
}

const old: { readonly [os: string]: string } = {
  ios: 'cisco.ios',
  nxos: 'cisco.nxos',
  iosxr: 'cisco.iosxr',
  asa: 'cisco.asa',
  eos: 'arista.eos',
  junos: 'junipernetworks.junos',
  vyos: 'vyos.vyos',
};

/** The system that a connection plug-in speaks to; undefined for SSH and the local machine. */
export function connectionSystem(connection: string): string | undefined {
  const name = connection.slice(connection.lastIndexOf('.') + 1);
  if (/^(?:ssh|smart|local|paramiko|paramiko_ssh|libssh|network_cli|netconf|httpapi|persistent)$/.test(name))
    return undefined;
  if (/^(?:winrm|psrp)$/.test(name)) return 'windows';
  if (name === 'aws_ssm') return 'aws';
  return /^kubectl|^k8s/.test(name) ? 'kubernetes' : name;
}
