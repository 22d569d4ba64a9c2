import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Mutants of the domain are held against the tests that stand beside its source, and no others. */
export default defineConfig({
  test: { ...base.test, include: ['mcp-server/src/domain/**/*.test.ts'], exclude: ['**/node_modules/**'] },
});
