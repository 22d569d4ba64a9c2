import { approvedSubmission } from './decision/approved.ts';
import { declarationBytes } from './decision/declaration.ts';
import type { Level } from './decision/level.ts';
import { short } from './decision/subject.ts';
import type { Finding } from './finding.ts';
import { sha256 } from './hash.ts';
import type { Recorded } from './ledger/event.ts';
import { eventsOf, type Ledger } from './ledger/ledger.ts';
import { type Demand, meets } from './policy/demand.ts';
import { HOUR_MS } from './time.ts';
import { found } from './verify/rules.ts';

/** Longest time that glass stays broken. */
export const MAX_OPEN_MS = 24 * HOUR_MS;
/** How long people have to approve what was done. */
export const FOLLOW_UP_MS = 72 * HOUR_MS;

export const aboutBreakGlass = (number: number) => `break-glass:${number}`;

/** One time that somebody broke the glass, and how its follow-up stands. */
export interface BrokenGlass {
  event: string;
  number: number;
  by: string;
  reason: string;
  level: Level;
  /** When it was broken, as the declaration says. Milliseconds since the epoch, as are the others. */
  since: number;
  /** Never more than what is allowed, whatever the event claims. */
  until: number;
  due: number;
  /** Whether its level is what policy asks for; otherwise it opens nothing. */
  counts: boolean;
  /** Whether what was done has been approved. */
  closed: boolean;
  /** What the follow-up freezes: the declaration's bytes. */
  content: string;
}

/** @param demandOf what policy asks of a subject, for the level of the declaration and the approval of its follow-up */
export function brokenGlass(ledger: Ledger, demandOf: (about: string) => Demand): BrokenGlass[] {
  return eventsOf(ledger, 'declared').flatMap((event) => {
    const { declaration, level } = event.body;
    if (declaration.act !== 'break-glass' || declaration.first !== ledger.first.id || level === 'void') return [];
    const about = aboutBreakGlass(declaration.number);
    const demand = demandOf(about);
    const content = declarationBytes(declaration);
    const at = Date.parse(declaration.at);
    return [
      {
        event: event.id,
        number: declaration.number,
        by: declaration.by.name,
        reason: declaration.reason,
        level,
        since: at,
        until: Math.min(Date.parse(declaration.until), at + MAX_OPEN_MS),
        due: Math.min(Date.parse(declaration.due), at + MAX_OPEN_MS + FOLLOW_UP_MS),
        counts: meets(level, demand.level),
        closed: isClosed(ledger, about, content, demand),
        content,
      },
    ];
  });
}

/** Whether a submission that froze exactly this declaration was approved as strictly as is asked. */
function isClosed(ledger: Ledger, about: string, content: string, demand: Demand): boolean {
  const hash = sha256(content);
  const froze = (event: Recorded<'submitted'>) => event.body.subject.artifacts.some((one) => one.sha256 === hash);
  return approvedSubmission(ledger, about, demand, froze) !== undefined;
}

/** Until when the guard lets writes and effects pass; undefined while no glass is broken. */
export function openUntil(all: readonly BrokenGlass[], now: number): number | undefined {
  const open = all.filter((one) => one.counts && !one.closed && one.until > now).map((one) => one.until);
  return open.length === 0 ? undefined : Math.max(...open);
}

/** Whether what was done with broken glass is still within the time for its approval. */
export const inGrace = (all: readonly BrokenGlass[], now: number): boolean =>
  all.some((one) => one.counts && !one.closed && one.due >= now);

/** What status and verify say of every follow-up that is open. */
export function glassLines(delivery: string, all: readonly BrokenGlass[], now: number): string[] {
  return all
    .filter((one) => !one.closed)
    .map((one) => {
      const who = `${aboutBreakGlass(one.number)} by ${one.by} (level ${one.level}): "${one.reason}"`;
      if (!one.counts) return `${who} opens nothing: policy asks for a higher level`;
      const due = `what was done has to be approved by ${new Date(one.due).toISOString()}`;
      if (one.until > now) return `GLASS IS BROKEN until ${new Date(one.until).toISOString()}, ${who}; ${due}`;
      if (one.due >= now)
        return `glass was broken, ${who}; ${due}: countersign submit ${delivery} ${aboutBreakGlass(one.number)}`;
      return `OVERDUE since ${new Date(one.due).toISOString()}: ${who} was never approved`;
    });
}

export function glassFindings(delivery: string, all: readonly BrokenGlass[], now: number): Finding[] {
  const open = all.filter((one) => !one.closed);
  const lines = glassLines(delivery, open, now);
  return open.map((one, at) =>
    found(
      'break-glass',
      `deliveries/${delivery}/ledger/${one.event}.json`,
      lines[at]!,
      `countersign submit ${delivery} ${aboutBreakGlass(one.number)}, and have it approved`,
      one.counts && one.due < now ? 'error' : 'warning',
    ),
  );
}

/** Evidence that a signed declaration lets be absent, with the event that says so. */
export function withheld(ledger: Ledger): Map<string, { event: string; reason: string }> {
  const events = eventsOf(ledger, 'declared').flatMap((event) => {
    const { declaration, level, signature } = event.body;
    // Where no signers are trusted, a signature counts as a record: it is judged where they are.
    if (declaration.act !== 'withhold' || level === 'void' || signature === undefined) return [];
    return [[declaration.evidence, { event: short(event.id), reason: declaration.reason }] as const];
  });
  return new Map(events);
}
