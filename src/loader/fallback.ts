import type { CachedAnswer } from '../cache/cached-answer.js';
import type { Freshness } from '../credentials/freshness.js';
import { looksLikeTurnUrl } from '../credentials/ice-url.js';
import type { LoadOptions } from '../types.js';

/** What decides what a caller gets in spite of a failure. */
export interface FallbackSituation {
  readonly cacheMode: NonNullable<LoadOptions['cache']>;
  /** The failure may pass; a refusal does not. */
  readonly isRetryable: boolean;
  /** The current answer is fresh, perhaps with less life left than the caller wanted. */
  readonly isUsable: boolean;
  readonly freshness: Freshness | undefined;
  /** The app has set `fallback`. */
  readonly hasFallback: boolean;
}

/** Chooses what may be handed out in spite of a failure; `undefined` if nothing may, and the caller is to see the error. */
export function chooseFallback(situation: FallbackSituation): 'memory' | 'stale' | 'fallback' | undefined {
  const { cacheMode, isRetryable, isUsable, freshness, hasFallback } = situation;
  if (cacheMode === 'default' && isUsable) return 'memory';
  if (cacheMode === 'default' && freshness === 'stale' && isRetryable) return 'stale';
  return hasFallback && cacheMode !== 'reload' ? 'fallback' : undefined;
}

/** What is handed out, and what the status says of it. */
export type HandedOut = Pick<CachedAnswer, 'iceServers' | 'fetchedAt' | 'refreshAfterMs' | 'freshForMs' | 'dropped' | 'hasTurn'>;

/** Gives the servers of last resort the form of an answer that lasts until the next request is allowed. */
export function asEntry(iceServers: readonly RTCIceServer[], retryAt: number | undefined): HandedOut {
  const fetchedAt = Date.now();
  const untilRetryMs = (retryAt ?? fetchedAt) - fetchedAt;
  return { iceServers, fetchedAt, refreshAfterMs: untilRetryMs, freshForMs: untilRetryMs, dropped: 0, hasTurn: hasTurnServer(iceServers) };
}

function hasTurnServer(servers: readonly RTCIceServer[]): boolean {
  return servers.flatMap(({ urls }) => urls).some(looksLikeTurnUrl);
}
