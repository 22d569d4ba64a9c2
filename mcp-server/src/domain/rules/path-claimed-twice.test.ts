import { expect, it } from 'vitest';
import { pathClaimedTwice } from './path-claimed-twice.ts';
import { ruleInput } from './rule.ts';

/** Claims of components `CMP-1`, `CMP-2`, ..., whose paths stand in lines 5, 9, ... */
function found(...paths: string[]) {
  const blocks = paths.map((path, at) => `### CMP-${at + 1}: A\n\n- Paths: ${path}\n`);
  const input = ruleInput(
    { 'design.md': `## Components\n\n${blocks.join('\n')}` },
    { platform: undefined, stated: new Map() },
  );
  return pathClaimedTwice.check(input, { rules: [], found: [] });
}

const finding = (line: number, message: string) => ({
  path: 'design.md',
  line,
  message,
  fix: 'leave it to one of them; the other may depend on that component',
});

it.each<[string[], [number, string][]]>([
  [['a.py'], []],
  [['a.py, a.py'], []],
  [['lib, lib/a.py'], []],
  [['a/b', 'ab', 'a/bc'], []],
  [['a', 'a'], [[9, 'CMP-2 claims "a", and so does CMP-1']]],
  [['./a/', 'a'], [[9, 'CMP-2 claims "a", and so does CMP-1']]],
  [
    ['a', 'a', 'b', 'a'],
    [
      [9, 'CMP-2 claims "a", and so does CMP-1'],
      [17, 'CMP-4 claims "a", and so does CMP-1'],
    ],
  ],
  [['a/b/c.py', 'a/'], [[5, 'CMP-1 claims "a/b/c.py", which is inside what CMP-2 claims with "a/"']]],
  [['a/*.py', 'a/*.py'], [[9, 'CMP-2 claims "a/*.py", and so does CMP-1']]],
  [['a/*.py', 'a/b.py'], [[9, 'CMP-2 claims "a/b.py", which is inside what CMP-1 claims with "a/*.py"']]],
  [['*.py', 'b.py'], [[9, 'CMP-2 claims "b.py", which is inside what CMP-1 claims with "*.py"']]],
  [['a/*.py', 'a/b.sh', 'a/*.sh'], [[9, 'CMP-2 claims "a/b.sh", which is inside what CMP-3 claims with "a/*.sh"']]],
  [['https://git.example.net/a@1f', 'https://git.example.net/a@1f'], []],
])('of the paths %j', (paths, messages) => {
  expect(found(...paths)).toEqual(messages.map(([line, message]) => finding(line, message)));
});

it('says nothing where there is no design', () => {
  const input = ruleInput({}, { platform: undefined, stated: new Map() });
  expect(pathClaimedTwice.check(input, { rules: [], found: [] })).toEqual([]);
});
