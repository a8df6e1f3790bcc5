/** Returns an http(s) address, or `undefined` for anything else. `fetch` refuses an address with a user name or a password. */
export function parseHttpUrl(value: unknown, base?: string): URL | undefined {
  try {
    const url = new URL(String(value).trim(), base);
    const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
    return isHttp && url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A name, a host of metered.live, or an address there. A name may hold `_` or be a UUID. */
const appNamePattern = /^(?:https?:\/\/)?([\w-]+)(?:\.metered\.live(?:[:/?#].*)?)?$/;

/** Returns the Get Credential address of a Metered app, or `undefined` if the text is no app name: also `xn--` may be no host. */
export function parseAppName(text: string): URL | undefined {
  const name = appNamePattern.exec(text.trim().toLowerCase())?.[1];
  return name === undefined ? undefined : parseHttpUrl(`https://${name}.metered.live/api/v1/turn/credentials`);
}

/** Tells whether Metered answers at the address: it wants a key then. */
export function isMeteredHost({ hostname }: URL): boolean {
  return hostname === 'metered.live' || hostname.endsWith('.metered.live');
}

/** A base for a look at the parts of a relative address: any page does. */
export const anyPage = 'https://page.invalid';

const relativePattern = /^(?:\/|\.\.?\/|\?)/;

/** Tells whether the address is to be resolved against the page. Any other text is no address: it may be an app name. */
export function isRelativeAddress(address: string): boolean {
  return relativePattern.test(address);
}

/** Returns the address of the page or worker, which a relative endpoint starts from; `undefined` on a server. */
export function pageAddress(): string | undefined {
  const address = globalThis.document?.baseURI ?? globalThis.location?.href;
  // A page may have been opened with a user name in its address, which `fetch` refuses.
  return address?.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}
