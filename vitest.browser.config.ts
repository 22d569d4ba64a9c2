import { defineConfig } from 'vitest/config';

/** Pages in a real browser: apart from `npm test`, because it needs Chromium. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    // One browser for each file; more would only share the same cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
