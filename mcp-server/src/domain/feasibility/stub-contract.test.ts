import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import { contractOf } from './stub-contract.ts';

const requirements = readRequirements(`## Systems

| ID | System | Purpose | Required |
|---|---|---|---|
| SYS-1 | Address plan | Says what is free | yes |
| SYS-2 | Ticket system | Takes  the change | yes |
| SYS-3 | Bare | | yes |

## Requirements

### REQ-1: One

WHEN asked, THE SYSTEM SHALL ask
SYS-1. It SHALL be quick.

- **AC-1.1** SYS-1 answers.
- **AC-1.2** SYS-10 does not.

### REQ-2: Two

IF SYS-1 and SYS-12 fail, THEN THE SYSTEM SHALL stop.
`);
const contract = (at: number) => contractOf(requirements.systems[at]!, requirements);

describe('what a stand-in has to do', () => {
  it('is every sentence and criterion that names the system, each on one line with its id', () => {
    expect(contract(0)).toEqual({
      need: 'SYS-1',
      title: 'Address plan',
      operations: [
        'REQ-1: WHEN asked, THE SYSTEM SHALL ask SYS-1. It SHALL be quick.',
        'AC-1.1: SYS-1 answers.',
        'REQ-2: IF SYS-1 and SYS-12 fail, THEN THE SYSTEM SHALL stop.',
      ],
    });
  });

  it('is its purpose where nothing names it, and its name where that is empty', () => {
    expect(contract(1).operations).toEqual(['SYS-2: Takes the change']);
    expect(contract(2).operations).toEqual(['SYS-3: Bare']);
  });
});
