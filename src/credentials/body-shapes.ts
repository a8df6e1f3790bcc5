/** What a response's body says, before any entry of it is checked. */
export interface CredentialBody {
  readonly entries: readonly unknown[];
  /** The life of the credential in seconds, as the body states it. */
  readonly ttl: unknown;
}

/** Each shape reads a body, or returns `undefined` if the body has another shape. The first that fits wins. */
type BodyShape = (body: unknown) => CredentialBody | undefined;

/** Source: https://www.metered.ca/docs/turn-rest-api/get-credential */
function readBareList(body: unknown): CredentialBody | undefined {
  return Array.isArray(body) ? { entries: body, ttl: undefined } : undefined;
}

/** `{ iceServers, ttl? }`: a route of the app's own. Source: https://www.w3.org/TR/webrtc/#dom-rtcconfiguration-iceservers */
function readIceServersList(body: unknown): CredentialBody | undefined {
  const { iceServers, ttl } = Object(body) as { iceServers?: unknown; ttl?: unknown };
  return Array.isArray(iceServers) ? { entries: iceServers, ttl } : undefined;
}

const shapes: readonly BodyShape[] = [readBareList, readIceServersList];

/** Finds the list of servers in a body; returns `undefined` if it has none. */
export function readBodyShape(body: unknown): CredentialBody | undefined {
  for (const read of shapes) {
    const found = read(body);
    if (found) return found;
  }
  return undefined;
}
