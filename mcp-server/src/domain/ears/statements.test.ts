import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import { statementsOf } from './statements.ts';

const statements = (...body: string[]) => {
  const text = ['## Requirements', '', '### REQ-1: A', '', ...body, ''].join('\n');
  return statementsOf(readRequirements(text).requirements[0]!).map(({ text: said, line, listed }) => [
    said,
    line,
    listed,
  ]);
};

describe('what may state a requirement', () => {
  it('is a paragraph, and an item that is no criterion and no description', () => {
    expect(
      statements(
        'The system SHALL act.',
        '',
        '- It SHALL end',
        '- Priority: must',
        '- Statement: it SHALL run',
        '- requirement : it SHALL wait',
        '- When asked: it SHALL answer',
        '- **AC-1.1** it is seen',
      ),
    ).toEqual([
      ['The system SHALL act.', 5, false],
      ['It SHALL end', 7, true],
      ['Statement: it SHALL run', 9, true],
      ['requirement : it SHALL wait', 10, true],
      ['When asked: it SHALL answer', 11, true],
    ]);
  });
});
