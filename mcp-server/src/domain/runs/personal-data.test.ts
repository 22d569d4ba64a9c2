import { describe, expect, it } from 'vitest';
import { pseudonyms } from './personal-data.ts';

describe('pseudonyms', () => {
  const clean = pseudonyms();

  it.each([
    ['write to Ann.Example@example.org or bob@example.com', 'write to [email 1] or [email 2]'],
    ['ann.example@EXAMPLE.org again', '[email 1] again'],
    ['call +49 30 123 4567 now', 'call [phone 1] now'],
    ['cd /home/ann/net && ls /Users/bob', 'cd /home/[user 1]/net && ls /Users/[user 2]'],
    ['/home/root/x', '/home/root/x'],
    ['10.0.0.0/16, 1+2, v1.2.3+4, a@b', '10.0.0.0/16, 1+2, v1.2.3+4, a@b'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('take time that grows with the text', () => {
    const start = performance.now();
    clean(`${'a'.repeat(50_000)}@${'b.'.repeat(50_000)}`);
    clean('+1 2'.repeat(30_000));
    expect(performance.now() - start).toBeLessThan(4000);
  });
});
