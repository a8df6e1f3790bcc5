const lifeInSeconds = 3600;
const patienceMs = 15_000;

export interface ShortLivedCredential {
  readonly apiKey: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/**
 * Creates a credential for one hour at the real service. The Secret Key stays in this process: no error repeats it,
 * nor anything that the service answered.
 */
export async function createShortLivedCredential(
  appName: string,
  secretKey: string,
  request: typeof fetch = fetch,
): Promise<ShortLivedCredential> {
  const host = `${bareName(appName)}.metered.live`;
  const createdAt = Date.now();
  const response = await request(`https://${host}/api/v1/turn/credential?${new URLSearchParams({ secretKey: secretKey.trim() })}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ expiryInSeconds: lifeInSeconds, label: 'ice-servers-loader demo' }),
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => {
    throw new Error(`No answer from ${host}. Check METERED_APP_NAME and this computer's connection.`);
  });
  if (!response.ok) {
    throw new Error(
      `${host} refused to create a credential (HTTP ${response.status}). Check that METERED_SECRET_KEY is this app's ` +
        'Secret Key (dashboard, Developers) and that the plan allows creating credentials by API; ' +
        'otherwise set METERED_API_KEY to the API key of a credential made in the dashboard.',
    );
  }
  const body: unknown = await response.json().catch(() => undefined);
  const apiKey = typeof body === 'object' && body !== null && 'apiKey' in body ? body.apiKey : undefined;
  if (typeof apiKey !== 'string') throw new Error(`${host} answered without an apiKey. Check METERED_APP_NAME.`);
  return { apiKey, expiresAt: createdAt + lifeInSeconds * 1000 };
}

/** People paste the name, the host or the whole address. */
function bareName(appName: string): string {
  return appName
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .replace(/\.metered\.live$/i, '');
}
