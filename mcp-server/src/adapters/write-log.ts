import { join } from 'node:path';
import type { Project } from './work-tree.ts';

/** Where the guard notes which files an agent's tools wrote: in the git directory, one JSON object a line. */
export const writeLog = (project: Project) => join(project.gitDir, 'countersign', 'writes.jsonl');
