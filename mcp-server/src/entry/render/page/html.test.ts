import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, Html, html, visible } from './html.ts';

/** Characters that mean something to a parser of HTML, and some that mean nothing. */
const hostile = fc.string({
  unit: fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '/',
    '=',
    '`',
    ';',
    '!',
    '-',
    'a',
    'script',
    'onload',
    '\n',
    '\0',
    '\u202e',
  ),
});

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('html', () => {
  it('[R-REPORT-2] lets no text out of the place it was put in, and loses none of it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        const [, title, content] = /^<p title="([^"<>']*)">([^<>"']*)<\/p>$/.exec(markup)!;
        expect(unescaped(title!)).toBe(visible(text));
        expect(content).toBe(title);
      }),
    );
  });

  it('escapes every ampersand once: what looks like an entity is text', () => {
    expect(html`${'&lt;b&gt;'}`.markup).toBe('&amp;lt;b&amp;gt;');
  });

  it('takes markup that it made, in lists too, and nothing for what is not there', () => {
    const items = ['a', '<b>'].map((one) => html`<li>${one}</li>`);
    expect(html`<ul>${items}${null}${undefined}${false}${0}</ul>`).toEqual(
      new Html('<ul><li>a</li><li>&lt;b&gt;</li>0</ul>'),
    );
  });
});

describe('visible', () => {
  it('shows that there was something that steers or hides text', () => {
    expect(visible('a\u202eb\u0000c\u2060d\ud800e\tf\n')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\tf\n');
  });
});

describe('clip', () => {
  it('says how much it leaves out', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdefg', 6)).toBe('abcdef … (1 more characters)');
  });
});
