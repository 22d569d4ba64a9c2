import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../app/ports.ts';
import { smallFile } from './small-file.ts';

/** @param env where a person keeps their own conventions (XDG base directories) */
export function ownConventions(env: NodeJS.ProcessEnv): Ports['conventions'] {
  const path = join(
    env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'),
    'countersign',
    'conventions.yaml',
  );
  return () => {
    const text = smallFile(path);
    return text === undefined ? undefined : { path, text };
  };
}
