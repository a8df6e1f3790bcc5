import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';

type SourceSettings = Pick<Settings, 'source' | 'expiresAt'>;

/** @throws for a load that no request can satisfy: `not-configured` without a source, `invalid-api-key` past `expiresAt` */
export function assertUsable(settings: SourceSettings): void {
  const { source } = settings;
  if (source.kind === 'missing') {
    throw new IceServersError('not-configured', { message: `The loader is not configured. Set ${source.missing}.` });
  }
  const error = expiryError(settings);
  if (error) throw error;
}

/** Returns the error for a load past `expiresAt`; `undefined` before. */
export function expiryError({ expiresAt }: Pick<Settings, 'expiresAt'>): IceServersError | undefined {
  if (Date.now() < expiresAt) return undefined;
  const message = 'The credential has expired: expiresAt has passed. Create a new loader with a new credential.';
  return new IceServersError('invalid-api-key', { message });
}
