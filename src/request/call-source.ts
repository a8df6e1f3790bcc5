import { IceServersError } from '../errors/ice-servers-error.js';
import type { SourceContext } from '../types.js';

/**
 * Calls a function of the app's own.
 *
 * @throws (rejects) `source-failed` if it throws; `cause` is what it threw.
 */
export async function callSource<T>(source: (context: SourceContext) => T, signal: AbortSignal): Promise<Awaited<T>> {
  try {
    return await source({ signal });
  } catch (cause) {
    throw new IceServersError('source-failed', { cause });
  }
}
