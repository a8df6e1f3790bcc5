const createPatienceMs = 15_000;
/** The user is waiting for the demo to end. */
const deletePatienceMs = 3000;

/** The account that creates credentials. The Secret Key stays in this process, and no error repeats it. */
export interface MeteredAccount {
  /** `https://demo.metered.live`, or the origin of the stand-in. */
  readonly origin: string;
  readonly secretKey: string;
}

export interface MintedCredential {
  readonly username: string;
  readonly apiKey: string;
}

/** Users paste the app name, its host or its full URL. */
export function meteredAccount(appName: string, secretKey: string): MeteredAccount {
  const name = appName
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
    .replace(/\.metered\.live$/i, '');
  return { origin: `https://${name}.metered.live`, secretKey: secretKey.trim() };
}

/** https://www.metered.ca/docs/turn-rest-api/post-create-credential */
export async function createCredential(account: MeteredAccount, expiryInSeconds: number, label: string): Promise<MintedCredential> {
  const host = hostOf(account);
  const response = await send(account, 'POST', { expiryInSeconds, label }, createPatienceMs);
  if (!response.ok) {
    throw new Error(
      `${host} refused to create a credential (HTTP ${response.status}). Check that METERED_SECRET_KEY is this app's ` +
        'Secret Key (dashboard, Developers) and that the plan allows creating credentials by API; ' +
        'otherwise set METERED_API_KEY to the API key of a credential made in the dashboard.',
    );
  }
  const body: unknown = await response.json().catch(() => undefined);
  const { username, apiKey } = Object(body) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof apiKey !== 'string') {
    throw new TypeError(`${host} returned no credential. Check METERED_APP_NAME.`);
  }
  return { username, apiKey };
}

/** https://www.metered.ca/docs/turn-rest-api/delete-credential */
export async function deleteCredential(account: MeteredAccount, username: string): Promise<void> {
  const response = await send(account, 'DELETE', { username }, deletePatienceMs);
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${hostOf(account)} did not delete a credential (HTTP ${response.status}).`);
}

function hostOf({ origin }: MeteredAccount): string {
  return origin.replace(/^https?:\/\//, '');
}

/** The error of a failed fetch may repeat the URL, and with it the Secret Key, so it is not passed on. */
async function send(account: MeteredAccount, method: string, body: object, patienceMs: number): Promise<Response> {
  const { origin, secretKey } = account;
  try {
    return await fetch(`${origin}/api/v1/turn/credential?${new URLSearchParams({ secretKey })}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    throw new Error(`No response from ${hostOf(account)}. Check METERED_APP_NAME and this computer's connection.`);
  }
}
