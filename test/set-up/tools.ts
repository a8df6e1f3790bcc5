import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { hasCoturn } from '../../demo/server/turn/turn-kind.js';

/** Something that tests drive, and npm does not bring. */
export interface Tool {
  readonly name: string;
  /** Debian's packages that bring it. */
  readonly packages: readonly string[];
  /** What to do where apt-get does not bring it. */
  readonly otherwise: string;
  isHere(): boolean | Promise<boolean>;
}

export const debianChromium = '/usr/bin/chromium';
export const debianFirefox = '/usr/bin/firefox-esr';

export const tools = {
  chromium: {
    name: 'Chromium',
    packages: ['chromium'],
    otherwise: 'install Chromium with "npx playwright install chromium"',
    isHere: () => existsSync(debianChromium) || existsSync(playwrightChromium()),
  },
  // Playwright's own Firefox and WebKit cannot be had everywhere: Debian's are driven.
  firefox: {
    name: 'Firefox',
    packages: ['firefox-esr'],
    otherwise: 'use Debian for Firefox and WebKit',
    isHere: () => existsSync(debianFirefox),
  },
  webkit: {
    name: 'WebKit',
    packages: ['webkit2gtk-driver', 'xvfb'],
    otherwise: 'use Debian for Firefox and WebKit',
    isHere: () => existsSync('/usr/bin/WebKitWebDriver') && existsSync('/usr/bin/xvfb-run'),
  },
  coturn: {
    name: 'coturn',
    packages: ['coturn'],
    otherwise: 'install coturn with your package manager, such as with "brew install coturn"',
    isHere: () => hasCoturn(),
  },
} as const satisfies Record<string, Tool>;

function playwrightChromium(): string {
  try {
    return chromium.executablePath();
  } catch {
    // There is none for this platform.
    return '';
  }
}
