import { isElsewhere } from '../domain/build/paths.ts';
import { short } from '../domain/decision/subject.ts';
import { approvedManifest, type DeliveryState } from '../domain/delivery.ts';
import { byPlace, type Finding } from '../domain/finding.ts';
import { SHA256 } from '../domain/ids.ts';
import { clockFindings } from '../domain/ledger/clock-findings.ts';
import type { Answer } from './answer.ts';
import { type Loaded, tryLoad } from './load.ts';
import type { Ports } from './ports.ts';

export interface Verified {
  deliveries: { delivery: string; events: number; gates: { about: string; state: string; levels: string[] }[] }[];
  /** Integrity faults: exit 3. */
  faults: Finding[];
  /** Stale gates, drift, clocks: exit 1 when there are errors among them. */
  findings: Finding[];
}

/** Checks every delivery's record: integrity, evidence, gates that went stale, files that drifted from the record. */
export function verify(ports: Ports): Answer<Verified> {
  const result: Verified = { deliveries: [], faults: [], findings: [] };
  for (const id of ports.deliveries.list()) {
    const loaded = tryLoad(ports, id);
    if ('problems' in loaded) {
      for (const problem of loaded.problems)
        result.faults.push(finding(problem.code, `deliveries/${id}/ledger/${problem.file}`, problem.message, RESTORE));
      continue;
    }
    const { read, state } = loaded;
    result.faults.push(...evidenceFaults(ports, loaded));
    result.findings.push(...staleGates(state), ...drift(ports, loaded));
    for (const one of clockFindings(read.ledger.graph, ports.now().getTime())) {
      const place = `deliveries/${id}/ledger/${one.event}.json`;
      result.findings.push({
        ...finding('clock', place, one.message, 'check the clock of the machine that wrote it'),
        severity: 'warning',
      });
    }
    result.deliveries.push({
      delivery: id,
      events: read.ledger.graph.size,
      gates: state.gates.map((gate) => ({
        about: gate.about,
        state: gate.state,
        levels: gate.approvals.map((one) => one.level),
      })),
    });
  }
  result.faults.sort(byPlace);
  result.findings.sort(byPlace);
  const errors = result.findings.filter((one) => one.severity === 'error');
  const all = result.deliveries.length + new Set(result.faults.map((one) => one.path.split('/')[1])).size;
  return {
    said: `Verified ${all} deliver${all === 1 ? 'y' : 'ies'}: ${result.faults.length} integrity faults, ${errors.length} errors.`,
    blocks: [...result.faults, ...errors].map((one) => `${one.path}: ${one.message}`),
    next: result.faults.length > 0 ? RESTORE : (errors[0]?.fix ?? ''),
    data: result,
  };
}

const RESTORE = 'restore it from git; nothing is repaired by itself';

const finding = (rule: string, path: string, message: string, fix: string): Finding => ({
  rule,
  severity: 'error',
  path,
  line: 1,
  message,
  fix,
});

/** Evidence that events cite has to be there with the bytes they name. */
function evidenceFaults(ports: Ports, { read }: Loaded): Finding[] {
  const cited = new Map<string, string>();
  for (const event of read.ledger.graph.order) {
    if (event.type === 'checked') cited.set(event.body.evidence, event.id);
    if (event.type === 'probed') cited.set(event.body.snapshot, event.id);
    if (event.type === 'submitted')
      for (const one of event.body.subject.artifacts) if (SHA256.test(one.sha256)) cited.set(one.sha256, event.id);
  }
  return [...cited].flatMap(([sha256, event]) => {
    const place = `deliveries/${read.id}/evidence/${sha256}`;
    try {
      if (ports.deliveries.evidence(read.id, sha256) !== undefined) return [];
      return [finding('missing-evidence', place, `event ${short(event)} cites it and it is not there`, RESTORE)];
    } catch (error) {
      return [finding('changed-evidence', place, (error as Error).message, RESTORE)];
    }
  });
}

function staleGates(state: DeliveryState): Finding[] {
  return state.gates
    .filter(
      (gate) =>
        gate.state === 'stale' ||
        gate.reasons.some((reason) => reason.code === 'rewound' || reason.code === 'contested'),
    )
    .map((gate) => {
      const why = gate.reasons.map((reason) => reason.text).join('; ');
      return finding(
        'stale-gate',
        `deliveries/${state.id}`,
        `${gate.about} is ${gate.state}: ${why}`,
        `submit ${gate.stage} again`,
      );
    });
}

/** Files of a finished delivery that are no longer what its record says. */
function drift(ports: Ports, { read, state }: Loaded): Finding[] {
  const sha256 = approvedManifest(read.ledger);
  const text = sha256 === null ? undefined : ports.deliveries.evidence(read.id, sha256);
  if (text === undefined || state.design === undefined) return [];
  const manifest = JSON.parse(text) as { components: { id: string; files: { path: string; sha256: string }[] }[] };
  const recorded = new Map(manifest.components.flatMap((one) => one.files.map((file) => [file.path, file.sha256])));
  const present = new Map(read.workspace.files.map((file) => [file.path, file.sha256]));
  const fix = `bring the file back, or have the change recorded: /spec-change ${read.id}`;
  const moved = [...recorded].flatMap(([path, hash]) => {
    const now = present.get(path);
    if (now === hash) return [];
    return [
      finding(
        'drift',
        path,
        now === undefined ? `recorded by ${read.id} and gone` : `changed since ${read.id} recorded it`,
        fix,
      ),
    ];
  });
  const added = [...present.keys()]
    .filter((path) => !recorded.has(path) && !isElsewhere(path))
    .map((path) => finding('drift', path, `in a path of ${read.id} and not in its record`, fix));
  return [...moved, ...added];
}
