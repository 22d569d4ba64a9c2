import { describe, expect, it } from 'vitest';
import { formProblem } from './form.ts';

const message = (sentence: string, listed = false) => formProblem(sentence, listed)?.message;

describe('a sentence that is an EARS pattern', () => {
  it.each([
    'The system SHALL act.',
    'WHEN a port is asked for, the system SHALL configure it.',
    'WHILE a run lasts, WHEN a step fails, the system SHALL stop.',
    'WHERE several are given, the system SHALL take each.',
    'IF the zone is gone, THEN the system SHALL stop.',
    'IF the zone is gone THEN the system SHALL stop.',
    '- **WHEN** a port is asked for, the system SHALL configure it.',
    '"WHEN asked, the system SHALL act."',
    'The system SHALL NOT act.',
    'The system SHALL fail if the zone is gone.',
    'The system SHALL:',
    'The system SHALL',
    'When the zone is gone the service stops.',
    'It is prose about the zone.',
    'WHEN the zone is gone:',
    'WENN die Zone weg ist',
    'This is WHEN the zone stops.',
  ])('has no problem: %s', (sentence) => expect(formProblem(sentence, false)).toBeUndefined());
});

describe('a sentence that is no EARS pattern', () => {
  const pattern = 'WHEN <trigger>, the <system> SHALL <response>';

  it.each([
    [
      'WHEN the zone is gone, the service stops.',
      { message: 'a condition, and no SHALL that says what follows', fix: `write ${pattern}` },
    ],
    ['The system SHALL.', { message: 'nothing stands after SHALL', fix: 'say what can be observed when it is met' }],
    ['SHALL act.', { message: 'no system is named before SHALL', fix: `say who acts: ${pattern}` }],
    ['WHEN , the system SHALL act.', { message: 'the condition is empty', fix: `say when it holds: ${pattern}` }],
    [
      'WHEN a port is asked for the system SHALL act.',
      { message: 'nothing shows where the condition ends', fix: `put a comma (or THEN) behind it: ${pattern}` },
    ],
    [
      'The system SHALL act WHEN asked.',
      { message: 'WHEN stands behind SHALL', fix: `put the condition first: ${pattern}` },
    ],
  ])('%s: %j', (sentence, problem) => expect(formProblem(sentence, false)).toEqual(problem));

  it.each([
    ['The system SHALL NOT.', 'nothing stands after SHALL'],
    ['The system shall not!', 'nothing stands after SHALL'],
    ['The system SHALL;', 'nothing stands after SHALL'],
    ['WHEN asked, SHALL act.', 'no system is named before SHALL'],
    ['IF asked THEN SHALL act.', 'no system is named before SHALL'],
    ['Note: SHALL act.', 'no system is named before SHALL'],
    ['WHENEVER. The system SHALL act.', 'the condition is empty'],
    ['WHERE asked the system SHALL act.', 'nothing shows where the condition ends'],
    ['The system SHALL act WHILE it can.', 'WHILE stands behind SHALL'],
    ['The system SHALL act IF it can.', 'IF stands behind SHALL'],
    ['The system SHALL act WHENEVER it can.', 'WHENEVER stands behind SHALL'],
    ['(WHILE the zone is gone the service stops)', 'a condition, and no SHALL that says what follows'],
  ])('%s: %s', (sentence, expected) => expect(message(sentence)).toBe(expected));

  it('may leave its subject to what stands before a list', () => {
    expect(message('SHALL act.', true)).toBeUndefined();
    expect(message('WHEN asked, SHALL act.', true)).toBeUndefined();
    expect(message('SHALL.', true)).toBe('nothing stands after SHALL');
  });
});
