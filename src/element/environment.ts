import { withoutSecrets } from './format.js';
import type { IceEnvironment } from './types.js';

declare const __VERSION__: string;

/** The part of `navigator` that only Chromium has: https://wicg.github.io/ua-client-hints/, https://wicg.github.io/netinfo/ */
interface ChromiumNavigator {
  readonly userAgentData?: UserAgentData;
  readonly connection?: { readonly type?: string; readonly effectiveType?: string };
}

export interface UserAgentData {
  readonly brands: readonly Brand[];
  readonly platform: string;
  getHighEntropyValues(hints: string[]): Promise<{ readonly platformVersion?: string }>;
}

interface Brand {
  readonly brand: string;
  readonly version: string;
}

type Software = Pick<IceEnvironment, 'browser' | 'system'>;

/** Never rejects. */
export async function readEnvironment(): Promise<IceEnvironment> {
  const { userAgentData, connection } = navigator as ChromiumNavigator;
  const software = userAgentData ? await readUserAgentData(userAgentData) : readUserAgent(navigator.userAgent);
  return {
    ...software,
    userAgent: navigator.userAgent,
    connection: navigator.onLine ? (connection?.type ?? connection?.effectiveType) : 'offline',
    page: withoutSecrets(location.href),
    version: __VERSION__,
  };
}

/** Names browser and system after the client hints. */
export async function readUserAgentData(data: UserAgentData): Promise<Software> {
  const platformVersion = await readPlatformVersion(data);
  // One brand is made up, with punctuation in it, so that nobody relies on the list: https://wicg.github.io/ua-client-hints/#grease
  const brands = data.brands.filter(({ brand }) => /^[A-Za-z ]+$/.test(brand));
  const best = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0];
  return {
    browser: best ? `${best.brand} ${best.version}` : '',
    system: `${data.platform} ${systemVersion(data.platform, platformVersion)}`.trim(),
  };
}

async function readPlatformVersion(data: UserAgentData): Promise<string> {
  try {
    const { platformVersion = '' } = await data.getHighEntropyValues(['platformVersion']);
    return platformVersion;
  } catch {
    // A policy may forbid it.
    return '';
  }
}

/** What the user agent strings of Firefox and Safari say, which have no client hints. The first that fits decides. */
const browserPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Edge', /Edg(?:iOS|A)?\/(\d+)/],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+(?:\.\d+)?).* Safari/],
];

const systemPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iOS', /(?:iPhone|iPad|iPod).* OS (\d+)/],
  ['macOS', /Mac OS X/],
  ['Android', /Android (\d+)/],
  ['Windows', /Windows/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** Names browser and system after the user agent string, for a browser without client hints, and for a page without https. */
export function readUserAgent(userAgent: string): Software {
  return { browser: firstMatch(userAgent, browserPatterns), system: firstMatch(userAgent, systemPatterns) };
}

function firstMatch(text: string, patterns: typeof browserPatterns): string {
  for (const [name, pattern] of patterns) {
    const match = pattern.exec(text);
    if (match) return match[1] ? `${name} ${match[1]}` : name;
  }
  return '';
}

/** Windows 11 says 13 or more: https://learn.microsoft.com/en-us/microsoft-edge/web-platform/how-to-detect-win11 */
const firstMajorOfWindows11 = 13;

function systemVersion(platform: string, version: string): string {
  const major = Number.parseInt(version, 10);
  if (Number.isNaN(major)) return '';
  if (platform !== 'Windows') return String(major);
  if (major >= firstMajorOfWindows11) return '11';
  return major > 0 ? '10' : '';
}
