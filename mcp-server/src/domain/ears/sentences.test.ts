import { describe, expect, it } from 'vitest';
import { sentencesOf } from './sentences.ts';
import { vagueWordsIn } from './vague-words.ts';

describe('the sentences of a paragraph', () => {
  it.each([
    ['One. Two! Three? Four; Five', ['One.', 'Two!', 'Three?', 'Four;', 'Five']],
    ['Version 1.2 of a.b runs at 10.0.0.1. Then it ends.', ['Version 1.2 of a.b runs at 10.0.0.1.', 'Then it ends.']],
    ['Tools, e.g. Git, are there. Others are not.', ['Tools, e.g. Git, are there.', 'Others are not.']],
    ['It is said (e.g. Git). Next', ['It is said (e.g. Git).', 'Next']],
    ['See fig. Two.', ['See fig. Two.']],
    ['It ends. but not here. Here', ['It ends. but not here.', 'Here']],
    ['He said "stop." Then he went.', ['He said "stop."', 'Then he went.']],
    ['(It ends.) Next', ['(It ends.)', 'Next']],
    ['Plan B. Next', ['Plan B. Next']],
    ['It ends.\nNext', ['It ends.', 'Next']],
    ['Ends here.', ['Ends here.']],
    ['終わる。次。', ['終わる。', '次。']],
    ['停止；继续！好？', ['停止；继续！', '好？']],
    ['', []],
    ['  ', []],
    ['one.two', ['one.two']],
  ])('%j are %j', (paragraph, sentences) => expect(sentencesOf(paragraph)).toEqual(sentences));
});

describe('the vague words of a text', () => {
  it('are each once, in small letters, with what to write instead', () => {
    expect(vagueWordsIn('Quickly and quickly, as needed; a user-friendly page, sufficient memory, TBD.')).toEqual([
      { found: 'quickly', instead: 'a time, such as "within 2 s"' },
      { found: 'as needed', instead: 'the cases it means' },
      { found: 'user-friendly', instead: 'what can be observed' },
      { found: 'sufficient', instead: 'a number with its unit' },
      { found: 'tbd', instead: 'what was decided, or a question Q-n' },
    ]);
  });

  it.each(['best effort', 'Fast Ethernet', 'some', 'normally', 'non-scalable', 'etcd', 'scalable/x', 'x_timely'])(
    'do not include %s',
    (text) => expect(vagueWordsIn(text)).toEqual([]),
  );

  it.each(['zeitnah', 'möglichst', 'bei Bedarf', 'ordnungsgemäße', 'in der Regel', 'near-real time'])(
    'include %s',
    (text) => expect(vagueWordsIn(text)).toHaveLength(1),
  );
});
