import type { SourceFile } from '../extract/contract.ts';
import type { Piece, SourceDocument } from './source-document.ts';

/** Text of a source with its place, or a sentence that the importer concluded from it. */
export interface Statement {
  /** Markdown. */
  text: string;
  path: string;
  /** Counted from 1. */
  line: number;
  /** What it was concluded from; undefined for text that stands in the source. */
  inferred?: string;
}

export interface DraftCriterion extends Statement {
  /** Further Markdown that belongs to it, such as the steps of a scenario, as list items. */
  steps?: readonly string[];
}

export interface DraftRequirement {
  title: string;
  /** What the source calls it: `Requirement 3`, `FR-007`. */
  source: string;
  path: string;
  line: number;
  /** `added`, `modified`, where the source is a delta. */
  change?: string;
  statements: Statement[];
  criteria: DraftCriterion[];
}

export interface DraftNeed {
  title: string;
  purpose: string;
  required: boolean;
  /** Whether the source says nothing about it. */
  requiredInferred: boolean;
  ifNot: string;
  path: string;
  line: number;
}

export interface DraftComponent {
  title: string;
  kind: string;
  action: 'build' | 'reuse' | 'adopt' | 'skip';
  /** Whether the source says so. */
  actionInferred: boolean;
  realises: DraftRequirement[];
  paths: string[];
  statements: Statement[];
  path: string;
  line: number;
}

export interface DraftDecision {
  title: string;
  choice: string;
  rationale: string;
  path: string;
  line: number;
}

export interface DraftCheck {
  title: string;
  /** What it verifies; empty for a check of the first component as a whole. */
  criteria: DraftCriterion[];
  method: 'command' | 'manual';
  /** What to run, or what to do and see. */
  text: string;
  path: string;
  line: number;
}

export interface DraftVariable {
  name: string;
  required: boolean;
  format: string;
  fallback: string;
  secret: boolean;
  meaning: string;
}

/** What an importer made of a unit of work, before it has ids and a form. */
export interface Draft {
  title: string;
  problem: Statement[];
  goal: Statement[];
  inScope: Statement[];
  outOfScope: Statement[];
  capabilities: DraftNeed[];
  systems: DraftNeed[];
  requirements: DraftRequirement[];
  risks: { title: string; mitigation: string; path: string; line: number }[];
  constraints: Statement[];
  questions: Statement[];
  decisions: DraftDecision[];
  components: DraftComponent[];
  checks: DraftCheck[];
  configuration: DraftVariable[];
  rollback: Statement[];
  /** Requirements that the source takes away. */
  removed: Statement[];
  documents: SourceDocument[];
}

export const emptyDraft = (title: string, documents: SourceDocument[]): Draft => ({
  title,
  problem: [],
  goal: [],
  inScope: [],
  outOfScope: [],
  capabilities: [],
  systems: [],
  requirements: [],
  risks: [],
  constraints: [],
  questions: [],
  decisions: [],
  components: [],
  checks: [],
  configuration: [],
  rollback: [],
  removed: [],
  documents,
});

/** Files that another tool treats as one piece of work: a feature, a change, a use case. */
export interface Unit {
  name: string;
  files: readonly SourceFile[];
}

/** Reads one format: a file of its own, and a line in the catalogue. Pure: text in, draft out. */
export interface Importer {
  /** As `--from` names it. */
  format: string;
  /** The tool, for people. */
  tool: string;
  /** Units of work among files of any kind, by name. Paths are relative to the folder that was named. */
  units(files: readonly SourceFile[]): Unit[];
  read(unit: Unit): Draft;
}

/** A piece as a statement. */
export const statementOf = (document: SourceDocument, piece: Piece, inferred?: string): Statement => ({
  text: piece.raw,
  path: document.path,
  line: piece.line,
  ...(inferred === undefined ? {} : { inferred }),
});
