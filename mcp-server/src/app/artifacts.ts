import { outline } from '../domain/artifact/markdown.ts';
import { findSection, replaceSection, sectionText } from '../domain/artifact/splice.ts';
import { inputFault } from '../domain/fault.ts';
import { contentHash } from '../domain/hash.ts';
import { ARTIFACTS, type ArtifactName, STAGE, STAGES } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

/** The base of an artifact that is not there yet. */
export const NEW = 'new';

export interface ArtifactText {
  artifact: ArtifactName;
  path: string;
  /** Hash of the whole artifact; a write has to name it. */
  base: string;
  text: string;
}

/**
 * Reads an artifact, whole or one section (`Scope`, `REQ-3`).
 *
 * @throws Fault `unknown-artifact`, `unknown-section`
 */
export function readArtifact(ports: Ports, id: string, name: string, section?: string): Answer<ArtifactText> {
  const artifact = checkArtifact(name);
  const { read } = load(ports, id);
  const text = read.artifacts[artifact];
  const path = `deliveries/${id}/${artifact}`;
  if (text === undefined)
    return {
      said: `${path} is not there yet.`,
      blocks: [],
      next: `write it with base "${NEW}"`,
      data: { artifact, path, base: NEW, text: '' },
    };
  const shown = section === undefined ? text : oneSection(text, section, path);
  return {
    said: `${path} as it is now.`,
    blocks: [],
    next: '',
    data: { artifact, path, base: contentHash(text), text: shown },
  };
}

function oneSection(text: string, name: string, path: string): string {
  const doc = outline(text);
  const found = findSection(doc, name);
  if (found !== undefined) return sectionText(doc, found);
  throw inputFault({
    code: 'unknown-section',
    message: `${path} has no section ${JSON.stringify(name)}`,
    expected: `one of: ${doc.sections.map((section) => section.title).join(', ')}`,
    next: 'read the whole artifact, or write the section to add it',
  });
}

export interface ArtifactWrite {
  artifact: string;
  text: string;
  /** Hash of the artifact that was read, or `new`. */
  base: string;
  section?: string | undefined;
}

/**
 * Writes an artifact, whole or one section; every byte outside the section stays.
 *
 * @throws Fault `unknown-artifact`, `drawn-artifact`, `lost-update`
 */
export function writeArtifact(ports: Ports, id: string, write: ArtifactWrite): Answer<{ path: string; base: string }> {
  const artifact = checkArtifact(write.artifact);
  if (artifact === 'tasks.md')
    throw inputFault({
      code: 'drawn-artifact',
      message: 'tasks.md is drawn from the design and the ledger',
      expected: 'an edit to design.md',
      next: 'change the components in design.md; the tasks follow',
    });
  const path = `deliveries/${id}/${artifact}`;
  const before = load(ports, id);
  const written = ports.deliveries.locked(id, () => {
    const present = ports.deliveries.artifact(id, artifact);
    const base = present === undefined ? NEW : contentHash(present);
    if (base !== write.base) throw lostUpdate(path, base, write.base);
    const text = write.section === undefined ? write.text : replaceSection(present ?? '', write.section, write.text);
    ports.deliveries.writeArtifact(id, artifact, text);
    return text;
  });
  const after = redraw(ports, id);
  const closed = before.state.gates
    .filter(
      (gate) => gate.state === 'open' && after.state.gates.find((one) => one.about === gate.about)?.state !== 'open',
    )
    .map((gate) => STAGE[gate.stage].title);
  const said = closed.length === 0 ? '' : ` What was approved no longer is: ${closed.join(', ')}.`;
  return {
    said: `Wrote ${path}.${said}`,
    blocks: [],
    next: nextStep(after),
    data: { path, base: contentHash(written) },
  };
}

function lostUpdate(path: string, present: string, named: string) {
  return inputFault({
    code: 'lost-update',
    message: `${path} is not what you read: it is ${present}, you named ${named}`,
    expected: 'the base that reading it gave',
    next: 'read it again, put your change into that text, write with the new base',
  });
}

function checkArtifact(name: string): ArtifactName {
  const found = ARTIFACTS.find((artifact) => artifact === name || artifact === `${name}.md`);
  if (found !== undefined) return found;
  throw inputFault({
    code: 'unknown-artifact',
    message: `there is no artifact ${JSON.stringify(name)}`,
    expected: `one of: ${STAGES.flatMap((stage) => STAGE[stage].artifact ?? []).join(', ')}, tasks.md`,
    next: 'name the artifact by its file name',
  });
}
