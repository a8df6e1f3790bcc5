import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';
import { debianChromium } from './tools.js';

/** How Chromium starts, for tests, the benchmark and the pictures. */
export const chromiumLaunch: LaunchOptions = {
  ...(existsSync(debianChromium) && { executablePath: debianChromium }),
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    // The TURN server's certificate is its own, also for turns: sockets.
    '--ignore-certificate-errors',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
};
