import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import type { AnsibleFile } from './files.ts';
import type { WantedVariables } from './variables.ts';

/** What is known while one file of tasks or plays is read. */
export interface Reading {
  file: FileBuilder;
  wanted: WantedVariables;
  place: AnsibleFile;
  path: string;
  /** Objects that were written so far in this file, for the reads that follow. */
  written: Set<string>;
}

/** How a task runs, by keywords that a block or play around it may set for it; a task's own word counts before theirs. */
export interface Inherited {
  become?: boolean;
  becomeUser?: string;
  checkMode?: boolean;
  delegateTo?: string;
  noLog?: boolean;
  runOnce?: boolean;
  /** Names of environment variables; their values may be secret. Blocks and tasks add to those around them. */
  environment?: readonly string[];
}

/** Where among the plays and blocks a task stands. */
export interface TaskPlace {
  section: 'pre_tasks' | 'tasks' | 'post_tasks' | 'handlers';
  play?: Fact;
  block?: 'block' | 'rescue' | 'always';
  /** Line of the rescue, of this or an outer block, that catches its failure. */
  rescuedAt?: number;
  /** What the play and the blocks around it say of how it runs. */
  inherited?: Inherited;
  /** A block around it lets failures through. */
  ignoresErrors?: boolean;
}

/** A name on one line, at most 200 characters: what reports and ids carry. */
export function tidy(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 200 ? line : line.slice(0, 200).trimEnd();
}
