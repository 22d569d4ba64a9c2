import { describe, expect, it } from 'vitest';
import { isPure } from './purity.ts';
import { readCommands } from './reading.ts';

const pure = (text: string) => isPure(readCommands(`#!/bin/bash\n${text}\n`));

describe('a script that surely only prints', () => {
  it.each([
    'for zone in b a; do echo "zone $zone"; done | sort',
    'say() { printf "%s\\n" "$name"; }\nname=x\nsay >&2',
    'cat hosts 2>/dev/null | grep -v "^#" | cut -d: -f1 | sed -n "s/a/b/p" | sort -u',
  ])('is told: %s', (text) => {
    expect(pure(text)).toBe(true);
  });

  it.each([
    ...['touch x', 'echo x > y', 'echo x >> y', 'sed -i s/a/b/ z', 'sed "w out" z', 'sed s/a/b/e z', 'sort -o y x'],
    ...['"$PROGRAM" x', './other', 'eval "$x"', 'source lib.sh', 'curl http://x', 'kubectl get pods', 'rm -rf x'],
    ...['echo "$(touch x)"', 'echo `touch x`', 'cat <(touch x)', 'exec 3>y', 'trap "touch x" EXIT', 'echo "$1"'],
    ...[
      'echo "${ENVIRONMENT:?}"',
      'echo $RANDOM',
      'echo $$',
      'pwd',
      'date',
      'xargs rm',
      'echo ${x:=$(touch y)}',
      'if',
      '',
    ],
  ])('is not: %s', (text) => {
    expect(pure(text)).toBe(false);
  });
});
