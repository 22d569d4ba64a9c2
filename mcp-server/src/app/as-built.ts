import { outline } from '../domain/artifact/markdown.ts';
import { findSection, sectionText } from '../domain/artifact/splice.ts';
import { computedSections, generateAsBuilt, type RecordFacts } from '../domain/as-built/generate.ts';
import { type DeliveryState, gatesBefore } from '../domain/delivery.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { gateOf } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { scanReport } from './build-notes.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';
import { recordedWriters } from './provenance.ts';
import { evidenceText } from './recorded.ts';

/** Generates as-built.md; what people wrote in it stays. Only after the Build gate. */
export function makeAsBuilt(ports: Ports, id: string): Answer<{ path: string }> {
  const loaded = load(ports, id);
  const { read, state } = loaded;
  const path = `deliveries/${id}/as-built.md`;
  const blocks = buildBlocks(state);
  if (blocks.length > 0)
    return { said: 'as-built.md was not generated: Build is not done.', blocks, next: `/build ${id}`, data: { path } };
  const text = generateAsBuilt(
    state,
    read.ledger,
    read.workspace,
    read.artifacts['as-built.md'],
    recordFacts(ports, loaded),
  );
  ports.deliveries.writeArtifact(id, 'as-built.md', text);
  return { said: `Generated ${path}.`, blocks: [], next: nextStep(redraw(ports, id)), data: { path } };
}

/** What Build still lacks. On a track that decides Build and As-Built together, the manifest has to be complete. */
function buildBlocks(state: DeliveryState): string[] {
  const together = gateOf(state.settled.track, 'build').covers.includes('as-built');
  const { gate, before } = gatesBefore(state, 'build');
  if (!together) return gate.state === 'open' ? [] : gate.reasons.map((reason) => reason.text);
  return [
    ...before.filter((one) => one.state !== 'open').flatMap((one) => one.reasons.map((reason) => reason.text)),
    ...state.manifest.missing,
  ];
}

/** Computed sections of as-built.md that do not say what the ledger says; facts are not for editing. */
export function computedFactsDiffer(ports: Ports, loaded: Loaded): string[] {
  const { read, state } = loaded;
  const text = read.artifacts['as-built.md'];
  if (text === undefined) return [];
  const doc = outline(text.replace(/\r\n?/g, '\n'));
  return computedSections(state, read.ledger, read.workspace, recordFacts(ports, loaded)).flatMap((expected) => {
    const title = /^## (.+)$/m.exec(expected)![1]!;
    const found = findSection(doc, title);
    if (found !== undefined && sectionText(doc, found).trim() === expected.trim()) return [];
    return [`as-built.md, ${title}: it is not what the ledger says; generate it again`];
  });
}

/** What the evidence says for the record. */
function recordFacts(ports: Ports, loaded: Loaded): RecordFacts {
  const { read } = loaded;
  const approvals = new Set(
    eventsOf(read.ledger, 'decided')
      .filter((event) => event.body.statement.decision === 'approve')
      .map((event) => event.body.statement.subject),
  );
  const first = eventsOf(read.ledger, 'submitted')
    .filter((event) => approvals.has(event.body.digest))
    .flatMap((event) => event.body.subject.artifacts)
    .find((artifact) => artifact.path === 'requirements.md');
  return {
    scan: scanReport(ports, loaded),
    firstRequirements: first === undefined ? undefined : evidenceText(ports, read.id, first.sha256),
    writers: recordedWriters(ports, loaded),
  };
}
