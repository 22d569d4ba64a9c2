import { mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExtractPorts, SourceTree } from '../../app/ports/extraction.ts';
import { inputFault } from '../../domain/fault.ts';
import { factId } from '../../domain/feasibility/fact-id.ts';
import type { ProbeSettings } from '../../domain/policy/probes.ts';
import { writeAtomic } from '../atomic.ts';
import { findTranscript, sessionTree } from '../session-transcripts.ts';

/** Something to extract that is no path: a session of the client, or a running platform that policy names. */
export interface NamedSource {
  /** Where it lies; for a platform, what it is called. */
  root: string;
  /** What takes the place of folders and of extractors that tell by content. */
  ports: Partial<ExtractPorts> & { tree: SourceTree };
  /** What stands before its paths in a delivery. */
  elsewhere: string;
}

export interface Asking {
  /** Folder that the client was started in. */
  from: string;
  env: NodeJS.ProcessEnv;
  /** Transcript that the client gave to a hook of this call. */
  transcript?: string | undefined;
  /** The project that `from` lies in, with what its policy says of probes. */
  project(): Promise<{ root: string; settings: ProbeSettings }>;
}

/**
 * The source that `session:latest`, `session:ID` or `itential:NAME` names; undefined for any other path.
 *
 * @throws Fault `no-session`, `no-such-system`
 */
export async function namedSource(path: string, asking: Asking): Promise<NamedSource | undefined> {
  const [, kind, name] = /^(session|itential):(.*)$/s.exec(path) ?? [];
  if (kind === 'session') return session(name!, asking);
  return kind === 'itential' ? platform(name!, asking) : undefined;
}

function session(wanted: string, { from, env, transcript }: Asking): NamedSource {
  const root = findTranscript(wanted, from, env, transcript);
  if (root !== undefined) return { root, ports: { tree: sessionTree }, elsewhere: 'external://session/' };
  throw inputFault({
    code: 'no-session',
    message: `no session ${JSON.stringify(wanted)} of the client is known for ${from}`,
    expected: 'session:latest, or session: and the id of a session that was held in this folder',
    next: 'countersign extract FILE.jsonl reads a transcript by its path',
  });
}

async function platform(name: string, { env, project }: Asking): Promise<NamedSource> {
  // Loaded late: nothing of the probes is needed to read a folder.
  const [{ systemTargets }, { exportTree }, { itential }, { readBounded, listFolder }] = await Promise.all([
    import('../probes/system.ts'),
    import('../itential/export-tree.ts'),
    import('../extractors/itential/extractor.ts'),
    import('../probes/look.ts'),
  ]);
  const home = env['HOME'] ?? homedir();
  const around = { ...(await project()), home, env, read: readBounded, list: listFolder };
  const targets = systemTargets('itential', around);
  const target = Array.isArray(targets) ? targets.find(({ id }) => id === factId('itential', name)) : undefined;
  if (target === undefined || target.refused !== undefined)
    throw inputFault({
      code: 'no-such-system',
      message:
        target === undefined
          ? `countersign.yaml names no system ${JSON.stringify(name)} of kind itential`
          : `${name} is not asked: ${target.refused}`,
      expected: 'the name of an entry of probes.systems with kind: itential',
      next: 'add it to countersign.yaml, or extract a folder with exported files',
    });
  const root = `itential:${name}`;
  // What the platform hands out needs no mark in its first lines to be known.
  const extractors = [{ ...itential, matches: () => true }];
  return { root, ports: { tree: exportTree(target, around), extractors }, elsewhere: `external://itential/${name}/` };
}

/**
 * Writes what a named source holds as files, so that a citation can be opened.
 *
 * @throws Fault `not-empty` for a folder that holds something
 */
export async function saveSource({ root, ports: { tree } }: NamedSource, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0)
    throw inputFault({ code: 'not-empty', message: `${folder} is not empty`, expected: 'a new or empty folder' });
  const everything = { maxFileSize: Number.MAX_SAFE_INTEGER, wants: () => true, streams: () => false };
  for await (const entry of tree.walk(root, everything)) {
    if (entry.kind !== 'file') continue;
    const path = join(folder, entry.file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeAtomic(path, entry.file.text);
  }
}
