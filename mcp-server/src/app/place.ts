import type { Comment } from '../domain/decision/comments.ts';
import type { GateState } from '../domain/gate/gate.ts';
import type { Track } from '../domain/stage.ts';

export interface DeliveryStatus {
  delivery: string;
  title: string;
  track: Track | null;
  gates: GateState[];
  tasks: { total: number; verified: number };
  /** Remarks of reviewers that nobody answered yet. */
  comments: Comment[];
  /** How the environments stand that policy says how to deploy to. */
  deploys: string[];
  /** Integrity faults and clock findings, one sentence each. */
  problems: string[];
  broken: boolean;
  /** Whether a person's decision ended it. */
  retired: boolean;
  next: string;
}

/** Where a delivery stands, and what is to be said of broken glass and of deploys whose outcome nobody knows. */
export interface Place {
  status: DeliveryStatus;
  glass: string[];
  unknown: string[];
}
