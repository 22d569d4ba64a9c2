import { describe, expect, it } from 'vitest';
import { commandLabel, commandWords } from './command-words.ts';

describe('a command line in the words that stay the same', () => {
  it.each([
    ['play --check && ls -l; x|y', 'play && ls && x && y'],
    ['run --opt ;; next', 'run && next'],
    ['a &&& b ||| c & d', 'a && b && c && d'],
    ['&& ls', 'ls'],
    ['a; b; c; d; e', 'a && b && c && d'],
    ['git commit && git commit -m x && git push', 'git commit && git push'],
    ['x && $Y && x', 'x'],
    ['X=1 Y_2=a sudo env time nohup command exec /usr/bin/kubectl -n web get', 'kubectl get'],
    ['mysudo x', 'mysudo'],
    ['sudoer x', 'sudoer'],
    ['x.y=1 b', ''],
    ['"a b" c', ''],
    [`${'a'.repeat(41)} b`, ''],
    [`${'a'.repeat(40)} b`, 'a'.repeat(40)],
    [`make ${'v'.repeat(41)}`, 'make'],
    ['git "a b" c', 'git'],
    ['git --my--context x y', 'git x'],
    ['kubectl --context x get y', 'kubectl get'],
    ['git -C d status', 'git status'],
    ['docker -f x ps', 'docker ps'],
    ['aws --profile p --region r ec2 describe x', 'aws ec2 describe'],
    ['aws', 'aws'],
    ['git -v', 'git'],
    ['', ''],
  ])('%s is called %j', (command, label) => expect(commandLabel(command)).toBe(label));

  it.each([
    ['a --opt x=1 -v;b c', '[0]:a [1]:--opt x:1 [2]:-v [3]:; [4]:b [5]:c'],
    ['a --opt ;; b', '[0]:a [1]:--opt [2]:;; [3]:b'],
    ['a --opt a; b', '[0]:a [1]:--opt --opt:a [2]:; [3]:b'],
    ['x a=b=c --k= 9=1 b==c -e y', '[0]:x a:b=c --k: [1]:9=1 b:=c [2]:-e -e:y'],
    ['x a="1\n2"', '[0]:x a:1\n2'],
    ['x ---a=1 - -9', '[0]:x [1]:---a=1 [2]:- [3]:-9'],
    [`say "a \\" b" 'c d' e\\ f "q\\$r\\z"`, '[0]:say [1]:a " b [2]:c d [3]:e f [4]:q$r\\z'],
    ['a>b 2>&1', '[0]:a [1]:> [2]:b [3]:2 [4]:>& [5]:1'],
  ])('%s has the values %j', (command, words) => {
    expect(
      commandWords(command)
        .map(({ name, text }) => `${name}:${text}`)
        .join(' '),
    ).toBe(words);
  });

  it('is read as far as its sixtieth word', () => {
    expect(commandWords('w '.repeat(70))).toHaveLength(60);
  });
});
