import { fetchStaticConfig } from './page/static-config.js';

/** What the demo's server tells the page. */
export interface PageConfig {
  /** The local stand-in, the real service, or no server of the demo: a static build, whose form is empty. */
  readonly mode: 'stand-in' | 'metered' | 'static';
  /** An app name, or the address of a Get Credential endpoint. */
  readonly app: string;
  readonly apiKey: string;
  /** When the credential expires, in epoch milliseconds, if the server knows. */
  readonly expiresAt?: number;
  /** A `turns:` URL of a server with a self-signed certificate, which few browsers accept. It is set if the stand-in is behind the page. */
  readonly ownCertificate?: string;
  /** The same servers without those that need TLS, if the stand-in is behind the page. */
  readonly appWithoutTls?: string;
  /** The region that is preset. */
  readonly region?: string;
  /** Whether the form is hidden, because everything is preset. */
  readonly hidesForm?: boolean;
  /** The problems that can be simulated, if the stand-in is behind the page. They need the `apiKey` above. */
  readonly scenarios?: readonly Scenario[];
  /** The TURN server drops a call's relay when its credential expires, instead of letting it run on. Missing if that is unknown. */
  readonly dropsAtExpiry?: boolean;
  /** Keys that expire, a new one for each request: only if the demo's server has a Secret Key, of an account or of the stand-in. */
  readonly mint?: MintRoute;
  /** Sentences to show to the user. */
  readonly notes: readonly string[];
}

/** The route of an app with a server. It returns `{ apiKey, expiryInSeconds }`, or `{ error }` with any status but 200. */
export interface MintRoute {
  /** A path on the page's own origin. `?expiryInSeconds=` sets another lifetime. */
  readonly endpoint: string;
  readonly lifeSeconds: number;
}

export interface Scenario {
  readonly title: string;
  /** The endpoint to use in place of the app. */
  readonly endpoint: string;
  /** Whether no server responds over TLS in this scenario, whatever the certificate. */
  readonly stopsTls: boolean;
}

export const pageConfigPath = '/demo-config.json';
export const mintPath = '/api/turn-key';

export async function fetchPageConfig(): Promise<PageConfig> {
  if (import.meta.env.MODE === 'static') return fetchStaticConfig();
  const response = await fetch(pageConfigPath);
  if (!response.ok) throw new Error('The demo server does not respond. Start it with "npm run demo".');
  return (await response.json()) as PageConfig;
}
