import { blockedPorts } from './blocked-ports.js';

/** A body that passed: what is good in it, and how much was not. */
export interface ServerList {
  readonly servers: readonly RTCIceServer[];
  /** Bad entries and bad URLs, left out. */
  readonly dropped: number;
  /** How long the endpoint says the credential lives, in milliseconds. */
  readonly ttlMs: number | undefined;
}

const maxServers = 16;
const maxUrlLength = 512;
/** RFC 8489, 14.3: a USERNAME has fewer than 509 bytes; Firefox throws beyond. */
const maxSecretBytes = 509;

/**
 * What both Chromium and Firefox take, measured on both: lower-case scheme and transport, a host, no path,
 * fragment or user, no query on `stun:`. One URL outside of it makes the constructor throw away the whole list.
 */
const shape = /^(?:stun|turns?):(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;

const isGoodUrl = (url: unknown): url is string => {
  if (typeof url !== 'string' || url.length > maxUrlLength || !/^(stun|turns?):/.test(url)) return false;
  const [, host, port] = shape.exec(url.replace(/^(turns?:.*)\?transport=(udp|tcp)$/, '$1')) ?? [];
  if (!host || (port && (+port > 65535 || blockedPorts.includes(+port)))) return false;
  try {
    // The browser's own parser knows the hosts that only look like one: 256.1.1.1, [::g], a broken xn-- label.
    return !!new URL(`http://${host}`);
  } catch {
    return false;
  }
};

const isGoodSecret = (secret: unknown): secret is string =>
  typeof secret === 'string' && secret !== '' && new TextEncoder().encode(secret).length <= maxSecretBytes;

const isTurn = (url: unknown): boolean => typeof url === 'string' && /^turns?:/i.test(url);

/**
 * Reads a Get Credential answer: a bare list, or `{ iceServers, ttl? }` from an own proxy.
 * Gives `undefined` where it is no usable list, and that includes one whose TURN entries are all bad.
 */
export const readServers = (body: unknown): ServerList | undefined => {
  const { iceServers = body, ttl } = Object(body) as { iceServers?: unknown; ttl?: unknown };
  if (!Array.isArray(iceServers)) return undefined;
  const servers: RTCIceServer[] = [];
  let dropped = 0;
  let hadTurn = false;
  let hasTurn = false;
  for (const entry of iceServers as unknown[]) {
    const { urls, username, credential } = Object(entry) as Record<string, unknown>;
    const all: unknown[] = Array.isArray(urls) ? urls : [urls];
    const isPaired = isGoodSecret(username) && isGoodSecret(credential);
    const good = servers.length < maxServers ? all.filter((url) => isGoodUrl(url) && (isPaired || !isTurn(url))) : [];
    dropped += all.length - good.length || +!all.length;
    hadTurn ||= all.some(isTurn);
    if (!good.length) continue;
    const needsPair = good.some(isTurn);
    hasTurn ||= needsPair;
    const kept = (Array.isArray(urls) ? good : urls) as string | string[];
    servers.push(needsPair ? { urls: kept, username: username as string, credential: credential as string } : { urls: kept });
  }
  if (!servers.length || (hadTurn && !hasTurn)) return undefined;
  return { servers, dropped, ttlMs: typeof ttl === 'number' && ttl > 0 ? ttl * 1000 : undefined };
};
