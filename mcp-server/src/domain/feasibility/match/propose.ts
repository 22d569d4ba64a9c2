import type { NeedStatus } from '../../artifact/feasibility.ts';
import type { Need } from '../../artifact/requirements.ts';
import type { PlatformFact } from '../snapshot.ts';
import { type Match, matchesFor } from './match.ts';

/** What follows from the facts for one need (docs/probes.md). */
export interface Proposal {
  need: string;
  title: string;
  status: NeedStatus;
  /** One phrase for people. */
  fact: string;
  /** `probe:<id>`, or `stated:<person>`; empty where there is none. */
  evidence: string;
  /** What the match rests on; empty where there is none. */
  why: string;
  /** Clients and modules that talk to it. */
  helps: string[];
}

/** A statement of a named person about a need. */
export interface Statement {
  need: string;
  status: string;
  fact: string;
  by: string;
}

const STATABLE: readonly string[] = ['resolved', 'degraded', 'stub', 'blocked', 'skipped'];
const MAX_HELPS = 5;

/** The finding that the facts support for a need; where no probe could answer, what a person stated last. */
export function propose(
  need: Need,
  facts: readonly PlatformFact[],
  rules: Readonly<Record<string, string>>,
  stated: readonly Statement[],
): Proposal {
  const matches = matchesFor(need, facts, rules);
  const serving = matches.filter((one) => one.as === 'serves');
  const helps = matches
    .filter((one) => one.as === 'supports' && one.fact.outcome === 'present')
    .slice(0, MAX_HELPS)
    .map((one) => one.fact.id);
  const found = fromFacts(need, serving);
  const word = stated.findLast((one) => one.need === need.id);
  const base = { need: need.id, title: need.title, helps };
  if (found.status === 'unknown' && word !== undefined && STATABLE.includes(word.status))
    return { ...base, status: word.status as NeedStatus, fact: word.fact, evidence: `stated:${word.by}`, why: '' };
  const clients = found.evidence === '' && helps.length > 0 ? `; clients are here: ${helps.join(' ')}` : '';
  return { ...base, ...found, fact: `${found.fact}${clients}` };
}

function fromFacts(need: Need, serving: readonly Match[]): Pick<Proposal, 'status' | 'fact' | 'evidence' | 'why'> {
  // A rule of policy, or a name, settles it: what merely fills the role elsewhere is no answer then.
  const [first] = serving;
  if (first === undefined) return { status: 'unknown', fact: 'no probe answers it', evidence: '', why: '' };
  const same = serving.filter((one) => one.rule === first.rule);
  const by = (outcome: PlatformFact['outcome']) => same.find((one) => one.fact.outcome === outcome);
  const cite = (status: NeedStatus, { fact, why }: Match) => ({
    status,
    fact: phrase(fact),
    evidence: `probe:${fact.id}`,
    why,
  });
  const present = by('present');
  if (present !== undefined) {
    const { health } = present.fact;
    return cite(health === 'stopped' || health === 'degraded' ? 'degraded' : 'resolved', present);
  }
  // Could not look is not missing: as long as one place was not looked at, it may be there.
  const unseen = by('not-probed');
  if (unseen !== undefined) return cite('unknown', unseen);
  const denied = by('denied');
  if (denied !== undefined) return cite(need.required === false ? 'skipped' : 'blocked', denied);
  if (need.required === false) return cite('skipped', first);
  return cite(isStubbable(need) ? 'stub' : 'blocked', first);
}

/** Whether the requirement says that the rest can be built and tested without it. */
export const isStubbable = ({ ifNot }: Pick<Need, 'ifNot'>) =>
  /^\s*stub\b|\b(?:built and tested (?:alone|without)|against a stub)\b/i.test(ifNot);

function phrase({ id, outcome, version, health, reason }: PlatformFact): string {
  const name = id.split('/').slice(0, 2).join(' ');
  const state = outcome !== 'present' ? outcome.replace('-', ' ') : (health ?? 'there');
  return [`${name} ${version ?? ''}`.trim(), state, ...(reason === undefined ? [] : [reason])].join(', ');
}
