import { IceServersError } from '../errors/ice-servers-error.js';
import type { Settings } from '../options/loader-options.js';

/** Stops a load that no request can satisfy. Each error is one object, however often it is met, so that it is reported once. */
export class SourceGuard {
  readonly #settings: Settings;
  #missingError: IceServersError | undefined;
  #expiryError: IceServersError | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @throws `not-configured` without a source, `invalid-api-key` past `expiresAt`: no request brings another date */
  assertUsable(): void {
    const { source } = this.#settings;
    if (source.kind === 'missing') {
      this.#missingError ??= new IceServersError('not-configured', { message: `Not configured: set ${source.missing}.` });
      throw this.#missingError;
    }
    if (this.expiryError) throw this.expiryError;
  }

  /** `undefined` before `expiresAt`. */
  get expiryError(): IceServersError | undefined {
    if (Date.now() < this.#settings.expiresAt) return undefined;
    const message = 'expiresAt has passed. Create a new loader with a new credential.';
    this.#expiryError ??= new IceServersError('invalid-api-key', { message });
    return this.#expiryError;
  }
}
