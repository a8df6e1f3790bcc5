import { wholeKey } from '../credentials/key-shapes.js';

/** A name, a host at metered.live, or a URL there. A name may contain `_` or be a UUID. */
const appNamePattern = /^(?:https?:\/\/)?([\w-]+)(?:\.metered\.live(?:[:/?#].*)?)?$/;

/**
 * Returns the Get Credential URL of a Metered app, or `undefined` if the text is not an app name, such as an invalid `xn--` label or a key,
 * which would be visible in every DNS query.
 */
export function parseAppName(text: string): URL | undefined {
  const name = appNamePattern.exec(text.trim().toLowerCase())?.[1];
  return name === undefined || wholeKey.test(name) ? undefined : parseHttpUrl(`https://${name}.metered.live/api/v1/turn/credentials`);
}

/** Returns whether the URL belongs to Metered, whose endpoint requires a key. */
export function isMeteredHost({ hostname }: URL): boolean {
  return hostname === 'metered.live' || hostname.endsWith('.metered.live');
}

/** Returns a base for reading the parts of a relative URL. Any page will do. */
export function anyPage(): string {
  return 'https://page.invalid';
}

/** Matches a URL that is relative to the page. Any other text without a scheme is not a URL: it may be an app name. */
const relativePattern = /^(?:\/|\.\.?\/|\?)/;

/** Returns the URL of an endpoint, which may be relative to the base; `undefined` for anything else. Only a relative one looks at the page. */
export function parseEndpoint(address: string, getBase: () => string | undefined): URL | undefined {
  return parseHttpUrl(address, relativePattern.test(address) ? getBase() : undefined);
}

/** Returns the URL of the page or worker, which a relative endpoint is resolved against; `undefined` on a server. */
export function pageAddress(): string | undefined {
  const address = globalThis.document?.baseURI ?? globalThis.location?.href;
  // The URL of the page may contain a username, which `fetch` rejects.
  return address?.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}

/** Returns an http(s) URL, or `undefined` for anything else. `fetch` rejects a URL with a username or a password. */
function parseHttpUrl(address: string, base?: string): URL | undefined {
  try {
    const url = new URL(address, base);
    const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
    return isHttp && url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}
