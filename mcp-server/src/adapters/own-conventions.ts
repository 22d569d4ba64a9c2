import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../app/ports.ts';

/** Larger than anything that a person would hold to. */
const MAX_BYTES = 512 * 1024;

/** @param env where a person keeps their own conventions (XDG base directories) */
export function ownConventions(env: NodeJS.ProcessEnv): Ports['conventions'] {
  const path = join(
    env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'),
    'countersign',
    'conventions.yaml',
  );
  return () => {
    try {
      return statSync(path).size > MAX_BYTES ? undefined : { path, text: readFileSync(path, 'utf8') };
    } catch {
      return undefined;
    }
  };
}
