import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';

/** Rejects a load that no request can satisfy. Each error is created only once, so that it is reported only once. */
export class SourceGuard {
  readonly #settings: Settings;
  #missingError: IceServersError | undefined;
  #expiryError: IceServersError | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @throws `not-configured` without a source; `invalid-api-key` past `expiresAt`, which no request can change */
  assertUsable(): void {
    const { source } = this.#settings;
    if (source.kind === 'missing') {
      this.#missingError ??= new IceServersError('not-configured', { message: `The loader is not configured. Set ${source.missing}.` });
      throw this.#missingError;
    }
    if (this.expiryError) throw this.expiryError;
  }

  /** The error for a load past `expiresAt`; `undefined` before. */
  get expiryError(): IceServersError | undefined {
    if (Date.now() < this.#settings.expiresAt) return undefined;
    const message = 'The credential has expired: expiresAt has passed. Create a new loader with a new credential.';
    this.#expiryError ??= new IceServersError('invalid-api-key', { message });
    return this.#expiryError;
  }
}
