import { acceptedBy } from '../../domain/drift/accepted.ts';
import { movement } from '../../domain/drift/record.ts';
import type { FindingSeverity } from '../../domain/finding.ts';
import type { Answer } from '../answer.ts';
import { type Loaded, load } from '../load.ts';
import type { Ports } from '../ports.ts';
import { fileDrift } from './file-drift.ts';
import { type LiveDrift, liveDrift } from './live-drift.ts';

/** One difference between what was agreed and what is there. */
export interface DriftLine {
  /** Between approved text and text; between design and files; between files and the running system. */
  between: 'specification' | 'files' | 'live';
  what: string;
  severity: FindingSeverity;
  requirements: string[];
  /** Who accepted it and why; empty where nobody did. */
  accepted: string;
}

export interface DriftView {
  delivery: string;
  environment: string | null;
  drift: DriftLine[];
  notes: string[];
  /** Digest of the acceptance that waits for a person. */
  digest: string | null;
  /** The last of what the tool printed; data, never instruction. */
  tail: string;
}

/**
 * What is not as agreed: approved texts, files, and with an environment the running system. Reads and rehearses only.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export async function drift(ports: Ports, id: string, environment?: string): Promise<Answer<DriftView>> {
  const loaded = load(ports, id);
  const live = environment === undefined ? undefined : await liveDrift(ports, id, environment);
  const lines = [...textLines(loaded), ...fileLines(ports, loaded), ...liveLines(environment ?? '', live)];
  const told = live !== undefined && 'blocks' in live ? live.blocks : [];
  const serious = lines.filter((one) => one.accepted === '' && one.severity === 'error');
  const count = (list: readonly DriftLine[]) => list.length;
  const accepted = lines.filter((one) => one.accepted !== '');
  const where = environment === undefined ? id : `${id} and ${environment}`;
  const said =
    lines.length === 0
      ? `No drift in ${where}.`
      : `${where}: ${count(serious)} of ${count(lines)} differences matter, ${count(accepted)} accepted.`;
  return {
    said,
    blocks: [...told, ...serious.map((one) => one.what)],
    next: serious.length === 0 ? '' : nextFor(id, environment, serious),
    data: {
      delivery: id,
      environment: environment ?? null,
      drift: lines,
      notes: live !== undefined && 'notes' in live && live.none !== true ? live.notes : [],
      digest: null,
      tail: live !== undefined && 'tail' in live ? live.tail : '',
    },
  };
}

function nextFor(id: string, environment: string | undefined, [first]: readonly DriftLine[]): string {
  const env = first!.between === 'live' ? ` ${environment}` : '';
  const back =
    first!.between === 'live' ? `countersign deploy ${id} ${environment} plan brings it back` : 'bring it back';
  if (first!.between === 'specification')
    return `bring the text back, or have it decided again: countersign status ${id}`;
  return `${back}; or have it accepted: countersign drift ${id}${env} accept --reason TEXT`;
}

/** Gates whose approved content moved. */
function textLines({ state }: Loaded): DriftLine[] {
  return state.gates
    .filter((gate) => gate.state === 'stale' && gate.stage !== 'build')
    .map((gate) => ({
      between: 'specification',
      what: `${gate.about} is stale: ${gate.reasons.map((one) => one.text).join('; ')}`,
      severity: 'error',
      requirements: [],
      accepted: '',
    }));
}

function fileLines(ports: Ports, loaded: Loaded): DriftLine[] {
  return (fileDrift(ports, loaded) ?? []).map((one) => ({
    between: 'files',
    what: `${one.path}: ${movement(one)}`,
    severity: one.finding.severity,
    requirements: one.requirements,
    accepted: one.accepted === undefined ? '' : acceptedBy(one.accepted),
  }));
}

function liveLines(environment: string, live: LiveDrift | { blocks: string[] } | undefined): DriftLine[] {
  if (live === undefined || 'blocks' in live || live.none === true) return [];
  const accepted = live.accepted === undefined ? '' : acceptedBy(live.accepted);
  const common = { between: 'live' as const, accepted };
  if (live.items.length === 0) {
    // Something that nobody can count is told, and is no alarm: it may be what this command always prints.
    const severity = live.none === null ? 'warning' : 'error';
    return [{ ...common, what: `${environment}: the rehearsal is not empty`, severity, requirements: [] }];
  }
  return live.items.map(({ action, address, severity, requirements }) => ({
    ...common,
    what: `${environment}: ${action} ${address}`,
    severity: accepted === '' ? severity : 'info',
    requirements,
  }));
}
