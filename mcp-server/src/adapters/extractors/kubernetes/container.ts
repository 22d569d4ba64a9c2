import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { AttributeValue, Fact } from '../../../domain/extract/contract.ts';
import { usedImage } from '../images.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { at, names, plainMap } from './object.ts';

export const probeKeys = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

/** A container: its image as a fact that the workload depends on, each probe as a check of the workload. */
export function containerFacts(file: FileBuilder, owner: Fact, container: YamlNode): void {
  const name = textOf(childOf(container, 'name'));
  const image = entryOf(container, 'image');
  const reference = textOf(image?.value);
  if (image !== undefined && reference !== undefined) {
    usedImage(file, { reference, at: spanOf(image), owner });
  }
  for (const key of probeKeys) {
    const probe = entryOf(container, key);
    if (probe === undefined || probe.value.kind !== 'map') continue;
    const check = file.fact({
      kind: 'check',
      name: key,
      at: spanOf(probe),
      attributes: { rule: 'probe', workload: owner.name, container: name, ...probeAttributes(probe.value) },
    });
    file.refer(check, 'reads', { by: 'name', kinds: [owner.kind], name: owner.name, scope: file.scope }, spanOf(probe));
  }
}

/** What a container is allowed and given, for the attributes of its workload; what is not said is left out. */
export function containerSummary(container: YamlNode): { [key: string]: AttributeValue } {
  const context = childOf(container, 'securityContext');
  const env = names(childOf(container, 'env'), 'name');
  const ports = itemsOf(childOf(container, 'ports')).flatMap((port) => textOf(childOf(port, 'containerPort')) ?? []);
  const added = itemsOf(at(context, 'capabilities', 'add')).flatMap((item) => textOf(item) ?? []);
  const said: { [key: string]: AttributeValue | undefined } = {
    name: textOf(childOf(container, 'name')),
    image: textOf(childOf(container, 'image')),
    limits: plainMap(at(container, 'resources', 'limits')),
    requests: plainMap(at(container, 'resources', 'requests')),
    // Names alone: a value may be a secret.
    env: env.length === 0 ? undefined : env,
    ports: ports.length === 0 ? undefined : ports,
    capabilities: added.length === 0 ? undefined : added,
    privileged: truthOf(childOf(context, 'privileged')),
    runAsNonRoot: truthOf(childOf(context, 'runAsNonRoot')),
    readOnlyRootFilesystem: truthOf(childOf(context, 'readOnlyRootFilesystem')),
    allowPrivilegeEscalation: truthOf(childOf(context, 'allowPrivilegeEscalation')),
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function probeAttributes(probe: YamlNode) {
  const how = ['httpGet', 'tcpSocket', 'exec', 'grpc'].find((key) => childOf(probe, key) !== undefined);
  const timing = entriesOf(probe).filter((entry) => /Seconds$|Threshold$/.test(entry.key));
  return {
    method: how,
    path: textOf(at(probe, 'httpGet', 'path')),
    port: textOf(at(probe, how ?? '', 'port')),
    ...Object.fromEntries(timing.map((entry) => [entry.key, textOf(entry.value) ?? ''])),
  };
}
