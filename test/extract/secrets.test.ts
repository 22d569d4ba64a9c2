import { describe, expect, it } from 'vitest';
import { extractFolder, factsOf, fixtures } from './fixtures.ts';

// The values that the fixtures hide; they were made up for this purpose.
const planted = ['Sup3rS3cretFixture!', 'Fixture-Pass-42', 'Fixture-Pg-Pass-7'];

describe('secrets of the fixtures', () => {
  it('are found with their lines and never said', async () => {
    const report = await extractFolder(fixtures);
    const text = JSON.stringify(report);
    for (const value of planted) expect(text).not.toContain(value);
    expect(factsOf(report, 'secret').map((fact) => [fact.name, fact.evidence[0]?.line])).toEqual(
      expect.arrayContaining([
        ['DB_PASSWORD', 25],
        ['POSTGRES_PASSWORD', 32],
        ['db_password', 46],
      ]),
    );
  });
});
