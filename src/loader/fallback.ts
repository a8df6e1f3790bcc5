import type { CachedAnswer } from '../cache/cached-answer.js';
import type { Freshness } from '../credentials/freshness.js';
import { looksLikeTurnUrl } from '../credentials/ice-url.js';
import type { LoadOptions } from '../types.js';

/** What decides what a caller gets after a failure. */
export interface FallbackSituation {
  readonly cacheMode: NonNullable<LoadOptions['cache']>;
  /** The failure may pass. A refusal does not. */
  readonly isRetryable: boolean;
  /** The current answer is fresh, but its remaining validity may be less than the caller required. */
  readonly isUsable: boolean;
  readonly freshness: Freshness | undefined;
  /** The app has set `fallback`. */
  readonly hasFallback: boolean;
}

/** Returns what a caller may get after a failure, or `undefined` if the caller must see the error. */
export function chooseFallback(situation: FallbackSituation): 'memory' | 'stale' | 'fallback' | undefined {
  const { cacheMode, isRetryable, isUsable, freshness, hasFallback } = situation;
  if (cacheMode === 'default' && isUsable) return 'memory';
  if (cacheMode === 'default' && freshness === 'stale' && isRetryable) return 'stale';
  return hasFallback && cacheMode !== 'reload' ? 'fallback' : undefined;
}

/** What a caller gets, and what the status says about it. */
export type HandedOut = Pick<CachedAnswer, 'iceServers' | 'fetchedAt' | 'refreshAfterMs' | 'freshForMs' | 'dropped' | 'hasTurn'>;

/** Returns the `fallback` servers in the form of an answer that lasts until the next request is allowed. */
export function asEntry(iceServers: readonly RTCIceServer[], retryAt: number | undefined): HandedOut {
  const fetchedAt = Date.now();
  const untilRetryMs = (retryAt ?? fetchedAt) - fetchedAt;
  return { iceServers, fetchedAt, refreshAfterMs: untilRetryMs, freshForMs: untilRetryMs, dropped: 0, hasTurn: hasTurnServer(iceServers) };
}

function hasTurnServer(servers: readonly RTCIceServer[]): boolean {
  return servers.flatMap(({ urls }) => urls).some(looksLikeTurnUrl);
}
