/** The content of a response body before its entries are checked. */
export interface CredentialBody {
  readonly entries: readonly unknown[];
  /** The lifetime of the credential in seconds as the body has it, normally a number or a string of one. */
  readonly ttl: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the list of servers in a body, or `undefined` if it has none. Metered sends a bare list. Routes on other servers and other
 * providers send the other shapes.
 *
 * Source: https://www.metered.ca/docs/turn-rest-api/get-credential
 */
export function readBodyShape(body: unknown): CredentialBody | undefined {
  if (Array.isArray(body)) return { entries: body, ttl: undefined };
  const fields = Object(body) as Fields;
  // Each reader returns `undefined` if the body has another shape. The first that finds a list decides.
  return readIceServers(fields) ?? readTwilioToken(fields) ?? readXirsys(fields) ?? readTurnRest(fields) ?? readOneEntry(fields);
}

/**
 * `{ iceServers, ttl? }`: a route of the app. The older API of Cloudflare has one object in place of the list.
 *
 * Source: https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers https://developers.cloudflare.com/calls/turn/generate-credentials/
 */
function readIceServers({ iceServers, ttl }: Fields): CredentialBody | undefined {
  if (Array.isArray(iceServers)) return { entries: iceServers, ttl };
  return isEntry(iceServers) ? { entries: [iceServers], ttl } : undefined;
}

/**
 * `{ ice_servers: [{ url, username, credential }], ttl: "86400" }`: a token of Twilio.
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

/** `{ urls, username, credential }`: a single entry. */
function readOneEntry(body: Fields): CredentialBody | undefined {
  return isEntry(body) ? { entries: [body], ttl: body['ttl'] } : undefined;
}

function isEntry(value: unknown): boolean {
  const { urls } = Object(value) as Fields;
  return typeof urls === 'string' || Array.isArray(urls);
}

/** `url` is the name that `urls` had before 2013. */
function withUrls(entry: unknown): unknown {
  const { url, urls = url, username, credential } = Object(entry) as Fields;
  return { urls, username, credential };
}
