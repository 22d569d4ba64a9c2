import type { Design } from '../domain/artifact/design.ts';
import { readDesign } from '../domain/artifact/design.ts';
import type { Workspace } from '../domain/build/manifest.ts';
import { isElsewhere } from '../domain/build/paths.ts';
import { tightened } from '../domain/conventions/tighten.ts';
import type { SignatureProblem, Trust } from '../domain/decision/assurance.ts';
import { assess, type DeliveryRead, type DeliveryState } from '../domain/delivery.ts';
import { type Fault, inputFault, integrityFault, policyFault } from '../domain/fault.ts';
import { contentHash } from '../domain/hash.ts';
import { DELIVERY_ID } from '../domain/ids.ts';
import { type IntegrityProblem, type Ledger, readLedger } from '../domain/ledger/ledger.ts';
import { RULES_SUBJECT, rulesAccepted } from '../domain/policy/accepted-rules.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import { DEFAULT_POLICY, demandOfSubject, type Policy, readPolicy } from '../domain/policy/policy.ts';
import { settled } from '../domain/policy/settled.ts';
import { ARTIFACTS, type ArtifactName } from '../domain/stage.ts';
import { assure, localTrust } from './assurance.ts';
import { checkScripts } from './check-scripts.ts';
import { layersOf } from './layers.ts';
import type { Ports } from './ports.ts';

/** A delivery as read, with what follows from it. */
export interface Loaded {
  read: DeliveryRead;
  /** Decisions whose signature does not hold, or cannot be judged here. */
  signatures: SignatureProblem[];
  state: DeliveryState;
}

/** Refuses what cannot be a delivery's id before it becomes a path. */
export function checkId(id: string): string {
  if (DELIVERY_ID.test(id)) return id;
  throw inputFault({
    code: 'bad-delivery-id',
    message: `${JSON.stringify(id)} cannot be a delivery's id`,
    expected: 'lower-case letters, digits and hyphens, 64 at most, such as vlan-provisioning',
    next: 'countersign status lists the deliveries that are there',
  });
}

/**
 * Reads a delivery and judges it.
 *
 * @throws Fault `unknown-delivery`, `broken-ledger` (integrity), `broken-policy` (policy)
 */
export function load(ports: Ports, id: string): Loaded {
  const result = tryLoad(ports, id);
  if ('problems' in result) throw brokenLedger(id, result.problems);
  return result;
}

export function brokenLedger(id: string, problems: readonly IntegrityProblem[]): Fault {
  const shown = problems.slice(0, 5).map((one) => `deliveries/${id}/ledger/${one.file}: ${one.message}`);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  return integrityFault({
    code: 'broken-ledger',
    message: `the ledger of ${id} does not hold together:\n  ${[...shown, ...more].join('\n  ')}`,
    expected: 'every event unchanged under the name of its own hash, with all its parents',
    next: `restore deliveries/${id}/ledger from git (git log -- deliveries/${id}/ledger); nothing is repaired by itself`,
  });
}

/** Rules that come from elsewhere than this machine and this work tree. */
export interface OtherRules {
  trust: Trust;
  policy: Policy;
}

/**
 * As `load`, but a broken ledger is a value.
 *
 * @param rules those of a trusted ref; without them, this machine's signers and the present policy count
 */
export function tryLoad(ports: Ports, id: string, rules?: OtherRules): Loaded | { problems: IntegrityProblem[] } {
  checkId(id);
  if (!ports.deliveries.exists(id)) throw unknownDelivery(ports, id);
  const found = readSeen(ports, id);
  if ('problems' in found) return found;
  const { gone } = found;
  const { ledger, problems: signatures } = assure(ports, found.ledger, rules?.trust ?? localTrust(ports));
  const artifacts: Partial<Record<ArtifactName, string>> = {};
  for (const name of ARTIFACTS) {
    const text = ports.deliveries.artifact(id, name);
    if (text !== undefined) artifacts[name] = text;
  }
  const design = artifacts['design.md'] === undefined ? undefined : readDesign(artifacts['design.md']);
  const read: DeliveryRead = {
    id,
    ledger,
    policy: loadPolicy(ports),
    ...(rules === undefined || policyAccepted(ports, ledger, rules.policy) ? {} : { floor: rules.policy }),
    artifacts,
    workspace: design === undefined ? { files: [], scripts: new Map() } : readWorkspace(ports, design),
    gone,
    now: ports.now().getTime(),
  };
  return { read, signatures, state: assess(read) };
}

