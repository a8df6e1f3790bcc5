import { fetchStaticConfig } from './page/static-config.js';

/** What the demo's server tells the page. */
export interface PageConfig {
  /** The local stand-in, the real service, or no server of ours at all: a static build, whose form is empty. */
  readonly mode: 'stand-in' | 'metered' | 'static';
  /** An app name, or the address of a Get Credential endpoint. */
  readonly app: string;
  readonly apiKey: string;
  /** When the credential dies, in epoch ms, where the server knows. */
  readonly expiresAt?: number;
  /** A `turns:` URL of a server whose certificate is its own, where the stand-in is behind the page: few browsers take it. */
  readonly ownCertificate?: string;
  /** The same servers without those that need TLS, if the stand-in is behind the page. */
  readonly appWithoutTls?: string;
  /** The region that is preset. */
  readonly region?: string;
  /** The form is left out: everything is preset. */
  readonly hidesForm?: boolean;
  /** Troubles to look at, where the stand-in is behind the page. They take the `apiKey` above. */
  readonly scenarios?: readonly Scenario[];
  /** The TURN server drops a call's relay when its credential dies, instead of letting it run on. Missing if nobody knows. */
  readonly dropsAtExpiry?: boolean;
  /** Keys that expire, a new one for each request: only where the demo's server has a Secret Key, its own or that of the stand-in. */
  readonly mint?: MintRoute;
  /** Sentences for the person in front of the page. */
  readonly notes: readonly string[];
}

/** What an app with a server of its own has: it answers `{ apiKey, expiryInSeconds }`, and `{ error }` with any status but 200. */
export interface MintRoute {
  /** A path on the page's own origin. `?expiryInSeconds=` sets another life. */
  readonly endpoint: string;
  readonly lifeSeconds: number;
}

export interface Scenario {
  readonly title: string;
  /** Instead of the app. */
  readonly endpoint: string;
  /** In this trouble nothing answers over TLS anyway, whatever the certificate. */
  readonly stopsTls: boolean;
}

export const pageConfigPath = '/demo-config.json';
export const mintPath = '/api/turn-key';

export async function fetchPageConfig(): Promise<PageConfig> {
  if (import.meta.env.MODE === 'static') return fetchStaticConfig();
  const response = await fetch(pageConfigPath);
  if (!response.ok) throw new Error('The demo server does not answer. Start it with "npm run demo".');
  return (await response.json()) as PageConfig;
}
