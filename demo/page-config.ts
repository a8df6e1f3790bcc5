/** What the demo's server tells the page. */
export interface PageConfig {
  /** The local stand-in, or the real service. */
  readonly mode: 'stand-in' | 'metered';
  /** An app name, or the address of a Get Credential endpoint. */
  readonly app: string;
  readonly apiKey: string;
  /** When the credential dies, in epoch ms, where the server knows. */
  readonly expiresAt?: number;
  /** Sentences for the person in front of the page. */
  readonly notes: readonly string[];
}

export const pageConfigPath = '/demo-config.json';

export async function fetchPageConfig(): Promise<PageConfig> {
  const response = await fetch(pageConfigPath);
  if (!response.ok) throw new Error('The demo server does not answer. Start it with "npm run demo".');
  return (await response.json()) as PageConfig;
}
