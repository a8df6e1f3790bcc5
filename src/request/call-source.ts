import { IceServersError } from '../errors/ice-servers-error.js';
import type { SourceContext } from '../types.js';

/**
 * Calls a function of the app, and reads its result. Both are guarded, because the result may have getters that throw.
 *
 * @throws (rejects) `source-failed` if either throws; `cause` is what was thrown
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
