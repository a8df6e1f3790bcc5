import { IceServersError } from '../errors/ice-servers-error.js';
import type { SourceContext } from '../types.js';

/**
 * Calls a function of the app's own, and reads what it returns: that may have getters which throw.
 *
 * @throws (rejects) `source-failed` if it throws; `cause` is what it threw
 */
export async function callSource<T, Result>(
  source: (context: SourceContext) => T,
  read: (returned: Awaited<T>) => Result,
  signal: AbortSignal,
): Promise<Result> {
  try {
    return read(await source({ signal }));
  } catch (cause) {
    throw new IceServersError('source-failed', { cause });
  }
}
