import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { Workers } from './e2e/support/test.js';

const chromium = '/usr/bin/chromium';
const firefox = '/usr/bin/firefox-esr';

const chromiumArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // The TURN server's certificate is its own, also for turns: sockets.
  '--ignore-certificate-errors',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig<object, Workers>({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A machine of two cores opens eight tabs in its own time.
  timeout: 120_000,
  reporter: 'list',
  projects: [
    {
      name: 'chromium',
      testIgnore: /webkit/,
      use: {
        browserName: 'chromium',
        launchOptions: {
          ...(existsSync(chromium) && { executablePath: chromium }),
          args: chromiumArguments,
          ignoreDefaultArgs: ['--disable-back-forward-cache'],
        },
      },
    },
    // Playwright's own Firefox cannot be had everywhere; Debian's is driven over WebDriver BiDi.
    ...(existsSync(firefox)
      ? [
          {
            name: 'firefox',
            testIgnore: /webkit|chromium/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: {
                executablePath: firefox,
                // Else Firefox answers 701 at once for a TURN server on this machine.
                firefoxUserPrefs: { 'media.peerconnection.ice.loopback': true },
              },
            },
          },
        ]
      : []),
    ...(existsSync('/usr/bin/WebKitWebDriver')
      ? [{ name: 'webkit', testMatch: /(loading|storage|script-tag|webkit)\.spec/, use: { engine: 'webkit' as const } }]
      : []),
  ],
});
