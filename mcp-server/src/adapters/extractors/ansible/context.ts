import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import type { AnsibleFile } from './files.ts';
import type { Inherited } from './inherited.ts';
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
