import type { Settings } from '../options/loader-options.js';
import { entryIdentity } from '../options/source.js';
import { digest } from '../utils/digest.js';

/**
 * Names the stored record, the localStorage hint and the Web Lock.
 *
 * @throws `TypeError` if the endpoint is relative and there is no page
 */
export function entryName({ source, cacheKey }: Settings): string {
  return `ice-servers-loader:${digest(entryIdentity(source, cacheKey))}`;
}
