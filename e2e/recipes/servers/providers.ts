/** ICE servers from other providers, in shapes that the package reads. For the server only: each function uses a secret from your account. */
import { createHmac } from 'node:crypto';

/** The lifetime in seconds. Without `keepFresh`, make it exceed your longest call. */
const ttl = 4 * 3600;

/** https://www.twilio.com/docs/stun-turn/api */
export function fromTwilio(accountSid: string, authToken: string): Promise<object> {
  return request(`https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Tokens.json`, {
    method: 'POST',
    headers: { Authorization: basic(accountSid, authToken) },
    body: new URLSearchParams({ Ttl: String(ttl) }),
  });
}

/** https://developers.cloudflare.com/realtime/turn/generate-credentials/ */
export async function fromCloudflare(keyId: string, apiToken: string): Promise<object> {
  const body = await request(`https://rtc.live.cloudflare.com/v1/turn/keys/${keyId}/credentials/generate-ice-servers`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ttl }),
  });
  return { ...body, ttl };
}

/** https://docs.xirsys.com/?pg=api-turn */
export async function fromXirsys(ident: string, secret: string, channel: string): Promise<object> {
  const body = await request(`https://global.xirsys.net/_turn/${channel}`, {
    method: 'PUT',
    headers: { Authorization: basic(ident, secret), 'Content-Type': 'application/json' },
    body: JSON.stringify({ format: 'urls', expire: ttl }),
  });
  const { iceServers } = (body as { v: { iceServers: object } }).v;
  return { iceServers, ttl };
}

/** Your own coturn with `use-auth-secret`: https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00 */
export function fromCoturn(staticAuthSecret: string, host: string, userId: string): object {
  const username = `${Math.floor(Date.now() / 1000) + ttl}:${userId}`;
  const password = createHmac('sha1', staticAuthSecret).update(username).digest('base64');
  return { uris: [`turn:${host}:3478`, `turn:${host}:3478?transport=tcp`], username, password, ttl };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function request(url: string, init: RequestInit): Promise<object> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(5000) });
  // Leave out the URL and the body: either may contain a secret.
  if (!response.ok) throw new Error(`The TURN provider responded with ${response.status}.`);
  return response.json() as Promise<object>;
}
