import { parseIceUrl } from '../credentials/ice-url.js';
import type { ServerResult, ServerTransport } from '../connectivity.js';

/** How a call can go: by a relay over one of the transports, or directly, which takes an address lookup. */
export type WayName = ServerTransport | 'stun';

/** `partly`: some ports of it work. `open`: it is not tested, or not yet. */
export type WayState = 'works' | 'partly' | 'fails' | 'open';

/** All URLs of one transport. */
export interface Way {
  readonly name: WayName;
  readonly state: WayState;
  /** Without doubles, ascending. */
  readonly ports: readonly number[];
  readonly urls: readonly string[];
  /** Those that are known so far, in the order of the URLs. */
  readonly results: readonly ServerResult[];
}

const order: readonly WayName[] = ['udp', 'tcp', 'tls', 'stun'];
/** The worst comes first. */
const severity: Readonly<Record<WayState, number>> = { fails: 0, partly: 1, open: 2, works: 3 };
const untested: ReadonlySet<string> = new Set(['aborted', 'error']);
const defaultPort = 3478;
const defaultTlsPort = 5349;

/** Groups the URLs by transport. */
export function groupWays(urls: readonly string[], results: ReadonlyMap<string, ServerResult>): Way[] {
  return order.map((name) => readWay(name, urls, results)).filter((way) => way.urls.length > 0);
}

/** Returns the ways with the worst first. Ways that are equally bad stay in their order. */
export function worstFirst(ways: readonly Way[]): Way[] {
  return [...ways].sort((a, b) => severity[a.state] - severity[b.state]);
}

/** Returns the URLs of a configuration, each once. */
export function urlsOf(servers: readonly RTCIceServer[]): string[] {
  return [...new Set(servers.flatMap(({ urls }) => urls))];
}

export function portOf(url: string): number {
  const parts = parseIceUrl(url);
  return parts?.port ?? (parts?.transport === 'tls' ? defaultTlsPort : defaultPort);
}

export function hostOf(url: string): string {
  return parseIceUrl(url)?.host ?? '';
}

function readWay(name: WayName, allUrls: readonly string[], allResults: ReadonlyMap<string, ServerResult>): Way {
  const urls = allUrls.filter((url) => wayOf(url) === name);
  const results = urls.map((url) => allResults.get(url)).filter((result) => result !== undefined);
  const ports = [...new Set(urls.map(portOf))].sort((a, b) => a - b);
  return { name, urls, results, ports, state: stateOf(results, urls.length) };
}

function wayOf(url: string): WayName | undefined {
  const parts = parseIceUrl(url);
  return parts?.scheme === 'stun' ? 'stun' : parts?.transport;
}

function stateOf(results: readonly ServerResult[], total: number): WayState {
  const working = results.filter(({ status }) => status === 'ok').length;
  const failing = results.filter(({ status }) => status !== 'ok' && !untested.has(status)).length;
  if (results.length < total || working + failing === 0) return 'open';
  if (failing === 0) return 'works';
  return working > 0 ? 'partly' : 'fails';
}
