import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      // Unit tests share their modules: loading them anew for each file took longer than running them.
      { extends: true, test: { name: 'unit', include: ['mcp-server/src/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'] } },
    ],
    exclude: ['**/node_modules/**', 'test/e2e/**'],
    globalSetup: 'test/helpers/plugin.ts',
    // Real git, real processes: generous limits, never a timed assertion (npm run bench measures).
    // Every core: the suites wait for processes more than they compute.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['mcp-server/src/domain/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 95 },
    },
  },
});
