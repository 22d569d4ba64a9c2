import type { Frozen } from '../../domain/decision/subject.ts';

/** The project's own files, outside `deliveries/`. */
export interface ProjectFiles {
  /** Text of a file, undefined when it is not there. Refuses paths that leave the project. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Files that match any of the patterns, with content hashes, sorted by path. Follows .gitignore. */
  matching(patterns: readonly string[]): Frozen[];
  /** Those of the paths that are regular files of the project, with content hashes, sorted by path. */
  existing(paths: readonly string[]): Frozen[];
}
