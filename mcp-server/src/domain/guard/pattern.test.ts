import { describe, expect, it } from 'vitest';
import { readArguments } from '../shell/options.ts';
import { readScript } from '../shell/read.ts';
import { matchAny, matchWord } from './pattern.ts';
import { callsIn } from './program-text.ts';

const words = (line: string) => readScript(line).commands[0]!.words;

describe('a word of a pattern', () => {
  it.each([
    ['apply', 'apply', 'yes'],
    ['apply', 'Apply', 'no'],
    ['apply|destroy', 'destroy', 'yes'],
    ['*', 'anything', 'yes'],
    ['get-*', 'get-x', 'yes'],
    ['get-*', 'get-', 'yes'],
    ['get-*', 'get', 'no'],
    ['*-list', 'a-list', 'yes'],
    ['a*a', 'a', 'no'],
    ['a*a', 'aa', 'yes'],
    ['a*b', 'acd', 'no'],
    ['*:*', 'a:b', 'yes'],
    ['*:*', 'ab', 'no'],
    ['!get|list', 'get', 'no'],
    ['!get|list', 'apply', 'yes'],
    ['apply', '$X', 'maybe'],
    ['apply', 'app$X', 'maybe'],
    ['apply', 'apply$X', 'maybe'],
    ['apply', 'get$X', 'no'],
    ['get|apply', 'app$X', 'maybe'],
    ['*', '$X', 'yes'],
    ['get-*', 'get-$X', 'yes'],
    ['get-*', 'ge$X', 'maybe'],
    ['*:*', 'a:$X', 'yes'],
    ['*:*', 'a$X', 'maybe'],
    ['!apply', '$X', 'maybe'],
    ['!get', 'apply$X', 'yes'],
  ])('%s and %s: %s', (part, text, expected) => expect(matchWord(part, words(`x ${text}`)[1])).toBe(expected));

  it('is not matched by a word that is not there', () => {
    expect([matchWord('*', undefined), matchWord('!a', undefined)]).toEqual(['no', 'no']);
  });
});

describe('patterns of the command table', () => {
  const match = (line: string, ...patterns: string[]) =>
    matchAny(patterns, readArguments(words(line), { valued: '-n' }));

  it.each([
    ['apply', ['apply'], { match: 'yes', operands: 1 }],
    ['state rm a', ['state rm'], { match: 'yes', operands: 2 }],
    ['state', ['state rm'], undefined],
    ['rm state', ['state rm'], undefined],
    ['apply', ['get', 'apply'], { match: 'yes', operands: 1 }],
    ['$X', ['get', 'apply'], { match: 'maybe', operands: 1 }],
    ['$X rm', ['a b', 'state rm'], { match: 'maybe', operands: 2 }],
    ['run -d', ['run -d|--detach'], { match: 'yes', operands: 1 }],
    ['run --detach', ['run -d|--detach'], { match: 'yes', operands: 1 }],
    ['run', ['run -d|--detach'], undefined],
    ['run', ['run !-d'], { match: 'yes', operands: 1 }],
    ['run -d', ['run !-d'], undefined],
    ['run -n=a', ['run -n=a|b'], { match: 'yes', operands: 1 }],
    ['run -n c -n b', ['run -n=a|b'], { match: 'yes', operands: 1 }],
    ['run -n b -n c', ['run -n=a|b'], undefined],
    ['run', ['run -n=a'], undefined],
    ['run -n "$X"', ['run -n=a'], { match: 'maybe', operands: 1 }],
    ['cp a b:c', ['cp * *:*'], { match: 'yes', operands: 1 }],
  ])('%s and %j: %j', (line, patterns, expected) => expect(match(line, ...patterns)).toEqual(expected));

  it('match a certain pattern before one that may match', () => {
    expect(match('$X apply', 'a apply', '* apply')).toEqual({ match: 'yes', operands: 2 });
  });
});

describe('programs that a text in another language starts', () => {
  it.each([
    ['python3', 'os.system("terraform apply")', ['terraform apply']],
    ['python3', "subprocess.run(['terraform', 'apply', \"it's\"], check=True)", [`'terraform' 'apply' 'it'\\''s'`]],
    ['python3', 'subprocess.check_output( [ r"a", f"b" ] )', ["'a' 'b'"]],
    ['python3', 'run("a \\"b\\"")', ['a "b"']],
    ['node', 'execSync(`make deploy`)', ['make deploy']],
    ['node', 'spawn("a", ["b", "c"])', ["'a' 'b' 'c'"]],
    ['ruby', 'system "a b"', ['a b']],
    ['perl', 'exec("a"); system("b")', ['a', 'b']],
    ['php', "shell_exec('a')", ['a']],
    ['awk', 'BEGIN { system("a") }', ['a']],
    ['python3', 'run(command)', []],
    ['python3', 'rerun("a")', []],
    ['python3', 'print("a")', []],
    ['expect', 'spawn ssh host\nsend "ls -l\\r"\nsend -- {x}\n  exec a\nexpect b', ['ssh host', 'ls -l', 'x', 'a']],
    ['python3', 'spawn ssh host', []],
  ])('%s: %s', (program, text, expected) => expect(callsIn(program, text)).toEqual(expected));

  it('are bounded', () => {
    expect(callsIn('python3', 'run("a")\n'.repeat(300))).toHaveLength(200);
    expect(callsIn('python3', `run(${'"a", '.repeat(300)})`)[0]!.split(' ')).toHaveLength(100);
  });
});
