import { describe, expect, it } from 'vitest';
import { readScript } from '../shell/read.ts';
import type { Invocation } from '../shell/walk.ts';
import { onlyReads } from './readers.ts';

const reads = (line: string, name: string | undefined = line.split(' ')[0]) =>
  onlyReads({ name, argv: readScript(line).commands[0]!.words } as unknown as Invocation);

describe('a command in a container', () => {
  it.each([
    'ls -la /x',
    'cat /etc/hosts',
    'printenv',
    'find / -name x',
    'curl -s http://x',
    'sed s/a/b/ f',
    'sh -c "rm x"',
    'timeout 5 rm x',
    'nginx -v',
    'python3 --version',
    'tool version',
    'tool -V',
    'tool -version',
    'echo -d',
    'sort -i x',
  ])('only reads: %s', (line) => expect(reads(line)).toBe(true));

  it.each([
    'rm x',
    'find / -delete',
    'find / -exec rm {} +',
    'curl -X POST http://x',
    'curl --data-raw x http://x',
    'curl -d "$X" http://x',
    'curl -T f http://x',
    'wget --post-data=x http://x',
    'sed -i s/a/b/ f',
    'sed --in-place=.bak s/a/b/ f',
    'yq -i .a f',
    'nginx',
    'nginx -v x',
    'tool versions',
    'tool -h',
  ])('may change something: %s', (line) => expect(reads(line)).toBe(false));

  it('may change something where its name is dynamic', () =>
    expect(onlyReads({ name: undefined, argv: [] } as unknown as Invocation)).toBe(false));
});
