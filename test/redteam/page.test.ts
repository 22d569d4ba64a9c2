import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { threatModelPage } from './page.ts';

describe('docs/threat-model.md', () => {
  it('is what the attacks say; node scripts/threat-model.mjs draws it again', () => {
    expect(readFileSync(new URL('../../docs/threat-model.md', import.meta.url), 'utf8')).toBe(threatModelPage());
  });
});
