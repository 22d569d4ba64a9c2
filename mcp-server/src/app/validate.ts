import { type KnownPlaces, knownPlaces } from '../domain/extract/known-places.ts';
import { errorsIn, type Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { RULES } from '../domain/rules/catalogue.ts';
import { approvedContent, retiredIds } from '../domain/rules/retired.ts';
import { type KnownPlatform, type RuleInput, runRules } from '../domain/rules/rule.ts';
import type { ArtifactName } from '../domain/stage.ts';
import { DAY_MS } from '../domain/time.ts';
import type { Answer } from './answer.ts';
import { lastSnapshot } from './feasibility-draft.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';
import { storedFacts } from './stored-facts.ts';

/** Checks a delivery's artifacts against every rule. Findings block nothing until something is submitted. */
export function validate(ports: Ports, id: string): Answer<{ findings: Finding[] }> {
  const loaded = load(ports, id);
  const findings = findingsOf(ports, loaded);
  const errors = errorsIn(findings).length;
  return {
    said: `${id}: ${errors} error${errors === 1 ? '' : 's'}, ${findings.length - errors} other finding${findings.length - errors === 1 ? '' : 's'}.`,
    blocks: [],
    next: errors === 0 ? 'submit the stage when it says what was agreed' : 'mend the errors; each says how',
    data: { findings },
  };
}

/** All findings, with paths relative to the project. */
function findingsOf(ports: Ports, loaded: Loaded, submitting = false): Finding[] {
  const input = rulesInput(ports, loaded);
  return runRules(RULES, input, { submitting, settings: loaded.read.policy.rules }).map((finding) => ({
    ...finding,
    path: finding.path === POLICY_FILE ? POLICY_FILE : `deliveries/${loaded.read.id}/${finding.path}`,
  }));
}

/** The findings on some artifacts that keep them from being submitted. */
export function blockingFindings(ports: Ports, loaded: Loaded, artifacts: readonly ArtifactName[]): Finding[] {
  const paths = new Set(artifacts.map((name) => `deliveries/${loaded.read.id}/${name}`));
  return errorsIn(findingsOf(ports, loaded, true)).filter((finding) => paths.has(finding.path));
}

/** What the stored facts of an extracted draft know. */
function extractedPlaces(ports: Ports, { id, artifacts }: Loaded['read']): KnownPlaces | undefined {
  const found = storedFacts(ports, id, artifacts);
  return found === undefined
    ? undefined
    : knownPlaces(found.report, found.note.root.includes('://') ? '' : found.note.root);
}

function citedPlatform(ports: Ports, loaded: Loaded, cited: string): KnownPlatform | undefined {
  const found = lastSnapshot(ports, loaded, cited);
  if (found === undefined) return undefined;
  const { stale, match } = loaded.read.policy.probes;
  const days = Math.floor((loaded.read.now - Date.parse(found.at)) / DAY_MS);
  return { sha256: cited, facts: found.facts, age: { days, limit: stale }, match };
}

/** The texts of the specification that were approved, by artifact, oldest first; those whose evidence is gone are left out. */
function approvedTexts(ports: Ports, { id, ledger }: Loaded['read']): string[][] {
  const byPath = groupBy(approvedContent(ledger), (one) => one.path);
  return [...byPath.values()].map((all) => {
    const hashes = [...new Set(all.map((one) => one.sha256))];
    // One approved text has retired nothing.
    return hashes.length < 2 ? [] : hashes.flatMap((sha256) => ports.deliveries.evidence(id, sha256) ?? []);
  });
}

function rulesInput(ports: Ports, loaded: Loaded): RuleInput {
  const { read, state } = loaded;
  const stated = groupBy(
    eventsOf(read.ledger, 'stated').map((event) => event.body),
    (body) => body.need,
  );
  const cited = state.feasibility?.front?.platform?.slice('sha256:'.length);
  // Only what a probe recorded is a snapshot: any other evidence has a hash too.
  const platform = cited === undefined ? undefined : citedPlatform(ports, loaded, cited);
  const { requirements, feasibility, design } = state;
  return {
    requirements,
    feasibility,
    design,
    platform,
    stated,
    extracted: extractedPlaces(ports, read),
    retired: retiredIds(approvedTexts(ports, read)),
  };
}
