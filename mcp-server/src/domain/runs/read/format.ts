import type { Evidence } from '../../extract/contract.ts';
import type { Fields } from './fields.ts';
import type { marks } from './marks.ts';
import type { Session } from './session.ts';

export interface ReadContext {
  at: Evidence;
  /** Id for a record that has none: unique for its place. */
  here: string;
}

/** How one kind of transcript is read. */
export interface TranscriptFormat {
  name: keyof typeof marks;
  /** Ids of sessions are only known to be unique within a file. */
  local?: true;
  /** Whether a record is of this kind, and the session that it belongs to; undefined for a session that is not named. */
  takes(record: Fields): boolean;
  sessionOf(record: Fields): string | undefined;
  /** Reads a record; false when its kind is not known. */
  read(record: Fields, session: Session, context: ReadContext): boolean;
}
