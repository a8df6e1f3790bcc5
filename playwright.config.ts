import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { Workers } from './e2e/support/test.js';
import { chromiumLaunch } from './test/set-up/chromium.js';
import { debianFirefox, tools } from './test/set-up/tools.js';

// Where the packed package is installed; said here once, for every worker of this run.
process.env.INSTALLED_IN ??= join(tmpdir(), `ice-servers-loader-${process.pid}`);

const hasChromium = tools.chromium.isHere();

const chromiumUse = {
  browserName: 'chromium' as const,
  launchOptions: { ...chromiumLaunch, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
};

export default defineConfig<object, Workers>({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // Real browsers over a real network on a shared machine: a second try is printed as flaky.
  retries: process.env.CI ? 1 : 0,
  // A machine of two cores opens eight tabs in its own time.
  timeout: 120_000,
  reporter: 'list',
  // The set-up has said what is left out: npm run set-up.
  projects: [
    ...(hasChromium ? [{ name: 'chromium', testIgnore: /webkit|artefact/, use: chromiumUse }] : []),
    { name: 'pack', testMatch: /artefact.pack/, teardown: 'unpack' },
    { name: 'unpack', testMatch: /artefact.unpack/ },
    {
      name: 'artefact',
      testMatch: /artefact.*\.spec/,
      ...(!hasChromium && { testIgnore: /\.chromium\./ }),
      dependencies: ['pack'],
      use: chromiumUse,
    },
    // Playwright's own Firefox cannot be had everywhere; Debian's is driven over WebDriver BiDi.
    ...(tools.firefox.isHere()
      ? [
          {
            name: 'firefox',
            testIgnore: /webkit|chromium|artefact/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: {
                executablePath: debianFirefox,
                // Else Firefox answers 701 at once for a TURN server on this machine.
                firefoxUserPrefs: { 'media.peerconnection.ice.loopback': true },
              },
            },
          },
        ]
      : []),
    ...(tools.webkit.isHere()
      ? [{ name: 'webkit', testMatch: /(loading|storage|script-tag|webkit)\.spec/, use: { engine: 'webkit' as const } }]
      : []),
  ],
});
