import type { IceServersStatus } from '../types.js';
import type { HandedOut } from './fallback.js';

/** What the status says of one answer. */
export type EntryStatus = Omit<IceServersStatus, 'storage' | 'error'>;

export function statusOf(source: IceServersStatus['source'], entry: HandedOut): EntryStatus {
  const { fetchedAt, refreshAfterMs, freshForMs, dropped, hasTurn } = entry;
  return { source, fetchedAt, refreshAt: fetchedAt + refreshAfterMs, expiresAt: fetchedAt + freshForMs, dropped, hasTurn };
}
