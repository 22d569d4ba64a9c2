import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DoctorLine } from '../../domain/doctor/line.ts';
import { type Ran, run } from '../run.ts';
import type { Project } from '../work-tree.ts';

/** What a probe may look at. */
export interface Machine {
  project: Project;
  env: NodeJS.ProcessEnv;
  home: string;
  /** Folder of the client's settings and plugins. */
  clientHome: string;
  /** Text of a file; undefined when it cannot be read. */
  read(path: string): string | undefined;
  /** Value of a JSON file; undefined when there is none. */
  json(path: string): unknown;
  run(program: string, args: readonly string[]): Promise<Ran | undefined>;
}

/** One look at the machine: a file of its own, and one line in the catalogue. */
export type Probe = (machine: Machine) => DoctorLine | DoctorLine[] | Promise<DoctorLine | DoctorLine[]>;

const TIMEOUT_MS = 15_000;

export function machineOf(project: Project, env: NodeJS.ProcessEnv): Machine {
  const home = env['HOME'] || homedir();
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  };
  return {
    project,
    env,
    home,
    clientHome: env['CLAUDE_CONFIG_DIR'] || join(home, '.claude'),
    read,
    json(path) {
      try {
        return JSON.parse(read(path) ?? '');
      } catch {
        return undefined;
      }
    },
    run: (program, args) => run(program, args, { cwd: project.root, env, timeoutMs: TIMEOUT_MS }),
  };
}

export const line = (
  probe: string,
  state: DoctorLine['state'],
  text: Omit<DoctorLine, 'probe' | 'state' | 'improve' | 'keepsFrom'> &
    Partial<Pick<DoctorLine, 'improve' | 'keepsFrom'>>,
): DoctorLine => ({ probe, state, improve: '', keepsFrom: [], ...text });

/** Whether something can be written there, or in the nearest folder that is there. */
export function writable(path: string): boolean {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    accessSync(at, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether a dotted version is at least another. */
export function atLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((one) => one.split('.').map(Number)) as [number[], number[]];
  for (const [at, wanted] of b.entries()) if ((a[at] ?? 0) !== wanted) return (a[at] ?? 0) > wanted;
  return true;
}
