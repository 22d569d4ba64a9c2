import { describe, expect, it } from 'vitest';
import { implicitFiles, scriptWords } from './script-words.ts';

describe('the words of a command', () => {
  it('are what can be a path, each once, in their order', () => {
    expect(scriptWords('sh ./a/b-c.sh "x@y%z+1,2" | sh > $OUT; ./a/b-c.sh')).toEqual([
      'sh',
      './a/b-c.sh',
      'x@y%z+1,2',
      'OUT',
    ]);
    expect(scriptWords(' | ')).toEqual([]);
  });

  it('are five thousand at most', () => {
    const words = Array.from({ length: 5_001 }, (_, at) => `w${at}`);
    expect(scriptWords(words.join(' '))).toEqual(words.slice(0, 5_000));
  });

  it('name the files that their programs read without being told', () => {
    expect(implicitFiles('make -j2 && ansible-playbook site.yml')).toEqual([
      'GNUmakefile',
      'makefile',
      'Makefile',
      'ansible.cfg',
    ]);
    expect(implicitFiles('remake; my-make make-x tox.ini')).toEqual(['tox.ini', 'pyproject.toml']);
    expect(implicitFiles('')).toEqual([]);
  });
});
