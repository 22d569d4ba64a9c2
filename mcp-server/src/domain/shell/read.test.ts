import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScript } from './read.ts';

/** Each command as its words, a dynamic one as prefix, ?, suffix. */
function argvs(line: string): string[][] {
  return readScript(line).commands.map(({ words }) =>
    words.map(({ text, prefix, suffix }) => text ?? `${prefix}?${suffix}`),
  );
}

describe('reading a command line', () => {
  it('keeps the literal beginning and end of a dynamic word', () => {
    expect(argvs('cp "$A/x.tf" pre-"$B"-mid-$(date).txt $HOME')).toEqual([
      ['cp', '?/x.tf', 'pre-?.txt', '?'],
      ['date'],
    ]);
  });

  it('tells file names from descriptors in redirections', () => {
    const [command] = readScript('x 2>&1 >>"a b" &>c 3<d {fd}>e >&f <<<"g h"').commands;
    expect(command?.redirects.map(({ fd, operator, target }) => [fd, operator, target.text])).toEqual([
      ['2', '>&', '1'],
      [undefined, '>>', 'a b'],
      [undefined, '&>', 'c'],
      ['3', '<', 'd'],
      ['{fd}', '>', 'e'],
      [undefined, '>&', 'f'],
      [undefined, '<<<', 'g h'],
    ]);
  });

  it('reads the bodies of several here-documents in order, quoted ones untouched', () => {
    const script = readScript('cat <<A - <<\'B\' <<-"C"; echo end\n$x\nA\n$(y)\nB\n\ttab\n\tC\n');
    const bodies = script.commands[0]?.redirects.map(({ body }) => body?.text);
    expect(bodies).toEqual([undefined, '$(y)\n', 'tab\n']);
    expect(argvs('cat <<A\n$(y)\nA\nz')).toEqual([['cat'], ['y'], ['z']]);
  });

  it('knows what is piped into what, groups included', () => {
    const { commands } = readScript('a | { b; c; } | (d; e) | f; g');
    expect(commands.map(({ words, pipedFrom }) => [words[0]?.text, pipedFrom])).toEqual([
      ['a', undefined],
      ['b', { from: 0, to: 1 }],
      ['c', { from: 0, to: 1 }],
      ['d', { from: 1, to: 3 }],
      ['e', { from: 1, to: 3 }],
      ['f', { from: 3, to: 5 }],
      ['g', undefined],
    ]);
  });

  it('says in which word of which command a nested command stands', () => {
    const { commands } = readScript('a "$(b `c`)" <(d)');
    expect(commands.map(({ words, owner, within }) => [words[0]?.text, owner, within])).toEqual([
      ['a', undefined, 'list'],
      ['b', 0, 'substitution'],
      ['c', 1, 'substitution'],
      ['d', 0, 'process-substitution'],
    ]);
  });

  it('marks what may not run', () => {
    const { commands } = readScript('a && b || c; if d; then e; fi; f() { g; }; h');
    const conditional = commands.filter((command) => command.conditional).map(({ words }) => words[0]?.text);
    expect(conditional).toEqual(['c', 'd', 'e', 'g']);
  });

  it('takes reserved words as such only where a command begins', () => {
    expect(argvs('echo if then; for do in a; do :; done; ! time -p x; coproc N { y; }')).toEqual([
      ['echo', 'if', 'then'],
      [],
      [':'],
      ['x'],
      ['y'],
    ]);
  });

  it('takes operators in [[ ]] as text', () => {
    expect(argvs('[[ $a > b && c =~ ^(d|e)$ ]] && f')).toEqual([
      ['[[', '?', '>', 'b', '&&', 'c', '=~', '^(d|e)$'],
      ['f'],
    ]);
  });

  it('reads assignments, arrays and loops as values of a name', () => {
    const { commands } = readScript('A=1 B+=2 c x=3; D=(e "f g"); for h in i{1,2}; do :; done; E[0]=k');
    const told = commands.flatMap(({ assignments }) =>
      assignments.map(({ name, kind, values }) => [name, kind, values.map((value) => value.text)]),
    );
    expect(told).toEqual([
      ['A', 'scalar', ['1']],
      ['B', 'append', ['2']],
      ['D', 'array', ['e', 'f g']],
      ['h', 'loop', ['i1', 'i2']],
      ['E', 'append', ['k']],
    ]);
  });

  it('ignores comments, but not a # inside a word', () => {
    expect(argvs('a#b "#c" # d; e\n#f\ng')).toEqual([['a#b', '#c'], ['g']]);
  });

  it('counts a word that would expand beyond the bounds as dynamic', () => {
    expect(argvs(`a ${'{b,c}'.repeat(12)}`)).toEqual([['a', '?']]);
    expect(argvs('a {1..100000}')).toEqual([['a', '?']]);
  });

  it.each([
    "echo 'a",
    'echo "a',
    'echo `a',
    "echo $'a",
    'echo $(a',
    'echo ${a',
    '(a',
    'a)',
    '{ a',
    'if a; then b',
    'case a in b) c',
    'for a in b; do c',
    'cat <<E\nx',
    'cat <<E',
    '[[ a',
    'x=(a',
    'a; done',
    'echo (a)',
    'case a of',
  ])('reads what there is of %j and says that it is incomplete', (line) => {
    const script = readScript(line);
    expect(script.incomplete).toBe(true);
    expect(script.commands.length).toBeGreaterThan(0);
  });

  it('finds the command in 10,000 parentheses', () => {
    const line = `${'( '.repeat(10_000)}terraform apply${' )'.repeat(10_000)}`;
    expect(argvs(line)).toContainEqual(['terraform', 'apply']);
  });

  it.each(['$(', '"$(', '${x:-', '$((', '<(', '`', '\\`', '{a,', '((', 'case x in a) ', 'cat <<E\n'])(
    'reads 10,000 times %j without failing',
    (part) => {
      expect(readScript(part.repeat(10_000)).commands.length).toBeGreaterThan(0);
    },
  );

  it('never throws, whatever the input', () => {
    const part = fc.constantFrom(
      ...['(', ')', '{', '}', '$(', '${', '`', '"', "'", "$'", '<<E', '<(', '\n', ';', ';;', '&', '|', '[[', ']]', 'E'],
      ...[
        'if ',
        'then ',
        'fi ',
        'case ',
        'in ',
        'esac ',
        'do ',
        'done ',
        'x',
        '=',
        ' ',
        '\\',
        '>',
        '((',
        '))',
        '#',
        ',',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        expect(readScript(parts.join('')).shells.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
