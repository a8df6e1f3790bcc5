import type { Settings } from '../options/loader-options.js';
import { entryIdentity } from '../options/source.js';
import { digest } from '../utils/digest.js';

/**
 * Returns the name of the stored record, of the localStorage hint and of the Web Lock.
 *
 * @throws `TypeError` if the endpoint is relative and there is no page
 */
export function entryName({ source, cacheKey }: Settings): string {
  return `ice-servers-loader:${digest(entryIdentity(source, cacheKey))}`;
}
