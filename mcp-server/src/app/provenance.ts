import type { Component } from '../domain/artifact/design.ts';
import { filesOf } from '../domain/build/manifest.ts';
import { isBuilt } from '../domain/build/order.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import {
  type Provenance,
  provenanceEvents,
  provenanceText,
  readProvenance,
  type Writer,
  writerText,
} from '../domain/provenance/provenance.ts';
import { append } from './append.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';
import { evidenceText } from './recorded.ts';

/** Records who wrote the files of a component, as far as anybody knows; nothing new where its files are as recorded. */
export async function recordProvenance(ports: Ports, id: string, componentId: string, actor: Actor): Promise<void> {
  const loaded = load(ports, id);
  const component = loaded.state.design?.components.find((one) => one.id === componentId);
  if (component === undefined || !isBuilt(component)) return;
  const files = filesOf(component, loaded.read.workspace);
  const known = new Map(filesBefore(ports, loaded, component).map((file) => [`${file.path} ${file.sha256}`, file]));
  if (files.length === 0 || (files.length === known.size && files.every((file) => known.has(keyOf(file))))) return;
  const fresh = files.filter((file) => !known.has(keyOf(file)));
  const written = await writersOf(ports, loaded, component, fresh, actor);
  const task = `TSK-${component.id.slice('CMP-'.length)}.1`;
  const evidence = ports.deliveries.storeEvidence(
    id,
    provenanceText({
      schema: 'countersign/provenance@1',
      component: component.id,
      task,
      plugin: ports.version,
      files: files.map((file) => known.get(keyOf(file)) ?? written.get(file.path)!),
    }),
    'json',
  );
  append(ports, id, () => ({
    type: 'built',
    actor,
    body: { task, component: component.id, files: files.length, evidence },
  }));
}

const keyOf = ({ path, sha256 }: Frozen) => `${path} ${sha256}`;

function filesBefore(ports: Ports, { read }: Loaded, component: Component): Provenance['files'] {
  const event = provenanceEvents(read.ledger).get(component.id);
  return readProvenance(event && evidenceText(ports, read.id, event.body.evidence))?.files ?? [];
}

async function writersOf(
  ports: Ports,
  { read }: Loaded,
  component: Component,
  files: readonly Frozen[],
  actor: Actor,
): Promise<Map<string, Provenance['files'][number]>> {
  const paths = files.map((file) => file.path);
  const seen = ports.writes.last(paths);
  const head = await ports.repository.head();
  const committed = head === undefined ? new Map<string, string>() : await ports.commits.hashesAt(head, paths);
  const starter = eventsOf(read.ledger, 'started').findLast((event) => event.body.component === component.id)?.actor;
  const result = new Map<string, Provenance['files'][number]>();
  for (const { path, sha256 } of files) {
    const [commit] = committed.get(path) === sha256 ? await ports.repository.commits(path) : [];
    const write = seen.get(path);
    const by: Writer =
      write !== undefined
        ? {
            kind: 'agent',
            name: actor.kind === 'agent' ? actor.name : 'agent',
            agent: write.agent,
            model: write.model,
            known: 'guard',
          }
        : commit !== undefined
          ? { ...nobody, kind: 'human', name: commit.author, known: 'commit' }
          : { ...nobody, ...claim(starter ?? actor), known: starter === undefined ? 'check' : 'task' };
    result.set(path, { path, sha256, by, commit: commit?.hash ?? null });
  }
  return result;
}

const nobody = { agent: '', model: '' };
const claim = ({ kind, name }: Actor) => ({ kind, name });

/** Who wrote each file as it is recorded, in words, by `path sha256`. */
export function recordedWriters(ports: Ports, { read }: Loaded): Map<string, string> {
  const writers = new Map<string, string>();
  for (const event of provenanceEvents(read.ledger).values()) {
    const provenance = readProvenance(evidenceText(ports, read.id, event.body.evidence));
    for (const file of provenance?.files ?? []) writers.set(keyOf(file), writerText(file.by, provenance!.task));
  }
  return writers;
}
