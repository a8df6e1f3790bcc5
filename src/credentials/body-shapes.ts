/** What a response's body says, before any entry of it is checked. */
export interface CredentialBody {
  readonly entries: readonly unknown[];
  /** The life of the credential in seconds, as the body states it: a number or its text. */
  readonly ttl: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Each shape reads a body, or returns `undefined` if the body has another shape. */
type BodyShape = (body: Fields) => CredentialBody | undefined;

/**
 * Finds the list of servers in a body; returns `undefined` if it has none. A bare list is what Metered sends, the other shapes are what
 * people's own routes and other providers send.
 *
 * Source: https://www.metered.ca/docs/turn-rest-api/get-credential
 */
export function readBodyShape(body: unknown): CredentialBody | undefined {
  if (Array.isArray(body)) return { entries: body, ttl: undefined };
  const fields = Object(body) as Fields;
  for (const read of shapes) {
    const found = read(fields);
    if (found) return found;
  }
  return undefined;
}

/** The first that fits wins. */
const shapes: readonly BodyShape[] = [readIceServers, readTwilioToken, readXirsys, readTurnRest, readOneEntry];

/**
 * `{ iceServers, ttl? }`: a route of the app's own. Cloudflare's older call has one object in place of the list.
 *
 * Source: https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers https://developers.cloudflare.com/calls/turn/generate-credentials/
 */
function readIceServers({ iceServers, ttl }: Fields): CredentialBody | undefined {
  if (Array.isArray(iceServers)) return { entries: iceServers, ttl };
  return isEntry(iceServers) ? { entries: [iceServers], ttl } : undefined;
}

/**
 * `{ ice_servers: [{ url, username, credential }], ttl: "86400" }`: Twilio's token.
 *
 * Source: https://www.twilio.com/docs/stun-turn/api
 */
function readTwilioToken({ ice_servers: list, ttl }: Fields): CredentialBody | undefined {
  return Array.isArray(list) ? { entries: list.map(withUrls), ttl } : undefined;
}

/**
 * `{ v: { iceServers } }`: Xirsys. The list has one object in its place if it was requested with `format: "urls"`, else entries with `url`.
 *
 * Source: https://docs.xirsys.com/?pg=api-turn
 */
function readXirsys({ v }: Fields): CredentialBody | undefined {
  const { iceServers } = Object(v) as Fields;
  const found = readIceServers({ iceServers });
  return found && { entries: found.entries.map(withUrls), ttl: undefined };
}

/**
 * `{ uris, username, password, ttl }`: the REST scheme of coturn.
 *
 * Source: https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00#section-2.2
 */
function readTurnRest({ uris: urls, username, password: credential, ttl }: Fields): CredentialBody | undefined {
  return Array.isArray(urls) ? { entries: [{ urls, username, credential }], ttl } : undefined;
}

/** `{ urls, username, credential }`: one entry alone. */
function readOneEntry(body: Fields): CredentialBody | undefined {
  return isEntry(body) ? { entries: [body], ttl: body['ttl'] } : undefined;
}

function isEntry(value: unknown): boolean {
  const { urls } = Object(value) as Fields;
  return typeof urls === 'string' || Array.isArray(urls);
}

/** `url` is what `urls` was called before 2013. */
function withUrls(entry: unknown): unknown {
  const { url, urls = url, username, credential } = Object(entry) as Fields;
  return { urls, username, credential };
}