/** Whether this delivery decided, as strictly as the old policy asks, on the policy as it is now. */
function policyAccepted(ports: Ports, ledger: Ledger, old: Policy): boolean {
  const file = { path: POLICY_FILE, sha256: contentHash(ports.files.read(POLICY_FILE) ?? '') };
  return rulesAccepted(ledger, file, demandOfSubject(old, RULES_SUBJECT, settled(ledger, {})));
}

function unknownDelivery(ports: Ports, id: string): Fault {
  const there = ports.deliveries.list();
  const words = id.split('-');
  const shared = (one: string) => words.filter((word) => one.split('-').includes(word)).length;
  // What was meant most likely shares a word; hundreds of names would hide it.
  const named = there.toSorted((a, b) => shared(b) - shared(a)).slice(0, MOST_NAMED);
  const more = there.length > named.length ? ` and ${there.length - named.length} more` : '';
  return inputFault({
    code: 'unknown-delivery',
    message: `there is no delivery ${id} here`,
    expected: there.length === 0 ? 'no delivery has been started yet' : `one of: ${named.join(', ')}${more}`,
    next: `countersign new ${id} starts it`,
  });
}

const MOST_NAMED = 10;

/** The policy that holds; a broken one stops everything that depends on it. */
export function loadPolicy(ports: Ports): Policy {
  const read = (path: string) => ports.files.read(path);
  return parsePolicy(read(POLICY_FILE), POLICY_FILE, read);
}

/**
 * @param place of the text, for the message
 * @param read text of another file at that place: the policy's layers
 * @throws Fault `broken-policy`
 */
export function parsePolicy(
  text: string | undefined,
  place: string,
  read: (path: string) => string | undefined,
): Policy {
  if (text === undefined) return DEFAULT_POLICY;
  const result = readPolicy(text);
  if ('policy' in result) return tightened(result.policy, layersOf(result.policy, read, place));
  throw policyFault({
    code: 'broken-policy',
    message: result.findings.map((one) => `${place}:${one.line}: ${one.message} (${one.fix})`).join('\n'),
    expected: 'a policy whose every key is known',
    next: `mend ${place}; until then no gate can be judged`,
  });
}

/** What of the project a design reaches: patterns of its components' paths, and what may name a file in each check. */
export function reachOf(design: Design): { patterns: string[]; words: ReadonlyMap<string, readonly string[]> } {
  const patterns = design.components.flatMap((component) => component.paths).filter((path) => !isElsewhere(path));
  const words = design.checks.map(({ id, command }) => [id, command?.text.match(/[\w@%+.,/-]+/g) ?? []] as const);
  return { patterns, words: new Map(words) };
}

/** The project's files, as far as the design's paths and checks reach. */
function readWorkspace(ports: Ports, design: Design): Workspace {
  const { patterns } = reachOf(design);
  const files = ports.files.matching(patterns);
  return { files, scripts: checkScripts(ports, design.checks, patterns) };
}

/** The ledger, with the heads this machine has seen before that are not in it any more. */
function readSeen(
  ports: Ports,
  id: string,
): { ledger: Ledger; gone: readonly string[] } | { problems: IntegrityProblem[] } {
  const ledger = readLedger(id, ports.deliveries.ledgerFiles(id));
  if ('problems' in ledger) return ledger;
  const branch = ports.repository.branch();
  if (branch === undefined) return { ledger, gone: [] };
  const seen = ports.seen.get(ledger.first.id, branch);
  if (goneFrom(ledger, seen).length === 0) return { ledger: remembered(ports, ledger, branch, seen), gone: [] };
  // Another process may have appended, and remembered its heads, after this one had listed the ledger. What was remembered
  // before a listing is in it.
  const again = readLedger(id, ports.deliveries.ledgerFiles(id));
  if ('problems' in again) return again;
  const gone = goneFrom(again, seen);
  return { ledger: gone.length === 0 ? remembered(ports, again, branch, seen) : again, gone };
}

/**
 * Heads that this machine saw last on this branch and that are not in the ledger. An older checkout of another branch is not a
 * rewind, so heads are kept by branch; a detached HEAD is not compared.
 */
const goneFrom = ({ graph }: Ledger, seen: readonly string[]): readonly string[] =>
  seen.filter((event) => graph.get(event) === undefined);

/** The ledger, whose heads this machine has seen now. */
function remembered(ports: Ports, ledger: Ledger, branch: string, seen: readonly string[]): Ledger {
  const { first, graph } = ledger;
  if (seen.join() !== graph.heads.join()) ports.seen.set(first.id, branch, graph.heads);
  return ledger;
}
