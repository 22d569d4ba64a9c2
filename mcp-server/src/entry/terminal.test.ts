import { describe, expect, it } from 'vitest';
import { followsLinks, linked } from './terminal.ts';
import { findingText } from './verbs/validate.ts';

describe('links in the terminal', () => {
  it.each([
    [{ TERM_PROGRAM: 'WezTerm' }, true],
    [{ TERM: 'xterm-kitty' }, true],
    [{ VTE_VERSION: '7203' }, true],
    [{ VTE_VERSION: '4802' }, false],
    [{ WT_SESSION: '1' }, true],
    [{ TERM: 'xterm-256color' }, false],
    [{ TERM_PROGRAM: 'WezTerm', TMUX: '/tmp/tmux' }, false],
    [{ TERM_PROGRAM: 'WezTerm', TERM: 'screen-256color' }, false],
    [{ TERM: 'dumb', FORCE_HYPERLINK: '1' }, true],
    [{ TERM_PROGRAM: 'WezTerm', FORCE_HYPERLINK: '0' }, false],
    [{}, false],
  ] as const)('are for terminals that are known to follow them: %j', (env, expected) => {
    expect(followsLinks(env)).toBe(expected);
  });

  it('lead to the file, whatever its name is, and are plain text elsewhere', () => {
    expect(linked({ links: true }, '/a b/ö\u001b]8;;x.md', 'here')).toBe(
      '\u001b]8;;file:///a%20b/%C3%B6%1B%5D8;;x.md\u001b\\here\u001b]8;;\u001b\\',
    );
    expect(linked({ links: false }, '/a', 'here')).toBe('here');
    expect(linked({}, '/a', 'here')).toBe('here');
  });

  it('stand behind the place of a finding', () => {
    const finding = {
      rule: 'x',
      severity: 'error',
      path: 'deliveries/a/design.md',
      line: 3,
      message: 'm',
      fix: 'f',
    } as const;
    const terminal = { colour: false, links: true } as Parameters<typeof findingText>[1];
    expect(findingText(finding, terminal, '/srv/net')).toBe(
      '\u001b]8;;file:///srv/net/deliveries/a/design.md\u001b\\deliveries/a/design.md:3\u001b]8;;\u001b\\: error m [x]\n    fix f',
    );
  });
});
