import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

const { projects: _, ...shared } = base.test ?? {};

/**
 * Mutants of the domain are held against the tests that stand beside its source; changes, against the test of their whole
 * cycle, too; extraction, against fixtures that are read in this process.
 */
export default defineConfig({
  test: {
    ...shared,
    // None of them starts the bundles.
    globalSetup: [],
    include: [
      'mcp-server/src/domain/**/*.test.ts',
      'test/change-cycle.test.ts',
      'test/extract/{delivery,drafted,evidence,secrets,story,terraform-metamorphic}.test.ts',
    ],
    exclude: ['**/node_modules/**'],
  },
});
