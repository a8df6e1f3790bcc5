/** Creates TURN credentials with Metered's REST API. Use it on a server only: the Secret Key must not reach a browser or a log. */

/** `process.env`, or the `env` of a Worker. */
export interface MeteredEnv {
  /** Other variables. Next.js declares one, and without this line TypeScript does not accept its `process.env`. */
  readonly [name: string]: unknown;
  /** `demo` for demo.metered.live. */
  readonly METERED_APP_NAME?: string | undefined;
  /** The account's Secret Key, in the dashboard under Developers. */
  readonly METERED_SECRET_KEY?: string | undefined;
  /** For tests: replaces `https://<app name>.metered.live`. */
  readonly METERED_BASE_URL?: string | undefined;
  /** How long all requests to Metered may take together; 5000 if it is not set. */
  readonly METERED_TIMEOUT_MS?: string | undefined;
}

export interface Result {
  readonly status: 200 | 500 | 502;
  readonly body: object;
}

/**
 * How long a credential works, and so how long a stolen one does. `keepFresh` in the page moves a live call to a new credential before this
 * time is up. Without `keepFresh`, make it longer than your longest call.
 */
const expiryInSeconds = 4 * 3600;

/** The body for `apiKey: () => …` in the page, which then requests the ICE servers itself. */
export function mintTurnKey(userId: string, env: MeteredEnv): Promise<Result> {
  return respond(env, async (api) => ({ apiKey: await createCredential(api, userId), expiryInSeconds }));
}

/** The body for `endpoint: '/…'` in the page: this server requests the ICE servers. */
export function mintIceServers(userId: string, env: MeteredEnv): Promise<Result> {
  return respond(env, async (api) => {
    const apiKey = await createCredential(api, userId);
    const iceServers = await call(api, 'credentials', { apiKey });
    if (!hasTurn(iceServers)) throw new MeteredError('Get Credential returned no TURN server');
    return { iceServers, ttl: expiryInSeconds };
  });
}

interface Api {
  readonly address: string;
  readonly secretKey: string;
  readonly signal: AbortSignal;
}

async function respond(env: MeteredEnv, mint: (api: Api) => Promise<object>): Promise<Result> {
  const appName = env.METERED_APP_NAME?.trim();
  const secretKey = env.METERED_SECRET_KEY?.trim();
  if (!appName) return notConfigured('METERED_APP_NAME');
  if (!secretKey) return notConfigured('METERED_SECRET_KEY');
  try {
    const address = `${env.METERED_BASE_URL || `https://${appName}.metered.live`}/api/v1/turn`;
    const signal = AbortSignal.timeout(Number(env.METERED_TIMEOUT_MS || 5000));
    return { status: 200, body: await mint({ address, secretKey, signal }) };
  } catch (error) {
    console.error(`No TURN credential from Metered: ${reasonOf(error)}.`);
    // Never return STUN with status 200: the page would take it for a success, and nobody behind a strict firewall could connect.
    return { status: 502, body: { error: 'The TURN provider issued no credential.' } };
  }
}

function notConfigured(name: string): Result {
  const error = `Set ${name} on the server.`;
  console.error(error);
  return { status: 500, body: { error } };
}

async function createCredential(api: Api, userId: string): Promise<string> {
  const created = await call(
    api,
    'credential',
    { secretKey: api.secretKey },
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      // Metered's API can list and delete credentials by their label. It accepts fewer than 100 characters.
      body: JSON.stringify({ expiryInSeconds, label: userId.slice(0, 99) }),
    },
  );
  const { apiKey } = Object(created) as { apiKey?: unknown };
  if (typeof apiKey !== 'string' || !apiKey) throw new MeteredError('Create Credential returned no apiKey');
  return apiKey;
}

async function call({ address, signal }: Api, path: string, query: Record<string, string>, init?: RequestInit): Promise<unknown> {
  const response = await fetch(`${address}/${path}?${new URLSearchParams(query)}`, { ...init, signal });
  const text = await response.text();
  if (!response.ok) throw new MeteredError(`${path} returned HTTP ${response.status}`);
  return JSON.parse(text);
}

class MeteredError extends Error {}

/** The message of any other error may contain the URL, and with it the Secret Key, or a part of the response. */
function reasonOf(error: unknown): string {
  if (error instanceof MeteredError) return error.message;
  if (error instanceof SyntaxError) return 'the response is not JSON';
  return error instanceof Error && error.name === 'TimeoutError' ? 'it took too long' : 'no response; check METERED_APP_NAME';
}

function hasTurn(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  return list.some((server) => /^turns?:/.test(String(server?.urls)) && server.username && server.credential);
}
