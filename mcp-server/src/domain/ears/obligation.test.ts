import { describe, expect, it } from 'vitest';
import { isEnglish, obligationAt, obligationsIn, obliges, weakWord } from './obligation.ts';

describe('a text obliges someone', () => {
  it.each([
    'the system SHALL act',
    'It must end.',
    'Das System muss enden.',
    'Die Systeme müssen enden.',
    'Le système doit répondre.',
    'El sistema debe responder.',
    'Il sistema deve rispondere.',
    'O sistema deverá responder.',
    'Het systeem dient te antwoorden.',
    'Systemet skall svara.',
    'System musi odpowiedzieć.',
    'Система должна ответить.',
    '系统必须响应',
    '応答しなければならない',
    '시스템은 응답해야 한다',
    'يجب أن يستجيب',
  ])('in %s', (text) => expect(obliges(text)).toBe(true));

  it.each(['it responds', 'a must-have feature', 'shallow water', 'marshall', 'MUST_HAVE', '2must', 'musty'])(
    'not in %s',
    (text) => expect(obliges(text)).toBe(false),
  );
});

describe('a weak word', () => {
  it.each([
    ['It should end', 'should'],
    ['it Will end', 'will'],
    ['it would end', 'would'],
    ['it ought to end', 'ought to'],
    ['it has to end', 'has to'],
    ['they have to end', 'have to'],
    ['it needs to end', 'needs to'],
    ['they need to end', 'need to'],
  ])('of %s is %s', (text, word) => expect(weakWord(text)).toBe(word));

  it.each(['it shall end', 'the goodwill of all', 'shoulder', 'needs two'])('is not in %s', (text) => {
    expect(weakWord(text)).toBeUndefined();
  });
});

describe('the obligations of a sentence', () => {
  it.each([
    ['The system SHALL act', 1],
    ['The system SHALL act and SHALL NOT end', 2],
    ['It MUST take a name that must be unique', 1],
    ['it shall take a name that must be unique', 1],
    ['it shall end and shall say so', 2],
    ['it must end', 0],
    ['Das System MUSS enden und DARF nicht warten', 2],
    ['It SHALL print "the user SHALL wait" and “it MUST end”', 1],
    ['Es SOLL „er MUSS warten“ zeigen', 1],
    ['nothing', 0],
  ])('%s: %i', (sentence, count) => expect(obligationsIn(sentence)).toBe(count));

  it.each([
    ['it SHALL act', { start: 3, end: 8 }],
    ['a name that must be unique SHALL be kept', { start: 27, end: 32 }],
    ['it shall act', { start: 3, end: 8 }],
    ['it Must act', { start: 3, end: 7 }],
    ['es MUSS enden', undefined],
  ])('%s: at %j', (sentence, place) => expect(obligationAt(sentence)).toEqual(place));
});

describe('a text is English', () => {
  it.each([
    ['When the zone is gone, stop.', true],
    ['stop the service', true],
    ['one two three four five six seven eight nine the', true],
    ['one two three four five six seven eight nine ten the', false],
    ['stop service', false],
    ['', false],
    ['Wenn der Dienst endet', false],
    ['the café is müde', false],
    [`the ${'word '.repeat(9)}`, true],
    [`${'the word '.repeat(9)}the é`, true],
    [`${'the word '.repeat(9)}é`, false],
  ])('%s: %s', (text, expected) => expect(isEnglish(text)).toBe(expected));
});
