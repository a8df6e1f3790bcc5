import { defineConfig } from 'vitest/config';

/** The folders of the suites that judge the loader and its rules. */
const folders = ['cache', 'credentials', 'errors', 'keep-fresh', 'loader', 'options', 'request'];

export default defineConfig({
  define: { __VERSION__: '""' },
  test: {
    setupFiles: ['test/mutation/setup.ts'],
    include: folders.map((folder) => `test/${folder}/*.test.ts`),
    // The first runs everything a second time, and the second takes as long as all the others together.
    exclude: ['test/request/ky-2.test.ts', 'test/loader/tab-schedules.test.ts'],
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
