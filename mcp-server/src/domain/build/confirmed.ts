import type { Check } from '../artifact/design.ts';
import { canonical } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { type Verdict, verdictOf } from '../decision/verdict.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { oneLine } from '../one-line.ts';

/** A check that a person confirms, with what the confirmation vouches for: a change of either asks again. */
export interface Confirmable {
  check: Check;
  definition: string;
  inputs: string;
}

const CONFIRM_FILE = 'check.json';
const CONFIRM_PAGE = 'check.md';

export const aboutCheck = (id: string) => `check:${id}`;

/** Whether a person, and no program, says that a check holds. */
export const isConfirmed = ({ method }: Pick<Check, 'method'>) => method === 'manual' || method === 'inspection';

const confirmBytes = ({ check, definition, inputs }: Confirmable) =>
  canonical({ schema: 'countersign/check-confirmation@1', check: check.id, definition, inputs });

/**
 * What a confirmation binds: the check and the files as they are, and the page that people read.
 *
 * @param text the check as the approved design has it
 * @param files those that it is about
 */
export function confirmContent(
  one: Confirmable,
  text: string,
  files: readonly Frozen[],
): { frozen: Frozen[]; page: string; bytes: string } {
  const bytes = confirmBytes(one);
  const lines = files.map(({ path, sha256: hash }) => `- ${oneLine(path)} ${hash}`);
  const page = `# ${one.check.id} to be confirmed\n\nIt holds for these files:\n\n${lines.join('\n')}\n\n${text.trim()}\n`;
  const frozen = [
    { path: CONFIRM_PAGE, sha256: sha256(page) },
    { path: CONFIRM_FILE, sha256: sha256(bytes) },
  ];
  return { frozen, page, bytes };
}

/** The last time a person was asked about exactly this; undefined where nobody was. */
export function askedAbout(ledger: Ledger, one: Confirmable): Recorded<'submitted'> | undefined {
  const wanted = sha256(confirmBytes(one));
  const about = aboutCheck(one.check.id);
  return eventsOf(ledger, 'submitted').findLast(
    ({ body: { subject } }) =>
      subject.about === about && subject.artifacts.some((each) => each.path === CONFIRM_FILE && each.sha256 === wanted),
  );
}

/** What people said of exactly this. */
export function confirmation(ledger: Ledger, one: Confirmable): Verdict {
  const digest = askedAbout(ledger, one)?.body.digest;
  if (digest === undefined) return { is: 'undecided' };
  return verdictOf(
    ledger.graph,
    eventsOf(ledger, 'decided').filter((event) => event.body.statement.subject === digest),
  );
}

/** `confirmed by Ada (level signed)`; undefined where nobody did. */
export function confirmedBy(ledger: Ledger, one: Confirmable): string | undefined {
  const verdict = confirmation(ledger, one);
  if (verdict.is !== 'approved') return undefined;
  const people = verdict.by.map(({ body }) => `${body.statement.approver.name} (level ${body.level})`);
  return `confirmed by ${[...new Set(people)].join(', ')}`;
}
