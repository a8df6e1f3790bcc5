import { defineConfig } from 'vitest/config';

/** The suites that judge the loader and its rules, each once: those that run it all again with another ky would triple the time. */
const suites = [
  'freshness',
  'keep-fresh',
  'loader-*',
  'locks',
  'options',
  'properties',
  'rate-limits',
  'refused-entries',
  'request',
  'response',
  'servers',
  'storage',
  'tabs',
  'time',
];

export default defineConfig({
  define: { __VERSION__: '""' },
  test: {
    setupFiles: ['test/mutation/setup.ts'],
    include: suites.map((name) => `test/${name}.test.ts`),
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
