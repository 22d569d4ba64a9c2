import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';

const { code } = transformSync(readFileSync(new URL('./optimise-later.ts', import.meta.url), 'utf8'), { loader: 'ts' });

describe('letting the optimising compiler wait', () => {
  it('is understood by the engine that runs, and leaves one that nobody tried as it is', () => {
    // The flags hold for a whole process, so it is one of its own.
    const calls = `optimiseLater(); optimiseLater('99.9.1'); optimiseLater('')`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${code}\n${calls}`]);
    expect({ status, said: `${stderr}` }).toEqual({ status: 0, said: '' });
  });
});
